import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEngineServer } from '../engine/server.js';
import { readEnv } from '../env.js';
import { toRunEvent } from '../model/event.js';
import { runEventSchema } from '../model/run.js';
import { execute } from '../query/execute.js';
import { questions } from '../query/index.js';
import { streamLog } from '../reads/lines.js';
import { eventsPart } from '../receivers/parts.js';
import type { Segment, SegmentKind } from '../spool/segment.js';
import { openClickHouse, type ClickHouse } from './clickhouse.js';
import { eraseRun, eraseUser } from './erase.js';
import { migrate } from './migrate.js';
import { Redaction } from './redact.js';
import { enforceRetention } from './retention.js';
import { settle } from './settle.js';
import { segmentStore } from './storage.js';
import { p, raw, sql } from './sql.js';

/**
 * The engine with a cluster of one shard, itself: the only one that can be had without a server. What goes through tables
 * over all shards has to be stored and answered as without them.
 */
const CONFIG = `<clickhouse><tcp_port>9000</tcp_port><remote_servers><one>
  <shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host></replica></shard>
</one></remote_servers></clickhouse>`;

const data = mkdtempSync(join(tmpdir(), 'cluster-'));
const log = pino({ level: 'silent' });
let server: Server;
let plain: ClickHouse;
let spread: ClickHouse;

beforeAll(async () => {
  const [path, tmp, config] = [join(data, 'engine'), join(data, 'tmp'), join(data, 'config.xml')];
  mkdirSync(tmp);
  writeFileSync(config, CONFIG);
  server = createEngineServer({ path, tmp, user: 'default', password: '', args: [`--config-file=${config}`] });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://default:@127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { url, timeout: 30, memory: 2e9 };
  plain = openClickHouse({ ...options, database: 'plain' });
  const cluster = { name: 'one', database: 'spread', hasKeeper: false };
  spread = openClickHouse({ ...options, database: 'spread', cluster });
  const segments = segmentsOf();
  for (const db of [plain, spread]) {
    await migrate(db);
    await migrate(db);
    await fill(db, segments);
  }
}, 120_000);
afterAll(async () => {
  await Promise.all([plain.close(), spread.close()]);
  server.close();
  rmSync(data, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const STATUSES = ['succeeded', 'succeeded', 'failed', 'succeeded', 'running', 'cancelled', 'timed_out'] as const;

const EVENTS = Array.from({ length: 140 }, (_, n) => {
  const started_at = NOW - (140 - n) * HOUR;
  const status = STATUSES[n % STATUSES.length];
  return {
    job: `job-${n % 7}`,
    run: `run ${n}`,
    status,
    started_at,
    ...(status === 'running' ? {} : { finished_at: started_at + 60_000 + n * 1000 }),
    user: `user-${n % 3}`,
    tags: { env: n % 2 ? 'prod' : 'test' },
    steps: [{ step: 'extract', status: 'succeeded', started_at, finished_at: started_at + 1000 }],
    ...(status === 'failed' ? { error: { type: 'Timeout', message: `page ${n} took 30 s` } } : {}),
  };
});

/** What is stored in both databases. */
function segmentsOf(): Segment[] {
  const events = EVENTS.map((event) => toRunEvent(runEventSchema.parse(event), event.run, NOW));
  const line = (n: number, seq: number) => ({
    job: `job-${n % 7}`,
    run: `run ${n}`,
    seq,
    time: NOW - (140 - n) * HOUR,
  });
  const lines = EVENTS.flatMap((_, n) => [
    { ...line(n, 0), level: 'info', message: `began ${n}`, fields: { exact: 1 } },
    { ...line(n, 1), level: 'error', message: `upstream ${n} took 30 s` },
    { ...line(n, 1), level: 'error', message: `upstream ${n} took 30 s` },
  ]);
  const records = EVENTS.map((_, n) => ({
    job: `job-${n % 7}`,
    run: `run ${n}`,
    phase: 'data',
    outcome: n % 5 ? 'success' : 'failure',
    key: `k${n}`,
    data: { n },
  }));
  const configs = [{ job: 'job-1', type: 'etl', owner: 'ops', config: '{"schedule":"@hourly"}', since: 0, at: NOW }];
  const rows = (values: readonly object[]) => values.map((value) => JSON.stringify(value));
  const bad = '{"job":"job-1","run":"run 1","message":"cut';
  return [
    segmentOf('events', eventsPart(events).chunks.join('').split('\n').slice(0, -1)),
    segmentOf('lines', [
      ...rows(lines),
      bad,
      `{"job":"job-2","run":"run 2","seq":5,"message":"m","n":${'9'.repeat(30)}}`,
    ]),
    segmentOf('records', rows(records)),
    segmentOf('raw', ['plain output', 'ERROR no more']),
    segmentOf('jobs', rows(configs)),
  ];
}

async function fill(db: ClickHouse, segments: readonly Segment[]): Promise<void> {
  const jobLimit = { isReached: () => false };
  const settles = (tenant: string, ids: readonly string[]) => settle(db, tenant, ids);
  const store = segmentStore({
    db,
    shared: true,
    redaction: Redaction.read(undefined),
    jobLimit,
    settle: settles,
    log,
  });
  for (let time = 0; time < 2; time++) {
    for (const segment of segments) {
      await store.insert(segment);
    }
    await store.settle(segments);
  }
}

let arrival = NOW * 1000;

function segmentOf(kind: SegmentKind, rows: readonly string[]): Segment {
  const path = join(data, `${randomUUID()}.seg`);
  const body = rows.map((row) => `${row}\n`).join('');
  writeFileSync(path, body);
  const entry = {
    at: Date.now(),
    offset: 0,
    bytes: body.length,
    crc: 0,
    row: 0,
    rows: rows.length,
    key: `${kind}-key`,
  };
  const target = { job: 'job-raw', run: 'r', attempt: 1, stream: '', position: -1, open: false };
  return {
    id: randomUUID(),
    tenant: 'default',
    kind,
    path,
    openedAt: NOW,
    arrival: (arrival += 10_000),
    bytes: body.length,
    rows: rows.length,
    entries: [kind === 'raw' ? { ...entry, raw: target } : entry],
    damaged: [],
  };
}

describe('through tables over all shards', () => {
  const tables = [
    'events',
    'runs',
    'runs_by_time',
    'places',
    'lines',
    'rejected',
    'records',
    'jobs',
    'idempotency',
    'fingerprints',
  ];
  test.each(tables)('%s holds what it holds without', async (table) => {
    const count = async (db: ClickHouse) =>
      (await db.rows<{ n: number }>(sql`SELECT count() AS n FROM (SELECT DISTINCT * FROM ${raw(table)})`))[0]?.n;
    const expected = await count(plain);
    expect(expected).toBeGreaterThan(0);
    expect(await count(spread)).toBe(expected);
    const local = await spread.rows<{ n: number }>(sql`SELECT count() AS n FROM ${raw(`${table}_local`)}`);
    expect(local[0]?.n).toBeGreaterThan(0);
  });

  const filters = [{ field: 'tag:env', op: '=', value: 'prod' }];
  const owners = { groupBy: ['owner'], filters: [{ field: 'owner', op: '!=', value: 'nobody' }] };
  const asked = [
    ...Object.values(questions).map(({ name, formats }) => ({ question: name, format: formats[0] })),
    ...['counts', 'rate', 'duration'].flatMap((question) => [
      { question, format: 'numeric', groupBy: ['job'] },
      { question, format: 'table', ...owners },
      { question, format: 'timeseries', filters },
    ]),
    { question: 'runs', search: 'page 9', filters },
    { question: 'runs', limit: 20 },
    { question: 'runs', search: 'upstream', ...owners },
    { question: 'runs', filters: [{ field: 'job', op: 'in', value: ['job-1', 'job-2'] }], limit: 10 },
    { question: 'timeline' },
    { question: 'annotations', ...owners },
    { question: 'lines', search: 'upstream', filters },
    { question: 'lines', job: 'job-2', run: 'run 9' },
    { question: 'run', job: 'job-2', run: 'run 9' },
    { question: 'steps', job: 'job-2', run: 'run 9' },
    { question: 'records', job: 'job-2', run: 'run 9' },
    { question: 'compare', job: 'job-2', run: 'run 9' },
    { question: 'related', job: 'job-2', run: 'run 9' },
    { question: 'values', field: 'user' },
    { question: 'capture', of: { question: 'streak' } },
  ];
  test.each(asked.map((query) => [JSON.stringify(query), query] as const))(
    '%s is answered the same',
    async (_, query) => {
      vi.useFakeTimers({ toFake: ['Date'], now: NOW });
      const request = { from: NOW - 200 * HOUR, to: NOW, queries: [{ refId: 'A', ...query }] };
      const state = { lag: 0, bytes: 0, setAside: 0, jobs: () => ({ count: 7, limit: 100 }) };
      const problems: unknown[] = [];
      const ask = async (db: ClickHouse) =>
        JSON.parse(
          await execute({ db, tenant: 'default', state, onError: (error) => problems.push(error) }, request)
        ) as unknown;
      const expected = await ask(plain);
      expect(await ask(spread)).toEqual(expected);
      expect(problems).toEqual([]);
      vi.useRealTimers();
    }
  );

  test('a log is read, runs and users are erased, and retention does its work', async () => {
    const log9 = sql`tenant = 'default' AND job = 'job-2' AND run = 'run 9'`;
    expect(await text(await streamLog(spread, log9))).toBe('began 9\nupstream 9 took 30 s\n');
    for (const db of [plain, spread]) {
      await eraseRun(db, 'default', 'job-2', 'run 9');
      await eraseUser(db, 'default', 'user-1');
      await db.insert('lines', [{ tenant: 'default', job: 'old', run: 'r', message: 'm', received_at: '2019-01-01' }]);
      await enforceRetention(db, readEnv({}), log);
    }
    const left = (db: ClickHouse, table: string) =>
      db.rows(
        sql`SELECT job, run FROM ${raw(table)} WHERE tenant = ${p.string('default')} GROUP BY job, run ORDER BY job, run`
      );
    for (const table of ['runs', 'lines', 'records', 'events']) {
      expect(await left(spread, table)).toEqual(await left(plain, table));
    }
    expect(await left(spread, 'runs')).not.toContainEqual({ job: 'job-2', run: 'run 9' });
  });
});
