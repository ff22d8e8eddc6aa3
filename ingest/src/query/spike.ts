import { p, raw, sql } from '../storage/sql.js';
import { baselineFields, before, current, withBaseline } from './baseline.js';
import { RATED } from './rate.js';
import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion } from './question.js';
import { runsTable, runsWhere } from './scope.js';

/** How far a job's failure rate is above its own: rate in the range minus rate of the days before, −1 to 1. */
export const spike = defineQuestion({
  name: 'spike',
  fields: baselineFields,
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const [now, past] = [current(context), before(context)];
    const select = sql`SELECT job, countIf(${now} AND status != 'succeeded') / countIf(${now}) AS rate,
        if(countIf(${past}) = 0, 0, countIf(${past} AND status != 'succeeded') / countIf(${past})) AS baseline,
        toFloat64(countIf(${now})) AS runs, rate - baseline AS spike
      FROM ${runsTable(query)} WHERE ${runsWhere(withBaseline(context, query.baselineDays), query, 'counted')} AND ${raw(RATED)}
      GROUP BY job HAVING countIf(${now}) >= ${p.int(query.minRuns)} ORDER BY spike DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; spike: number }>(select);
      return [
        await jobNumbers(
          context,
          query.refId,
          field.share('spike'),
          rows.map((row) => [row.job, row.spike])
        ),
      ];
    }
    const text = await context.db.text(select, 'JSONCompactColumns', context.signal);
    const fields = [
      field.string('job'),
      field.share('rate'),
      field.share('baseline'),
      field.count('runs'),
      field.share('spike'),
    ];
    return [frameText({ refId: query.refId, fields }, text)];
  },
});
