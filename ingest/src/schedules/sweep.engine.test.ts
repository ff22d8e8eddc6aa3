import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v4 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEngine, type Engine } from '../engine/supervisor.js';
import { toRunEvent } from '../model/event.js';
import { eventsPart } from '../receivers/parts.js';
import { Spool } from '../spool/spool.js';
import { openClickHouse, type ClickHouse } from '../storage/clickhouse.js';
import { migrate } from '../storage/migrate.js';
import { Redaction } from '../storage/redact.js';
import { p, sql } from '../storage/sql.js';
import { settle } from '../storage/settle.js';
import { segmentStore } from '../storage/storage.js';
import { Alive } from './alive.js';
import { sweep } from './sweep.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const log = pino({ level: 'silent' });
/** A full hour some days ago, from which each test's clock starts. */
const START = Math.floor(Date.now() / HOUR) * HOUR - 72 * HOUR;

let data: string;
let engine: Engine;
let db: ClickHouse;
let databases = 0;
const spools: Spool[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'joblens-sweep-'));
  engine = await startEngine(data, log);
}, 60_000);
afterAll(async () => {
  await Promise.all(spools.map((spool) => spool.close(1000)));
  await engine.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);
beforeEach(async () => {
  db = openClickHouse({ url: engine.url, database: `sweep_${++databases}`, timeout: 30, memory: 2e9 });
  await migrate(db);
}, 60_000);

/** A service: its own spool and memory, the common database, and whatever clock a test gives it. */
async function service(id: string = uuid()) {
  const store = segmentStore({
    db,
    shared: true,
    redaction: Redaction.read(undefined),
    jobLimit: { isReached: () => false },
    settle: (tenant, segments) => settle(db, tenant, segments),
    log,
  });
  const spool = await Spool.open({
    dir: join(data, id, 'spool'),
    store,
    log,
    segmentBytes: 1e6,
    segmentMs: 5,
    maxBytes: 1e9,
    maxLag: 86_400,
    minFree: 0,
  });
  spools.push(spool);
  const alive = new Alive(db, id);
  const services = { db, spool, alive, log };
  return {
    id,
    alive,
    /** Looks at the schedules every minute of a time, both ends included. */
    async watch(from: number, to: number): Promise<void> {
      for (let now = from; now <= to; now += MINUTE) {
        await sweep(services, now);
      }
    },
    async run(at: number): Promise<void> {
      const event = { job: 'hourly', run: `at ${(at - START) / MINUTE}`, status: 'succeeded' as const, started_at: at };
      const { stored } = await spool.append('default', 'events', {
        ...eventsPart([toRunEvent(event, event.run, at)]),
        at,
      });
      await stored();
    },
  };
}

const expectHourly = (since = START) =>
  db.insert('jobs', [
    {
      tenant: 'default',
      job: 'hourly',
      config: JSON.stringify({ schedule: '30 * * * *', grace: '5m' }),
      created_at: since,
      version: 1,
      is_deleted: 0,
    },
  ]);

/** Each slot that stands as a run, by its minutes from the start. */
async function slots(): Promise<Record<string, string>> {
  const rows = await db.rows<{ at: number; status: string }>(
    sql`SELECT toUnixTimestamp64Milli(at) AS at, status FROM runs FINAL WHERE job = ${p.string('hourly')} AND hidden = 0 AND startsWith(run, 'slot-') ORDER BY at`
  );
  return Object.fromEntries(rows.map(({ at, status }) => [`${(at - START) / MINUTE}`, status]));
}

test('a slot that nobody keeps is missed once its grace is over, one that is kept is not', async () => {
  await expectHourly();
  const one = await service();
  await one.watch(START, START + 34 * MINUTE);
  expect(await slots()).toEqual({});
  await one.watch(START + 35 * MINUTE, START + 36 * MINUTE);
  expect(await slots()).toEqual({ 30: 'missed' });
  await one.run(START + 92 * MINUTE);
  await one.watch(START + 37 * MINUTE, START + 100 * MINUTE);
  expect(await slots()).toEqual({ 30: 'missed' });
  // Late, and before the next: it was for this slot after all.
  await one.run(START + 50 * MINUTE);
  await one.watch(START + 101 * MINUTE, START + 101 * MINUTE);
  expect(await slots()).toEqual({});
}, 60_000);

test('of the time in which the service was down nothing is known; of the time before its first start nothing is said', async () => {
  await expectHourly(START - 10 * HOUR);
  const before = await service();
  await before.watch(START, START + 2 * MINUTE);
  // Three hours later it is there again, under its own name.
  const again = await service(before.id);
  await again.watch(START + 182 * MINUTE, START + 216 * MINUTE);
  expect(await slots()).toEqual({ 30: 'unknown', 90: 'unknown', 150: 'unknown', 210: 'missed' });
  // What ran meanwhile and is reported only now counts.
  await again.run(START + 90 * MINUTE);
  await again.watch(START + 217 * MINUTE, START + 217 * MINUTE);
  expect(await slots()).toEqual({ 30: 'unknown', 150: 'unknown', 210: 'missed' });
}, 60_000);

test('a clock that jumps ahead and comes back makes no slot missed that was none, and misses none that was', async () => {
  await expectHourly();
  const one = await service();
  await one.watch(START, START + 10 * MINUTE);
  await one.watch(START + 240 * MINUTE, START + 242 * MINUTE);
  expect(Object.values(await slots())).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  await one.watch(START + 11 * MINUTE, START + 40 * MINUTE);
  expect((await slots())[30]).toBe('missed');
  await one.run(START + 90 * MINUTE);
  await one.watch(START + 41 * MINUTE, START + 100 * MINUTE);
  expect((await slots())[90]).toBeUndefined();
}, 60_000);

test('several services at once agree: each slot is one run', async () => {
  await expectHourly();
  const services = await Promise.all([service(), service(), service()]);
  for (let now = START; now <= START + 100 * MINUTE; now += 5 * MINUTE) {
    await Promise.all(services.map((one) => one.watch(now, now)));
  }
  // With a tick in five minutes none of them was there all the time, which all of them say alike.
  expect(await slots()).toEqual({ 30: 'unknown', 90: 'unknown' });
  const [events] = await db.rows<{ n: number }>(sql`SELECT count() AS n FROM events FINAL`);
  expect(events?.n).toBe(2);
}, 60_000);

test('nothing is judged missed that data may decide which waits with another service', async () => {
  await expectHourly();
  const [one, other] = await Promise.all([service(), service()]);
  for (let now = START; now <= START + 28 * MINUTE; now += MINUTE) {
    await other.watch(now, now);
    await one.watch(now, now);
  }
  // The other has accepted what it can't store since then, and says so.
  const waits = { stored: START + 28 * MINUTE, judged: START + 28 * MINUTE };
  for (let now = START + 29 * MINUTE; now <= START + 50 * MINUTE; now += MINUTE) {
    other.alive.tick(now, true);
    await other.alive.write(now, waits);
    await one.watch(now, now);
  }
  expect(await slots()).toEqual({});
  // It falls silent: it is waited for, and then no longer.
  await one.watch(START + 51 * MINUTE, START + 64 * MINUTE);
  expect(await slots()).toEqual({});
  await one.watch(START + 65 * MINUTE, START + 67 * MINUTE);
  expect(await slots()).toEqual({ 30: 'missed' });
  // What it held is stored at last.
  await other.run(START + 30 * MINUTE);
  await one.watch(START + 68 * MINUTE, START + 68 * MINUTE);
  expect(await slots()).toEqual({});
}, 60_000);

test('nobody waits for a service that has stopped with nothing left to store', async () => {
  await expectHourly();
  const [one, other] = await Promise.all([service(), service()]);
  for (let now = START; now <= START + 20 * MINUTE; now += MINUTE) {
    await other.watch(now, now);
    await one.watch(now, now);
  }
  await other.alive.leave(START + 20 * MINUTE);
  await one.watch(START + 21 * MINUTE, START + 36 * MINUTE);
  expect(await slots()).toEqual({ 30: 'missed' });
}, 60_000);
