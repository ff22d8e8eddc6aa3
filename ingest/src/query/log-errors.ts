import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { raw, sql } from '../storage/sql.js';
import { defineQuestion } from './question.js';
import { wholeRunsWhere } from './scope.js';

/** Lines of level error or fatal that a run logged. */
export const ERROR_LINES = "lines_by_level['error'] + lines_by_level['fatal']";
/** A run after which nothing of what went before is worth an alert: it succeeded and logged no error. */
const CLEAN = `status = 'succeeded' AND ${ERROR_LINES} = 0`;

/** Error lines of each job since its last clean success; 0 for a job that logged without any. */
export const logErrors = defineQuestion({
  name: 'log_errors',
  fields: {},
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const select = sql`SELECT job, toFloat64(arraySum(x -> if(x.1 > clean, x.2, 0), runs)) AS errors FROM (
        SELECT job, maxIf(at, ${raw(CLEAN)}) AS clean, groupArray((at, ${raw(ERROR_LINES)})) AS runs
        FROM runs FINAL WHERE ${wholeRunsWhere(context, query, 'overlapping')} AND run != '' AND lines > 0 GROUP BY job)
      ORDER BY errors DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; errors: number }>(select);
      return [
        await jobNumbers(
          context,
          query.refId,
          field.number('errors'),
          rows.map((row) => [row.job, row.errors])
        ),
      ];
    }
    const fields = [field.string('job', { displayName: 'Job' }), field.count('errors', { displayName: 'Error lines' })];
    return [
      frameText(
        { refId: query.refId, name: 'log_errors', fields },
        await context.db.text(select, 'JSONCompactColumns', context.signal)
      ),
    ];
  },
});
