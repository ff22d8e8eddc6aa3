import { runKey } from '../model/event.js';
import type { Segment } from '../spool/segment.js';
import type { ClickHouse } from './clickhouse.js';
import { p, sql } from './sql.js';

/**
 * A job that was configured and has not run yet stands in the history all the same: as a pending run without an id,
 * which no statistic counts and which the first real run replaces.
 */
const PLACEHOLDER_RUN = '';
/** In lists, in no statistic. */
const LISTED_ONLY = 2;

/** Gives the segment's jobs that have never run their entry. */
export async function placeNewJobs(db: ClickHouse, segment: Segment): Promise<number> {
  const { tenant } = segment;
  const jobs = await db.rows<{ job: string; type: string; at: string }>(
    sql`SELECT job, type, toString(created_at) AS at FROM jobs FINAL
      WHERE tenant = ${p.string(tenant)} AND version >= ${p.int(segment.openedAt - 1000)}
        AND job NOT IN (SELECT job FROM places WHERE tenant = ${p.string(tenant)})`
  );
  await db.insert(
    'runs',
    jobs.map((job) => placeholder(tenant, job, 0))
  );
  return jobs.length;
}

/** Takes the entry away from jobs that have run. */
export async function dropPlaceholders(db: ClickHouse, tenant: string, jobs: readonly string[]): Promise<void> {
  const found = await db.rows<{ job: string; at: string }>(
    sql`SELECT job, toString(at) AS at FROM places FINAL WHERE tenant = ${p.string(tenant)} AND job IN ${p.strings(jobs)} AND run = '' AND version = 0`
  );
  if (found.length > 0) {
    await db.insert(
      'runs',
      found.map((job) => ({ ...placeholder(tenant, { ...job, type: '' }, 1), is_deleted: 1 }))
    );
    await db.insert(
      'places',
      found.map((job) => ({ tenant, job: job.job, run: PLACEHOLDER_RUN, at: job.at, version: 1 }))
    );
  }
}

function placeholder(tenant: string, { job, type, at }: { job: string; type: string; at: string }, version: number) {
  return {
    tenant,
    job,
    run: PLACEHOLDER_RUN,
    key: runKey(tenant, job, PLACEHOLDER_RUN),
    at,
    counted_at: at,
    attempt: 1,
    status: 'pending',
    type,
    message: 'not run yet',
    hidden: LISTED_ONLY,
    received_at: at,
    settled_at: at,
    version,
    is_deleted: 0,
  };
}
