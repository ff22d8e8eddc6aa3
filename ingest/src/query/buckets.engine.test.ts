import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type Engine } from '../engine/supervisor.js';
import { openClickHouse, type ClickHouse } from '../storage/clickhouse.js';
import { moment, p, raw, sql } from '../storage/sql.js';
import { bucketsFor, bucketStarts } from './buckets.js';
import type { AskContext } from './question.js';

const data = mkdtempSync(join(tmpdir(), 'buckets-'));
let engine: Engine;
let db: ClickHouse;

beforeAll(async () => {
  engine = await startEngine(data, pino({ level: 'silent' }));
  db = openClickHouse({ url: engine.url, database: 'default', timeout: 30, memory: 2e9 });
});
afterAll(async () => {
  await db.close();
  await engine.stop();
  rmSync(data, { recursive: true, force: true });
});

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Days on which clocks were changed: by an hour, and by half of one. */
const CHANGES = ['2026-03-29', '2026-10-25', '2026-11-01', '2026-04-05', '2026-10-04'].map((day) => Date.parse(day));
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const SPANS = [7 * MINUTE, 300 * MINUTE, DAY, 3 * DAY, 45 * DAY, 300 * DAY, 2000 * DAY];
const CASES = ZONES.flatMap((zone) => SPANS.map((span) => [zone, span / MINUTE] as const));

/** The start of the bucket of every moment of a range, the slow way: looked at so often that none is missed. */
async function startsOf(context: AskContext): Promise<number[]> {
  const { width, startOf } = bucketsFor(context, {});
  const step = width / 4;
  const moments = sql`least(${moment(context.from)} + toIntervalMillisecond(number * ${p.int(step)}), ${moment(context.to - 1)})`;
  const count = Math.ceil((context.to - context.from) / step) + 1;
  const rows = await db.rows<{ t: number }>(
    sql`SELECT DISTINCT ${startOf(raw('moment'))} AS t FROM (SELECT ${moments} AS moment FROM numbers(${p.int(count)})) ORDER BY t`
  );
  return rows.map(({ t }) => t);
}

test.each(CASES)('in %s, the buckets of a range of %i minutes are those of its moments', async (timeZone, minutes) => {
  const span = minutes * MINUTE;
  for (const change of CHANGES) {
    for (const before of [0.1, 0.5, 0.93]) {
      const from = Math.round(change + 3 * 60 * MINUTE - span * before) + 12_345;
      const context: AskContext = { db, tenant: 't', from, to: from + span, timeZone, now: 0 };
      const starts = await bucketStarts(context, bucketsFor(context, {}));
      expect(starts).toEqual(await startsOf(context));
      expect(await bucketStarts(context, bucketsFor(context, {}))).toEqual(starts);
    }
  }
});

test('a range at the very beginning has the buckets of its moments', async () => {
  const context: AskContext = { db, tenant: 't', from: 0, to: 10 * MINUTE, timeZone: 'UTC', now: 0 };
  expect(await bucketStarts(context, bucketsFor(context, {}))).toEqual(await startsOf(context));
});
