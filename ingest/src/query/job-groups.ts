import type { BaseQuery, Field } from '../model/question.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { field, frameText, type FrameText } from './frames.js';
import { withConfigs } from './job-facts.js';
import { RATED } from './rate.js';
import type { AskContext } from './question.js';
import { runsTable, runsWhere } from './scope.js';

const TIMED = "status = 'succeeded' AND duration_ms >= 0";

/** Jobs by type, owner or tag: how many there are, how many fail, and what all their runs together say. */
export async function jobGroups(context: AskContext, query: BaseQuery, group: Field): Promise<FrameText[]> {
  const asked = { ...query, search: undefined };
  const before = { ...context, from: 2 * context.from - context.to };
  const now = sql`counted_at >= ${moment(context.from)}`;
  const past = sql`NOT (${now})`;
  const sum = (name: string) => raw(`toFloat64(sum(${name})) AS ${name}_sum`);
  const quantile = (q: number, name: string, count: string) =>
    raw(`if(sum(${count}) = 0, NULL, quantileExactInclusiveMerge(${q})(${name}))`);
  const state = (when: Sql) =>
    sql`quantileExactInclusiveStateIf(0.5)(ifNull(duration_ms, 0), ${when} AND ${raw(TIMED)})`;
  const text = await context.db.text(
    sql`SELECT ${groupOf(group)} AS grp, toFloat64(count()), toFloat64(countIf(failing)), ${sum('runs')}, ${sum('failures')},
        if(sum(rated) = 0, NULL, 1 - sum(failures) / sum(rated)), if(sum(rated_before) = 0, NULL, 1 - sum(failures_before) / sum(rated_before)),
        ${quantile(0.5, 'durations', 'timed')}, ${quantile(0.95, 'durations', 'timed')},
        ${quantile(0.5, 'durations_before', 'timed_before')}, ${quantile(0.95, 'durations_before', 'timed_before')}, ${sum('total')}, ${sum('total_before')}
      FROM (SELECT job, anyLast(type) AS run_type, anyLast(tags) AS run_tags, countIf(${now}) AS runs,
          countIf(${now} AND ${raw(RATED)}) AS rated, countIf(${now} AND ${raw(RATED)} AND status != 'succeeded') AS failures,
          countIf(${past} AND ${raw(RATED)}) AS rated_before, countIf(${past} AND ${raw(RATED)} AND status != 'succeeded') AS failures_before,
          ${state(now)} AS durations, countIf(${now} AND ${raw(TIMED)}) AS timed, ${state(past)} AS durations_before, countIf(${past} AND ${raw(TIMED)}) AS timed_before,
          sumIf(assumeNotNull(duration_ms), ${now} AND duration_ms >= 0) AS total, sumIf(assumeNotNull(duration_ms), ${past} AND duration_ms >= 0) AS total_before,
          argMaxIf(status != 'succeeded', counted_at, ${raw(RATED)}) AS failing
        FROM ${runsTable(asked)} WHERE ${runsWhere(before, asked, 'counted')} GROUP BY job) AS s
      ${withConfigs(context, query)} GROUP BY grp ORDER BY failures_sum DESC, runs_sum DESC, grp LIMIT ${p.int(query.limit ?? 1000)}`,
    'JSONCompactColumns',
    context.signal
  );
  return [frameText({ refId: query.refId, name: 'job groups', fields: FIELDS }, text)];
}

/** A job's own tag, else the one that its runs carry. */
function groupOf(group: Field): Sql {
  if (group === 'owner') {
    return raw('owner');
  }
  if (group === 'type') {
    return raw("if(c.type = '', s.run_type, c.type)");
  }
  const name = p.string(group.slice('tag:'.length));
  return sql`if(JSONHas(config, 'tags', ${name}), JSONExtractString(config, 'tags', ${name}), run_tags[${name}])`;
}

const FIELDS = [
  field.group('group', { displayName: 'Group' }),
  field.count('jobs', { displayName: 'Jobs' }),
  field.count('failing', { displayName: 'Failing' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('failures', { displayName: 'Failures' }),
  field.share('success_rate', { displayName: 'Success rate' }),
  field.share('success_rate_before', { displayName: 'Success rate before' }),
  field.duration('p50'),
  field.duration('p95'),
  field.duration('p50_before', { displayName: 'p50 before' }),
  field.duration('p95_before', { displayName: 'p95 before' }),
  field.duration('total', { displayName: 'Execution time' }),
  field.duration('total_before', { displayName: 'Execution time before' }),
];
