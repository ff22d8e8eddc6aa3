import { z } from 'zod';
import type { Logger } from 'pino';
import type { Env } from '../env.js';
import type { ClickHouse } from './clickhouse.js';
import { readSetting } from './settings.js';
import { p, raw, sql, type Sql } from './sql.js';

const days = z.number().int().min(1).max(36_500);
const periods = z.object({ runs: days.optional(), lines: days.optional(), records: days.optional() });

/** How long things are kept, in days since they were received: for the tenant, and for single jobs. */
export const retentionSchema = periods.extend({ jobs: z.record(z.string(), periods).default({}) });
export type Retention = z.infer<typeof retentionSchema>;

type Kind = 'runs' | 'lines' | 'records';

export async function readRetention(db: ClickHouse, tenant: string, env: Env): Promise<Retention> {
  return { ...defaults(env), ...((await readSetting(db, tenant, 'retention', retentionSchema)) ?? { jobs: {} }) };
}

const defaults = (env: Env) => ({
  runs: env.JOBLENS_RETENTION_RUNS_DAYS,
  lines: env.JOBLENS_RETENTION_LINES_DAYS,
  records: env.JOBLENS_RETENTION_RECORDS_DAYS,
});

/** What each kind of data keeps its rows in. Events outlive their runs by a day, or a run would shrink. */
const TABLES: Record<Kind, ReadonlyArray<[table: string, extraDays: number]>> = {
  runs: [
    ['runs', 0],
    ['runs_by_time', 0],
    ['events', 1],
  ],
  lines: [['lines', 0]],
  records: [['records', 0]],
};

/** Deletes what is past its time, tenant by tenant and job by job. */
export async function enforceRetention(db: ClickHouse, env: Env, log: Logger): Promise<void> {
  const tenants = await db.rows<{ tenant: string }>(
    sql`SELECT DISTINCT tenant FROM runs UNION DISTINCT SELECT DISTINCT tenant FROM lines`
  );
  for (const { tenant } of tenants) {
    const retention = await readRetention(db, tenant, env);
    for (const kind of ['runs', 'lines', 'records'] as const) {
      const own = Object.entries(retention.jobs).filter(([, of]) => of[kind] !== undefined);
      const others = own.length > 0 ? sql`job NOT IN ${p.strings(own.map(([job]) => job))}` : raw('1');
      await deleteOlder(db, tenant, kind, others, retention[kind] ?? defaults(env)[kind], log);
      for (const [job, of] of own) {
        await deleteOlder(db, tenant, kind, sql`job = ${p.string(job)}`, of[kind] ?? 0, log);
      }
    }
  }
}

async function deleteOlder(
  db: ClickHouse,
  tenant: string,
  kind: Kind,
  those: Sql,
  keep: number,
  log: Logger
): Promise<void> {
  for (const [table, extra] of TABLES[kind]) {
    const old = sql`tenant = ${p.string(tenant)} AND ${those} AND received_at < now() - toIntervalDay(${p.int(keep + extra)})`;
    const [found] = await db.rows<{ n: number }>(sql`SELECT count() AS n FROM ${raw(table)} WHERE ${old}`);
    if (found && found.n > 0) {
      await db.deleteFrom(table, old);
      log.info({ tenant, table, rows: found.n, days: keep }, 'retention: deleted what was past its time');
    }
  }
}
