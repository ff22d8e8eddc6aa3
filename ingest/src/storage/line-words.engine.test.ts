import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type Engine } from '../engine/supervisor.js';
import { openClickHouse, type ClickHouse } from './clickhouse.js';
import { messageHolds } from './line-words.js';
import { migrate } from './migrate.js';
import { sql } from './sql.js';

const data = mkdtempSync(join(tmpdir(), 'line-words-'));
let engine: Engine;
let db: ClickHouse;

const MESSAGES = [
  'UpstreamTimeout: GET /v2/invoices?page=3 took 30 s',
  'order 8821734 refused: invoice2026x is unknown',
  'Zahlung für Müller fehlgeschlagen',
  'id 0f3a9c1e-77aa-4d2e-9f00-abcdef123456',
  'ok',
];

beforeAll(async () => {
  engine = await startEngine(data, pino({ level: 'silent' }));
  db = openClickHouse({ url: engine.url, database: 'joblens', timeout: 30, memory: 2e9 });
  await migrate(db);
  const filler = Array.from({ length: 30_000 }, (_, i) => `row ${i} of 30000 loaded`);
  const rows = (messages: readonly string[], run: string) =>
    messages.map((message, seq) => ({ tenant: 't', job: 'j', run, attempt: 1, seq, message }));
  await db.insert('lines', rows([...filler, ...MESSAGES], 'merged'));
  await db.command('OPTIMIZE TABLE lines FINAL');
  await db.command('SYSTEM STOP MERGES lines');
  await db.insertSelect(
    sql`INSERT INTO lines (tenant, job, run, attempt, seq, message) SELECT tenant, job, 'not merged', attempt, seq, message FROM lines`,
    {}
  );
});
afterAll(async () => {
  await db.close();
  await engine.stop();
  rmSync(data, { recursive: true, force: true });
});

test.each([
  ['invoice', 2],
  ['INVOICES', 1],
  ['streamtime', 1],
  ['invoice2026', 1],
  ['took 30 s', 1],
  ['8821734', 1],
  ['id 0', 1],
  ['müller', 1],
  ['ahlung für', 1],
  ['für müller fehl', 1],
  ['abcdef123456', 1],
  ['ok', 2],
  ['%nvoice', 0],
  ['page invoices', 0],
  ['nowhere', 0],
])('“%s” is found wherever it stands, in parts with an index and without', async (words, times) => {
  const found = await db.rows<{ run: string; n: number }>(
    sql`SELECT run, count() AS n FROM lines WHERE tenant = 't' AND ${messageHolds(words)} GROUP BY run ORDER BY run`
  );
  expect(found).toEqual(times === 0 ? [] : ['merged', 'not merged'].map((run) => ({ run, n: times })));
});

test('a rare word is looked up: no other granule is read', async () => {
  const plan = await db.rows<{ explain: string }>(
    sql`EXPLAIN indexes = 1 SELECT count() FROM lines WHERE tenant = 't' AND run = 'merged' AND ${messageHolds('streamtime')}`
  );
  const text = plan.map(({ explain }) => explain.trim()).join(' ');
  const [, read, all] = /Name: words .*?Granules: (\d+)\/(\d+)/.exec(text) ?? [];
  expect([Number(read), Number(all)]).toEqual([1, expect.any(Number)]);
  expect(Number(all)).toBeGreaterThan(3);
});
