import { moment, p, sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { defineQuestion } from './question.js';
import { runsWhere } from './scope.js';

/** Failed runs grouped by what went wrong: error type and message, without times, numbers and ids. */
export const failures = defineQuestion({
  name: 'failures',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const text = await context.db.text(
      sql`SELECT toString(fingerprint) AS print, argMax(error_type, counted_at) AS error_type,
          argMax(if(error_message != '', error_message, message), counted_at) AS message,
          argMax(if(first_error_line != '', first_error_line, error_message), counted_at) AS error_line,
          toUnixTimestamp64Milli(any(first)) AS first_seen, toUnixTimestamp64Milli(max(counted_at)) AS last_seen,
          toFloat64(count()) AS count, toFloat64(uniqExact(job)) AS jobs, argMax(job, counted_at) AS job, argMax(toString(key), counted_at) AS last_key,
          CAST(any(first) >= ${moment(context.from)}, 'Bool') AS is_new
        FROM runs FINAL LEFT JOIN (
          SELECT fingerprint, min(counted_at) AS first FROM runs FINAL
          WHERE tenant = ${p.string(context.tenant)} AND hidden = 0 AND status IN ('failed', 'timed_out') GROUP BY fingerprint
        ) AS seen USING (fingerprint)
        WHERE ${runsWhere(context, query, 'counted')} AND status IN ('failed', 'timed_out')
        GROUP BY fingerprint ORDER BY count DESC, last_seen DESC LIMIT ${p.int(query.limit ?? 100)}`,
      'JSONCompactColumns',
      context.signal
    );
    return [frameText({ refId: query.refId, name: 'failures', fields: FIELDS }, text)];
  },
});

const FIELDS = [
  field.string('fingerprint'),
  field.string('error_type', { displayName: 'Error' }),
  field.string('message', { displayName: 'Message' }),
  field.string('error_line', { displayName: 'Newest error line' }),
  field.time('first_seen', { displayName: 'First seen' }),
  field.time('last_seen', { displayName: 'Last seen' }),
  field.count('count', { displayName: 'Runs' }),
  field.count('jobs', { displayName: 'Jobs' }),
  field.string('job', { displayName: 'Newest job' }),
  field.string('last_key'),
  field.boolean('is_new', { displayName: 'New' }),
];
