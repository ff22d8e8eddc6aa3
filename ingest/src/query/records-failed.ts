import { field, frameText } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { raw, sql } from '../storage/sql.js';
import { defineQuestion } from './question.js';
import { wholeRunsWhere } from './scope.js';

/** Records that a run could not handle, of either phase. */
export const FAILED_RECORDS = "records['metadata.failure'] + records['data.failure']";
const CLEAN = `status = 'succeeded' AND ${FAILED_RECORDS} = 0`;

/** Failed records of each job since its last clean success; 0 for a job whose runs handled all. */
export const recordsFailed = defineQuestion({
  name: 'records_failed',
  fields: {},
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const select = sql`SELECT job, toFloat64(arraySum(x -> if(x.1 > clean, x.2, 0), runs)) AS failed FROM (
        SELECT job, maxIf(at, ${raw(CLEAN)}) AS clean, groupArray((at, ${raw(FAILED_RECORDS)})) AS runs
        FROM runs FINAL WHERE ${wholeRunsWhere(context, query, 'overlapping')} AND run != '' GROUP BY job)
      ORDER BY failed DESC, job`;
    if (format === 'numeric') {
      const rows = await context.db.rows<{ job: string; failed: number }>(select);
      return [
        await jobNumbers(
          context,
          query.refId,
          field.number('failed'),
          rows.map((row) => [row.job, row.failed])
        ),
      ];
    }
    const fields = [
      field.string('job', { displayName: 'Job' }),
      field.count('failed', { displayName: 'Failed records' }),
    ];
    return [
      frameText(
        { refId: query.refId, name: 'records_failed', fields },
        await context.db.text(select, 'JSONCompactColumns', context.signal)
      ),
    ];
  },
});
