import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { RATED } from './rate.js';
import { field, frameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsWhere } from './scope.js';
import type { BaseQuery } from '../model/question.js';

const SPARK_RUNS = 30;

/** What the runs in the range, and those of the period before, say of each job. One row a job. */
export function jobStats(context: AskContext, query: Pick<BaseQuery, 'filters' | 'search' | 'timeBy'>): Sql {
  const before = { ...context, from: 2 * context.from - context.to };
  const now = sql`counted_at >= ${moment(context.from)}`;
  const timed = raw("status = 'succeeded' AND duration_ms >= 0");
  const quantile = (q: number, when: Sql) =>
    sql`if(countIf(${when} AND ${timed}) = 0, NULL, quantileExactInclusiveIf(${raw(String(q))})(ifNull(duration_ms, 0), ${when} AND ${timed}))`;
  return sql`SELECT job, anyLast(type) AS run_type, countIf(${now}) AS runs,
      countIf(${now} AND status IN ('failed', 'timed_out', 'missed')) AS failures,
      if(countIf(${now} AND ${raw(RATED)}) = 0, NULL, countIf(${now} AND status = 'succeeded') / countIf(${now} AND ${raw(RATED)})) AS success_rate,
      ${quantile(0.5, now)} AS p50, ${quantile(0.95, now)} AS p95, ${quantile(0.5, sql`NOT (${now})`)} AS p50_before, ${quantile(0.95, sql`NOT (${now})`)} AS p95_before,
      argMax((status, toString(key), at, if(message = '', error_message, message)), (at, run)) AS last,
      arrayReverse(arraySlice(arrayReverseSort(x -> x.4, groupArray((toString(key), status, duration_ms, at))), 1, ${raw(String(SPARK_RUNS))})) AS recent,
      CAST(sumMap(if(${now}, map(status, 1), map())), 'Map(String, UInt64)') AS counts
    FROM runs FINAL WHERE ${runsWhere(before, query, 'overlapping')} AND run != '' GROUP BY job`;
}

/** Every job with what its runs say; a job that never ran is there too. */
export const jobs = defineQuestion({
  name: 'jobs',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const text = await context.db.text(
      sql`SELECT s.job, if(c.type = '', s.run_type, c.type) AS type, c.owner AS owner, s.last.1 AS last_status, s.last.2 AS last_key,
          toUnixTimestamp64Milli(s.last.3) AS last_at, s.last.4 AS last_message, s.runs, s.failures, s.success_rate, s.p50, s.p95, s.p50_before, s.p95_before,
          toJSONString(arrayMap(x -> map('key', x.1, 'status', x.2, 'duration_ms', ifNull(toString(x.3), ''), 'at', toString(toUnixTimestamp64Milli(x.4))), s.recent)) AS spark
        FROM (${jobStats(context, query)}) AS s
        LEFT JOIN (SELECT job, type, owner FROM jobs FINAL WHERE tenant = ${p.string(context.tenant)}) AS c USING (job)
        ORDER BY s.failures DESC, s.job LIMIT ${p.int(query.limit ?? 1000)}`,
      'JSONCompactColumns',
      context.signal
    );
    return [frameText({ refId: query.refId, name: 'jobs', fields: FIELDS }, text)];
  },
});

const FIELDS = [
  field.string('job', { displayName: 'Job' }),
  field.string('type', { displayName: 'Type' }),
  field.string('owner', { displayName: 'Owner' }),
  field.string('last_status', { displayName: 'Last status' }),
  field.string('last_key'),
  field.time('last_at', { displayName: 'Last run' }),
  field.string('last_message', { displayName: 'Last message' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('failures', { displayName: 'Failures' }),
  field.share('success_rate', { displayName: 'Success rate' }),
  field.duration('p50'),
  field.duration('p95'),
  field.duration('p50_before', { displayName: 'p50 before' }),
  field.duration('p95_before', { displayName: 'p95 before' }),
  field.string('spark', { description: 'The last runs, oldest first, as JSON' }),
];
