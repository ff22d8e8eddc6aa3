import { DAY_MS, raw, sql } from '../storage/sql.js';
import { RATED } from './rate.js';
import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion } from './question.js';
import { runsTable, runsWhere } from './scope.js';

/** A job that runs once a month fails three times in a row within it. */
const LOOK_BACK_DAYS = 100;

/**
 * Failures in a row per job up to the range's end; 0 after a success, so that an alert on it clears. Where the range
 * begins does not matter: a job that failed stays failed until it runs again.
 */
export const streak = defineQuestion({
  name: 'streak',
  fields: {},
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const lookBack = { ...context, from: Math.min(context.from, context.to - LOOK_BACK_DAYS * DAY_MS) };
    const select = sql`SELECT job, toFloat64(arrayCount(x -> x > ok, failed)) AS streak, last_key
      FROM (SELECT job, maxIf(counted_at, status = 'succeeded') AS ok, groupArrayIf(counted_at, status != 'succeeded') AS failed,
          argMax(toString(key), counted_at) AS last_key
        FROM ${runsTable(query)} WHERE ${runsWhere(lookBack, query, 'counted')} AND ${raw(RATED)} GROUP BY job)
      ORDER BY streak DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; streak: number }>(select);
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
    const fields = [field.string('job'), field.count('streak'), field.string('last_key')];
    return [frameText({ refId: query.refId, fields }, text)];
  },
});
