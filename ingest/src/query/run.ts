import { problems } from '../errors.js';
import { sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { findRun, runIdFields } from './run-id.js';
import { defineQuestion } from './question.js';
import { columnsOf, RUN_COLUMNS, RUN_FIELDS, runsOfJobs, withUsual } from './runs.js';
import { ofJobs } from './scope.js';

/** One run, with everything known of it as JSON. */
export const run = defineQuestion({
  name: 'run',
  fields: runIdFields,
  formats: ['table'],
  ask: async (context, query) => {
    const found = await findRun(context.db, context.tenant, query);
    if (!found) {
      throw problems.badRequest('Which run? Give "key", or "job" and "run".');
    }
    const [columns, { usual }] = await Promise.all([
      columnsOf(context, sql`SELECT ${RUN_COLUMNS}, detail FROM runs FINAL WHERE ${found.where}`),
      runsOfJobs(context, ofJobs([found.job])),
    ]);
    const fields = [...RUN_FIELDS, field.string('detail')];
    return [frame({ refId: query.refId, name: 'run', fields }, withUsual(columns, usual))];
  },
});
