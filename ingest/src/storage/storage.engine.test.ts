import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine, type Engine } from '../engine/supervisor.js';
import { readEnv } from '../env.js';
import { openClickHouse, type ClickHouse } from './clickhouse.js';
import { migrate, statementsFor } from './migrate.js';
import { enforceRetention, writeRetention } from './retention.js';
import { p, raw, sql } from './sql.js';

const data = mkdtempSync(join(tmpdir(), 'storage-'));
const log = pino({ level: 'silent' });
let engine: Engine;
let db: ClickHouse;

beforeAll(async () => {
  engine = await startEngine(data, log);
  db = openClickHouse({ url: engine.url, database: 'joblens', timeout: 30, memory: 2e9 });
  await migrate(db);
});
afterAll(async () => {
  await db.close();
  await engine.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('migrations', () => {
  test('are recorded, and safe to run twice, also half-way', async () => {
    const before = await db.rows(raw('SELECT version, checksum FROM migrations FINAL ORDER BY version'));
    expect(before.length).toBeGreaterThan(3);
    await migrate(db);
    await db.command('TRUNCATE TABLE migrations');
    await migrate(db);
    expect(await db.rows(raw('SELECT version, checksum FROM migrations FINAL ORDER BY version'))).toEqual(before);
  });

  test('refuse a database of a newer release, and a migration that was changed', async () => {
    await db.insert('migrations', [{ version: 9999, name: '9999_future.sql', checksum: 'x' }]);
    await expect(migrate(db)).rejects.toThrow(/newer release/);
    await db.command('TRUNCATE TABLE migrations');
    await db.insert('migrations', [{ version: 1, name: '0001_runs.sql', checksum: 'changed' }]);
    await expect(migrate(db)).rejects.toThrow(/was changed/);
    await db.command('TRUNCATE TABLE migrations');
    await migrate(db);
  });

  test('for a cluster make replicated tables on all its nodes', async () => {
    const statements = await statementsFor('prod');
    expect(statements.every((statement) => statement.includes("ON CLUSTER 'prod'"))).toBe(true);
    const tables = statements.filter((statement) => /ENGINE = \w*MergeTree/.test(statement));
    expect(tables.length).toBeGreaterThan(8);
    tables.forEach((statement) => expect(statement).toMatch(/ENGINE = Replicated\w*MergeTree/));
  });
});

test('retention deletes what is past its time, counted from receipt, per tenant and job', async () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  const line = (tenant: string, job: string, ago: number) => ({
    tenant,
    job,
    run: 'r',
    seq: 1,
    message: `${ago}`,
    time: '2019-01-01T00:00:00Z',
    received_at: day(ago),
  });
  const run = (job: string, ago: number) => ({
    tenant: 'a',
    job,
    run: `r${ago}`,
    at: '2019-01-01T00:00:00Z',
    counted_at: '2019-01-01T00:00:00Z',
    received_at: day(ago),
    version: 1,
  });
  await db.insert('lines', [
    line('a', 'usual', 40),
    line('a', 'usual', 20),
    line('a', 'short', 20),
    line('a', 'short', 2),
    line('b', 'usual', 20),
  ]);
  await db.insert('runs', [run('usual', 401), run('usual', 399), run('short', 20)]);
  await writeRetention(db, 'a', { jobs: { short: { lines: 7, runs: 10 } } });
  await enforceRetention(db, readEnv({}), log);
  const left = await db.rows<{ x: string }>(
    sql`SELECT concat(tenant, ' ', job, ' ', message) AS x FROM lines ORDER BY x`
  );
  expect(left.map((row) => row.x)).toEqual(['a short 2', 'a usual 20', 'b usual 20']);
  const runs = await db.rows<{ run: string }>(sql`SELECT run FROM runs WHERE tenant = ${p.string('a')}`);
  expect(runs.map((row) => row.run)).toEqual(['r399']);
});
