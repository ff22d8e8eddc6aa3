import { v7 as uuidv7 } from 'uuid';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, raw, sql, type Sql } from '../storage/sql.js';
import { rangeOf, readRange, type Waiting } from './replicas.js';
import type { Targets } from './settings.js';

/** A time range that is written once more. Times are epoch milliseconds. */
export interface Backfill {
  id: string;
  from: number;
  to: number;
  /** Empty for all jobs. */
  job: string;
  requested: number;
  by: string;
  total: number;
  written: number;
  /** The run up to which it has come. */
  after: Pick<Waiting, 'at' | 'job' | 'run'>;
  done: boolean;
  version: number;
}

export async function requestBackfill(
  db: ClickHouse,
  tenant: string,
  targets: Targets,
  range: Pick<Backfill, 'from' | 'to' | 'job'>,
  by: string
): Promise<Backfill> {
  const [found] = await db.rows<{ n: number }>(
    sql`SELECT count() AS n FROM runs FINAL WHERE ${rangeOf(tenant, targets, range)}`
  );
  const total = found?.n ?? 0;
  const after = { at: 0, job: '', run: '' };
  const backfill = {
    ...range,
    id: uuidv7(),
    requested: Date.now(),
    by,
    total,
    written: 0,
    after,
    done: total === 0,
    version: 0,
  };
  await writeBackfill(db, tenant, backfill);
  return backfill;
}

export async function writeBackfill(db: ClickHouse, tenant: string, backfill: Backfill): Promise<void> {
  const { id, from, to, job, requested, by, total, written, after, done } = backfill;
  await db.insert('replication_backfills', [
    {
      tenant,
      id,
      from_at: from,
      to_at: to,
      job,
      requested_at: requested,
      requested_by: by,
      total,
      written,
      after_at: after.at,
      after_job: after.job,
      after_run: after.run,
      done: Number(done),
      version: Math.max(Date.now(), backfill.version + 1),
    },
  ]);
}

/** The oldest that is not done. */
export async function nextBackfill(db: ClickHouse, tenant: string): Promise<Backfill | undefined> {
  const [first] = await readBackfills(db, tenant, raw('done = 0 ORDER BY id LIMIT 1'));
  return first;
}

/** The newest, and all that are not done. */
export function recentBackfills(db: ClickHouse, tenant: string): Promise<Backfill[]> {
  return readBackfills(db, tenant, raw('1 ORDER BY done, id DESC LIMIT 20'));
}

type Row = Omit<Backfill, 'after' | 'done'> & { after_ms: number; after_job: string; after_run: string; done: number };

async function readBackfills(db: ClickHouse, tenant: string, which: Sql): Promise<Backfill[]> {
  const rows = await db.rows<Row>(
    sql`SELECT toString(id) AS id, toUnixTimestamp64Milli(from_at) AS from, toUnixTimestamp64Milli(to_at) AS to, job,
        toUnixTimestamp64Milli(requested_at) AS requested, requested_by AS by, total, written,
        toUnixTimestamp64Milli(after_at) AS after_ms, after_job, after_run, done, version
      FROM replication_backfills FINAL WHERE tenant = ${p.string(tenant)} AND ${which}`
  );
  return rows.map(({ after_ms, after_job, after_run, done, ...row }) => ({
    ...row,
    after: { at: after_ms, job: after_job, run: after_run },
    done: done === 1,
  }));
}

/** The next runs of a backfill. */
export function readPage(
  db: ClickHouse,
  tenant: string,
  targets: Targets,
  backfill: Backfill,
  limit: number
): Promise<Waiting[]> {
  const { after, written } = backfill;
  return readRange(db, rangeOf(tenant, targets, backfill), written > 0 ? after : undefined, limit);
}
