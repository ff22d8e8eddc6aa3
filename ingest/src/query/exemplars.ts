import type { BaseQuery } from '../model/question.js';
import { raw, sql } from '../storage/sql.js';
import { bucketsFor } from './buckets.js';
import { field, frameText, type FrameText } from './frames.js';
import type { AskContext } from './question.js';
import { groupNames, labelOf, timeColumn } from './scope.js';
import { grouped, type Statistic } from './series.js';

/** More marks than this hide the lines they stand on. */
const MAX_EXEMPLARS = 100;

/**
 * The slowest run of every bucket and group, as Grafana's exemplars: a frame called `exemplar` among the annotations with
 * `Time`, `Value` and what names the run. No frame where there is none.
 */
export async function slowestRuns(context: AskContext, query: BaseQuery, statistic: Statistic): Promise<FrameText[]> {
  const groups = groupNames(query.groupBy);
  const time = timeColumn(query);
  // A group's own label stands in its column of the run, where there is one.
  const labels = query.groupBy.map((name, i) => ({ label: labelOf(name), column: groups[i] })).filter(isNotOfTheRun);
  const columns = labels.map(({ column }) => `, ${column}`).join('');
  const text = await context.db.text(
    sql`SELECT toUnixTimestamp64Milli(slowest.1), slowest.2, slowest.3, slowest.4, slowest.5${raw(columns)} FROM (
        SELECT ${raw(groups.map((g) => `${g}, `).join(''))} ${bucketsFor(context, query).startOf(time)} AS t,
          argMax((${time}, toFloat64(assumeNotNull(duration_ms)), job, run, toString(key)), duration_ms) AS slowest
        FROM ${grouped(context, query, statistic)} GROUP BY ${raw([...groups, 't'].join(', '))})
      ORDER BY slowest.2 DESC LIMIT ${raw(String(MAX_EXEMPLARS))}`,
    'JSONCompactColumns',
    context.signal
  );
  const fields = [
    { ...field.time('Time'), typeInfo: { frame: 'time.Time' } },
    field.count('Value', { unit: 'ms' }),
    ...['job', 'run', 'key', ...labels.map(({ label }) => label)].map((name) => field.string(name)),
  ];
  const meta = { dataTopic: 'annotations' as const, custom: { resultType: 'exemplar' } };
  const isEmpty = /^\[\s*(\[\s*\][\s,]*)*\]$/.test(text.trim()) || text.trim() === '';
  return isEmpty ? [] : [frameText({ refId: query.refId, name: 'exemplar', meta, fields }, text)];
}

const isNotOfTheRun = ({ label }: { label: string }) => !['job', 'run', 'key'].includes(label);
