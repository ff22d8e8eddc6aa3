import { groupBy } from '../collections.js';
import { DAY_MS, moment, raw, sql } from '../storage/sql.js';
import type { AskContext } from './question.js';
import { newestRuns } from './scope.js';

/** A run as a bar of a strip. */
export interface Bar {
  key: string;
  run: string;
  status: string;
  at: number;
  duration_ms: number | null;
}

const STRIP_RUNS = 30;
/** Where most jobs have run thirty times; the few that have not are looked for further back. */
const NEAR_DAYS = 10;
const FAR_DAYS = 100;

/** The last runs of each of these jobs, oldest first. */
export async function strips(context: AskContext, jobs: readonly string[]): Promise<Map<string, Bar[]>> {
  const near = await read(context, jobs, NEAR_DAYS);
  const rare = jobs.filter((job) => (near.get(job)?.length ?? 0) < STRIP_RUNS);
  const far = await read(context, rare, FAR_DAYS);
  return new Map([...near, ...far]);
}

async function read(context: AskContext, jobs: readonly string[], days: number): Promise<Map<string, Bar[]>> {
  if (jobs.length === 0) {
    return new Map();
  }
  const during = sql`hidden = 0 AND at < ${moment(context.to)} AND at >= ${moment(context.to - days * DAY_MS)}`;
  const newest = newestRuns(context.tenant, jobs, STRIP_RUNS, raw('job, key, run, status, at, duration_ms'), during);
  const rows = await context.db.rows<Bar & { job: string }>(
    sql`SELECT job, toString(key) AS key, run, status, toUnixTimestamp64Milli(at) AS at, duration_ms FROM (${newest}) ORDER BY job, at, run`
  );
  return new Map(
    [...groupBy(rows, ({ job }) => job)].map(([job, bars]) => [job, bars.map(({ job: _job, ...bar }) => bar)])
  );
}
