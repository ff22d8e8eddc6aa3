import { problems } from '../errors.js';
import type { BaseQuery } from '../model/question.js';
import { p, raw, sql, type Sql } from '../storage/sql.js';
import { periodsOf, type Period, type PeriodKind } from './periods.js';
import type { AskContext } from './question.js';
import { RATED } from './rate.js';
import { groupColumns, groupNames, runsFrom, runsWhere, timeColumn } from './scope.js';

/** What the runs of one period and group say. Durations in milliseconds. */
export interface PeriodStats {
  /** The period's start, epoch milliseconds. */
  start: number;
  groups: string[];
  runs: number;
  succeeded: number;
  failures: number;
  missed: number;
  success_rate: number | null;
  /** Execution time of all runs that ended. */
  total: number;
  mean: number | null;
  p50: number | null;
  p95: number | null;
}

const MAX_PERIODS = 400;
const TIMED = "status = 'succeeded' AND duration_ms >= 0";

/** @throws Coded 400 where the range holds too many periods to be read */
export function periodsIn(context: AskContext, kind: PeriodKind): Period[] {
  const calendar = { kind, timeZone: context.timeZone, weekStart: context.weekStart ?? '' };
  // No period begins after now: there is nothing in it, and nothing to compare.
  const to = Math.max(context.from, Math.min(context.to, context.now));
  const periods = periodsOf(calendar, context.from, to, MAX_PERIODS);
  if (!periods) {
    throw problems.badRequest(
      `The time range holds more than ${MAX_PERIODS} ${kind}s. Ask for a shorter one, or for longer periods.`
    );
  }
  return periods;
}

/** Runs that ended, by period and group. A period without runs has no row. */
export async function periodStats(
  context: AskContext,
  query: Pick<BaseQuery, 'filters' | 'search' | 'timeBy' | 'groupBy'>,
  periods: readonly Period[],
  only: Sql = raw('1')
): Promise<PeriodStats[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) {
    return [];
  }
  const groups = groupNames(query.groupBy);
  const columns = query.groupBy.length > 0 ? sql`*, ${groupColumns(query.groupBy)}` : raw('*');
  const time = sql`toUnixTimestamp64Milli(${timeColumn(query)})`;
  const where = runsWhere({ ...context, from: first.start, to: last.end }, query, 'counted');
  return context.db.rows<PeriodStats>(
    sql`SELECT roundDown(${time}, ${p.ints(periods.map(({ start }) => start))}) AS start, [${raw(groups.join(', '))}]::Array(String) AS groups,
      count() AS runs, countIf(status = 'succeeded') AS succeeded, countIf(${raw(RATED)} AND status != 'succeeded') AS failures, countIf(status = 'missed') AS missed,
      if(countIf(${raw(RATED)}) = 0, NULL, succeeded / countIf(${raw(RATED)})) AS success_rate,
      sumIf(assumeNotNull(duration_ms), duration_ms >= 0) AS total,
      if(countIf(${raw(TIMED)}) = 0, NULL, avgIf(assumeNotNull(duration_ms), ${raw(TIMED)})) AS mean,
      if(countIf(${raw(TIMED)}) = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(duration_ms), ${raw(TIMED)})) AS p50,
      if(countIf(${raw(TIMED)}) = 0, NULL, quantileExactInclusiveIf(0.95)(assumeNotNull(duration_ms), ${raw(TIMED)})) AS p95
    FROM (SELECT ${columns} FROM ${runsFrom(context.tenant, query, query.groupBy)} WHERE ${where} AND status NOT IN ('pending', 'running'))
    WHERE ${only} GROUP BY ${raw(['start', ...groups].join(', '))} ORDER BY start`
  );
}

/** The groups with the most execution time, as a condition on the columns of the groups. */
export function largestGroups(
  context: AskContext,
  query: Pick<BaseQuery, 'filters' | 'search' | 'timeBy' | 'groupBy'>,
  limit: number
): Sql {
  const groups = groupNames(query.groupBy);
  if (groups.length === 0) {
    return raw('1');
  }
  const names = raw(groups.join(', '));
  return sql`(${names}) IN (SELECT ${names} FROM (
      SELECT ${groupColumns(query.groupBy)}, duration_ms FROM ${runsFrom(context.tenant, query, query.groupBy)}
      WHERE ${runsWhere(context, query, 'counted')} AND status NOT IN ('pending', 'running'))
    GROUP BY ${names} ORDER BY sumIf(assumeNotNull(duration_ms), duration_ms >= 0) DESC, ${names} LIMIT ${p.int(limit)})`;
}
