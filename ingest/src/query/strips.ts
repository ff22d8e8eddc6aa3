import { DAY_MS, moment, p, raw, sql } from '../storage/sql.js';
import type { AskContext } from './question.js';

/** A run as a bar of a strip. */
export interface Bar {
  key: string;
  run: string;
  status: string;
  at: number;
  duration_ms: number | null;
}

const STRIP_RUNS = 30;
/** More jobs than this are read from all runs of the time. */
const FEW_JOBS = 20;
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
  const rows = await context.db.rows<{ job: string; bars: Array<[number, string, string, string, number | null]> }>(
    sql`SELECT job, arrayReverse(arraySlice(arrayReverseSort(x -> (x.1, x.2),
          groupArray((toUnixTimestamp64Milli(at), run, toString(key), CAST(status, 'String'), duration_ms))), 1, ${raw(String(STRIP_RUNS))})) AS bars
      FROM ${raw(jobs.length > FEW_JOBS && days === NEAR_DAYS ? 'runs_by_time' : 'runs')} FINAL WHERE tenant = ${p.string(context.tenant)} AND hidden = 0 AND job IN ${p.strings(jobs)}
        AND at < ${moment(context.to)} AND at >= ${moment(context.to - days * DAY_MS)} GROUP BY job`
  );
  return new Map(
    rows.map(({ job, bars }) => [
      job,
      bars.map(([at, run, key, status, duration_ms]) => ({ key, run, status, at, duration_ms })),
    ])
  );
}
