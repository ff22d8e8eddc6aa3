import { TERMS, type Terms } from '../schedules/terms.js';
import { holdsWords, join, p, raw, sql, type Sql } from '../storage/sql.js';
import type { BaseQuery, Field } from '../model/question.js';
import { before, current, withBaseline } from './baseline.js';
import type { AskContext } from './question.js';
import { RATED } from './rate.js';
import { filterSql, runsTable, runsWhere, SLOT_RUN } from './scope.js';

/** What a job's runs say of it as of the range's end. Times are epoch milliseconds, 0 where there is none. */
export interface JobFacts {
  job: string;
  type: string;
  owner: string;
  runbook_url: string;
  terms: Terms;
  /** Since when its terms hold. */
  since: number;
  /** Rated runs, and failures among them: in the range, and in the days before it. */
  runs: number;
  failures: number;
  runs_before: number;
  failures_before: number;
  /** The newest success, and what came after it. */
  ok_at: number;
  failed_at: number;
  first_failed_at: number;
  streak: number;
  /** The newest start, and the slots after it that nobody kept. */
  started_at: number;
  missed: number;
  first_missed_at: number;
  missed_at: number;
  missed_key: string;
  /** The oldest run that is still open. */
  open_at: number;
  open_key: string;
  open_name: string;
  /** Durations of succeeded runs, ms: the median; the 95th percentile and the number of the days before; the newest. */
  usual: number | null;
  p95: number | null;
  timed: number;
  newest: number | null;
}

const TIMED = "status = 'succeeded' AND duration_ms >= 0";
const FAILED = "status IN ('failed', 'timed_out')";
const START = `status NOT IN ('pending', 'missed') AND NOT (${SLOT_RUN})`;
const ms = (column: string) => `toUnixTimestamp64Milli(${column})`;

/** The facts of every job that ran within the range or the days before it, or has a config. One pass over the runs. */
export function jobFacts(
  context: AskContext,
  query: Pick<BaseQuery, 'filters' | 'search' | 'timeBy'>,
  days: number
): Promise<JobFacts[]> {
  const asked = { ...query, search: undefined };
  const [now, past] = [current(context), before(context)];
  const quantile = (q: number, when: Sql) =>
    sql`if(countIf(${when}) = 0, NULL, quantileExactInclusiveIf(${raw(String(q))})(assumeNotNull(duration_ms), ${when}))`;
  const timed = raw(TIMED);
  return context.db.rows<JobFacts>(
    sql`SELECT job, if(c.type = '', r.run_type, c.type) AS type, owner, JSONExtractString(config, 'runbook_url') AS runbook_url,
        ${TERMS} AS terms,
        ${raw(ms('created_at'))} AS since, runs, failures, runs_before, failures_before, ${raw(ms('ok'))} AS ok_at, ${raw(ms('failed'))} AS failed_at,
        ${raw(ms('arrayMin(arrayFilter(x -> x > ok, failed_times))'))} AS first_failed_at, arrayCount(x -> x > ok, failed_times) AS streak,
        ${raw(ms('started'))} AS started_at, arrayCount(x -> x > started, missed_times) AS missed,
        ${raw(ms('arrayMin(arrayFilter(x -> x > started, missed_times))'))} AS first_missed_at, ${raw(ms('arrayMax(arrayFilter(x -> x > started, missed_times))'))} AS missed_at, missed_key,
        ${raw(ms('open'))} AS open_at, open_run.1 AS open_key, open_run.2 AS open_name, usual, p95, timed, newest
      FROM (SELECT job, argMaxIf(type, at, type != '') AS run_type,
          countIf(${now} AND ${raw(RATED)}) AS runs, countIf(${now} AND ${raw(RATED)} AND status != 'succeeded') AS failures,
          countIf(${past} AND ${raw(RATED)}) AS runs_before, countIf(${past} AND ${raw(RATED)} AND status != 'succeeded') AS failures_before,
          maxIf(counted_at, status = 'succeeded') AS ok, maxIf(counted_at, ${raw(FAILED)}) AS failed, groupArrayIf(counted_at, ${raw(FAILED)}) AS failed_times,
          maxIf(at, ${raw(START)}) AS started, groupArrayIf(at, status = 'missed') AS missed_times,
          argMaxIf(toString(key), at, status = 'missed') AS missed_key,
          minIf(at, status = 'running') AS open, argMinIf((toString(key), run), at, status = 'running') AS open_run,
          ${quantile(0.5, timed)} AS usual, ${quantile(0.95, sql`${past} AND ${timed}`)} AS p95, countIf(${past} AND ${timed}) AS timed,
          if(countIf(${timed}) = 0, NULL, argMaxIf(duration_ms, counted_at, ${timed})) AS newest
        FROM ${runsTable(asked)} WHERE ${runsWhere(withBaseline(context, days), asked, 'counted')} GROUP BY job) AS r
      ${withConfigs(context, query)}`
  );
}

const OF_JOBS: readonly Field[] = ['job', 'owner'];

/**
 * Joins each job's config to what its runs say, and keeps the jobs that are asked for. With filters on runs only jobs
 * that have such runs are meant; without, every job that is known.
 */
export function withConfigs({ tenant }: AskContext, query: Pick<BaseQuery, 'filters' | 'search'>): Sql {
  const ofJobs = query.filters.filter(({ field }) => OF_JOBS.includes(field));
  const kind = raw(ofJobs.length < query.filters.length ? 'LEFT' : 'FULL');
  const where = join([jobSearch(query.search), ...ofJobs.map((filter) => filterSql(filter, tenant))], ' AND ');
  return sql`${kind} JOIN (SELECT job, type, owner, config, created_at FROM jobs FINAL WHERE tenant = ${p.string(tenant)}) AS c USING (job)
    WHERE ${where}`;
}

/** Words looked for in what a list of jobs shows of them. */
function jobSearch(words: string | undefined): Sql {
  if (!words) {
    return raw('1');
  }
  const places = ['job', 'type', 'owner', "JSONExtractString(config, 'name')"];
  return sql`(${join(
    places.map((place) => holdsWords(raw(place), words)),
    ' OR '
  )})`;
}
