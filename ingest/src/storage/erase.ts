import type { ClickHouse } from './clickhouse.js';
import { p, sql, type Sql } from './sql.js';

/** How many rows went, by what they were. */
export interface Erased {
  runs: number;
  events: number;
  lines: number;
  records: number;
}

/**
 * Every table that holds something of a run. What finds it goes last, so that a deletion that broke off can be repeated;
 * what says that it was replicated goes after it, or what is left of it would be written once more.
 */
const OF_RUN = ['lines', 'line_facts', 'records', 'events', 'runs_by_time', 'places', 'runs', 'replicas'] as const;

/** Deletes all that is stored of one run. What is sent of it later makes it anew. */
export function eraseRun(db: ClickHouse, tenant: string, job: string, run: string): Promise<Erased> {
  return erase(db, sql`tenant = ${p.string(tenant)} AND job = ${p.string(job)} AND run = ${p.string(run)}`, OF_RUN);
}

/** Deletes a job: its config and all that is stored of its runs. */
export function eraseJob(db: ClickHouse, tenant: string, job: string): Promise<Erased> {
  return erase(db, sql`tenant = ${p.string(tenant)} AND job = ${p.string(job)}`, [...OF_RUN, 'jobs']);
}

/** Deletes every run of a user with all that is stored of it. */
export function eraseUser(db: ClickHouse, tenant: string, user: string): Promise<Erased> {
  const own = sql`SELECT job, run FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND user = ${p.string(user)}`;
  return erase(db, sql`tenant = ${p.string(tenant)} AND (job, run) IN (${own})`, OF_RUN);
}

async function erase(db: ClickHouse, those: Sql, tables: readonly string[]): Promise<Erased> {
  const [found] = await db.rows<Erased>(
    sql`SELECT (SELECT count() FROM runs FINAL WHERE ${those} AND hidden != 2) AS runs, (SELECT count() FROM events WHERE ${those}) AS events,
      (SELECT count() FROM lines WHERE ${those}) AS lines, (SELECT count() FROM records WHERE ${those}) AS records`
  );
  for (const table of tables) {
    await db.deleteFrom(table, those);
  }
  return found ?? { runs: 0, events: 0, lines: 0, records: 0 };
}
