import { join, raw, sql } from '../storage/sql.js';
import { bucketsFor } from './buckets.js';
import { dataplane, field, frame, noData, seriesName } from './frames.js';
import { linesFields, linesThat } from './lines.js';
import { defineQuestion } from './question.js';
import { labelOf } from './scope.js';
import { numericFrame } from './series.js';
import { problems } from '../errors.js';
import type { Field } from '../model/question.js';

const GROUPS: readonly Field[] = ['level', 'job', 'run', 'stream'];

/** How many log lines, by level unless grouped otherwise: logs volume, and what an alert on error bursts counts. */
export const lineCounts = defineQuestion({
  name: 'line_counts',
  fields: linesFields,
  formats: ['timeseries', 'numeric'],
  ask: async (context, query, format) => {
    const groupBy = query.groupBy.length > 0 ? query.groupBy : (['level'] as const);
    const unknown = groupBy.find((name) => !GROUPS.includes(name));
    if (unknown) {
      throw problems.badRequest(`groupBy: lines can be grouped by ${GROUPS.join(', ')}, not by ${unknown}.`);
    }
    const groups = join(
      groupBy.map((name) => raw(`CAST(${name}, 'String')`)),
      ', '
    );
    const those = await linesThat(context, query);
    if (format === 'numeric') {
      const rows = await context.db.rows<{ labels: string[]; n: number }>(
        sql`SELECT [${groups}] AS labels, toFloat64(count()) AS n FROM ${those} GROUP BY labels ORDER BY n DESC LIMIT 1000`
      );
      return [
        numericFrame(
          query.refId,
          groupBy.map(labelOf),
          field.number('lines'),
          rows.map((row) => [...row.labels, row.n])
        ),
      ];
    }
    const buckets = bucketsFor(context, query);
    const rows = await context.db.rows<{ labels: string[]; times: number[]; counts: number[] }>(
      sql`SELECT labels, groupArray(t) AS times, groupArray(n) AS counts FROM (
          SELECT [${groups}] AS labels, ${buckets.startOf(raw('time'))} AS t, toFloat64(count()) AS n FROM ${those}
          GROUP BY labels, t ORDER BY t)
        GROUP BY labels ORDER BY sum(n) DESC LIMIT 100`
    );
    const frames = rows.map((row) => {
      const labels = Object.fromEntries(groupBy.map((name, i) => [labelOf(name), row.labels[i] ?? '']));
      const name = seriesName(labels, 'lines');
      const fields = [
        { ...field.time('time', { interval: buckets.width }), typeInfo: { frame: 'time.Time' } },
        { ...field.count('lines', { unit: 'short', displayNameFromDS: name }), labels },
      ];
      return frame({ refId: query.refId, name, meta: dataplane('timeseries-multi'), fields }, [row.times, row.counts]);
    });
    return frames.length > 0 ? frames : [noData(query.refId, 'timeseries-multi')];
  },
});
