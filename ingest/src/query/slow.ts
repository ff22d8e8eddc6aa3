import { p, sql } from '../storage/sql.js';
import { baselineFields, before, current, withBaseline } from './baseline.js';
import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion } from './question.js';
import { runsTable, runsWhere } from './scope.js';

/** A job's newest succeeded run against its own p95 of the days before: 1 is as slow as its slowest 5 %. */
export const slow = defineQuestion({
  name: 'slow',
  fields: baselineFields,
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const [now, past] = [current(context), before(context)];
    const select = sql`SELECT job, toFloat64(argMaxIf(duration_ms, counted_at, ${now})) / p95 AS slow,
        toFloat64(argMaxIf(duration_ms, counted_at, ${now})) AS newest, quantileExactInclusiveIf(0.95)(assumeNotNull(duration_ms), ${past}) AS p95,
        argMaxIf(toString(key), counted_at, ${now}) AS last_key
      FROM ${runsTable(query)} WHERE ${runsWhere(withBaseline(context, query.baselineDays), query, 'counted')} AND status = 'succeeded' AND duration_ms >= 0
      GROUP BY job HAVING countIf(${now}) > 0 AND countIf(${past}) >= ${p.int(query.minRuns)} AND p95 > 0 ORDER BY slow DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; slow: number }>(select);
      return [
        await jobNumbers(
          context,
          query.refId,
          field.number('slow'),
          rows.map((row) => [row.job, row.slow])
        ),
      ];
    }
    const text = await context.db.text(select, 'JSONCompactColumns', context.signal);
    const fields = [
      field.string('job'),
      field.number('slow'),
      field.duration('newest'),
      field.duration('p95'),
      field.string('last_key'),
    ];
    return [frameText({ refId: query.refId, fields }, text)];
  },
});
