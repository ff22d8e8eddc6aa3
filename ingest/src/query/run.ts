import { problems } from '../errors.js';
import { sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { findRun, runIdFields } from './run-id.js';
import { defineQuestion } from './question.js';
import { RUN_COLUMNS, RUN_FIELDS, withUsual } from './runs.js';

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
    const text = await context.db.text(
      sql`SELECT ${RUN_COLUMNS}, detail FROM ${withUsual(context, sql`SELECT * FROM runs FINAL WHERE ${found.where}`, [found.job])}`,
      'JSONCompactColumns',
      context.signal
    );
    return [frameText({ refId: query.refId, name: 'run', fields: [...RUN_FIELDS, field.string('detail')] }, text)];
  },
});
