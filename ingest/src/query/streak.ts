import { raw, sql } from '../storage/sql.js';
import { RATED } from './rate.js';
import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion } from './question.js';
import { runsWhere } from './scope.js';

interface Row {
  job: string;
  streak: number;
  last_key: string;
}

/** Failures in a row per job up to now; 0 after a success, so that an alert on it clears. */
export const streak = defineQuestion({
  name: 'streak',
  fields: {},
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const select = sql`SELECT job, toFloat64(arrayFirstIndex(x -> x.2 = 'succeeded', arrayPushBack(newest, (toDateTime64(0, 3, 'UTC'), 'succeeded', '', ''))) - 1) AS streak,
        newest[1].3 AS last_key, newest[1].4 AS error_line
      FROM (SELECT job, arrayReverseSort(groupArray((counted_at, status, toString(key), first_error_line))) AS newest
        FROM runs FINAL WHERE ${runsWhere(context, query, 'counted')} AND ${raw(RATED)} GROUP BY job)
      ORDER BY streak DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<Row>(select);
      return [
        await jobNumbers(
          context,
          query.refId,
          field.number('streak'),
          rows.map((row) => [row.job, row.streak])
        ),
      ];
    }
    const text = await context.db.text(select, 'JSONCompactColumns', context.signal);
    const fields = [field.string('job'), field.count('streak'), field.string('last_key'), field.string('error_line')];
    return [frameText({ refId: query.refId, fields }, text)];
  },
});
