import type { BaseQuery } from '../model/question.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { field, frameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsWhere } from './scope.js';

type PageQuery = Pick<BaseQuery, 'filters' | 'search' | 'timeBy' | 'cursor'>;

/** Which runs a page holds, newest first: a keyset, so that inserts never shift it. Reads no more than it must. */
function pageKeys(context: AskContext, query: PageQuery, limit: number): Sql {
  const after = query.cursor
    ? decodeCursor(query.cursor, { at: 'number', job: 'string', run: 'string', to: 'number' })
    : undefined;
  const bound = { ...context, to: after ? Number(after.to) : context.to };
  const past = after
    ? sql`AND (at, job, run) < (${moment(Number(after.at))}, ${p.string(String(after.job))}, ${p.string(String(after.run))})`
    : raw('');
  return sql`SELECT job, at, run FROM runs FINAL WHERE ${runsWhere(bound, query, 'overlapping')} ${past}
    ORDER BY at DESC, job DESC, run DESC LIMIT ${p.int(limit)}`;
}

/** The runs of a page with all their columns, found by their whole sorting key; in no order. */
export function runsPage(context: AskContext, query: PageQuery, limit: number): Sql {
  return sql`SELECT * FROM runs FINAL WHERE tenant = ${p.string(context.tenant)} AND (job, at, run) IN (${pageKeys(context, query, limit)})`;
}

/** Where the page after this one begins. */
export function cursorAfter(
  last: { at: number; job: string; run: string },
  context: AskContext,
  cursor: string | undefined
): string {
  const to = cursor ? Number(decodeCursor(cursor, { to: 'number' }).to) : context.to;
  return encodeCursor({ at: last.at, job: last.job, run: last.run, to });
}

const FIELDS = [
  field.time('at', { displayName: 'Time' }),
  field.string('status', { displayName: 'Status' }),
  field.string('job', { displayName: 'Job' }),
  field.string('run', { displayName: 'Run' }),
  field.string('key'),
  field.time('started_at', { displayName: 'Started' }),
  field.time('finished_at', { displayName: 'Finished' }),
  field.duration('duration', { displayName: 'Duration' }),
  field.duration('usual', {
    displayName: 'Usual duration',
    description: "The job's median of succeeded runs in the range",
  }),
  field.string('user', { displayName: 'User' }),
  field.string('type', { displayName: 'Type' }),
  field.string('title', { displayName: 'Title' }),
  field.string('message', { displayName: 'Message' }),
  field.string('error_type', { displayName: 'Error type' }),
  field.string('error_line', { displayName: 'First error line' }),
  field.count('attempt'),
  field.count('lines'),
  field.count('error_lines'),
  field.string('tags'),
  field.string('connection', { displayName: 'Connection' }),
];

/** Columns in the order of `FIELDS`, over runs with `usual` beside them. */
export const RUN_COLUMNS = raw(`toUnixTimestamp64Milli(at) AS at_ms, status, job, run, toString(key) AS key,
  toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(finished_at) AS finished, duration_ms, usual, user, type, title,
  if(message = '', error_message, message) AS message, error_type, first_error_line, attempt, lines,
  lines_by_level['error'] + lines_by_level['fatal'] AS error_lines, toJSONString(tags) AS tags, connection`);

/** Each job's usual duration beside its runs: the median of what succeeded in the range. */
export function withUsual(context: AskContext, page: Sql, jobs: Sql): Sql {
  return sql`(${page}) AS page LEFT JOIN (
    SELECT job, toNullable(quantileExactInclusive(0.5)(assumeNotNull(duration_ms))) AS usual FROM runs FINAL
    WHERE tenant = ${p.string(context.tenant)} AND job IN (${jobs}) AND status = 'succeeded' AND duration_ms >= 0
      AND at < ${moment(context.to)} AND counted_at >= ${moment(context.from)} AND counted_at < ${moment(context.to)}
    GROUP BY job) AS usuals USING (job)`;
}

export const runs = defineQuestion({
  name: 'runs',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const limit = Math.min(query.limit ?? 100, 10_000);
    const page = runsPage(context, query, limit);
    const [columns, ends, total] = await Promise.all([
      context.db.text(
        sql`SELECT ${RUN_COLUMNS} FROM ${withUsual(context, page, sql`SELECT job FROM (${pageKeys(context, query, limit)})`)} ORDER BY page.at DESC, job DESC, run DESC`,
        'JSONCompactColumns',
        context.signal
      ),
      context.db.rows<{ n: number; at: number; job: string; run: string }>(
        sql`SELECT count() AS n, toUnixTimestamp64Milli(min(at)) AS at, argMin(job, (at, job, run)) AS job, argMin(run, (at, job, run)) AS run FROM (${pageKeys(context, query, limit)})`
      ),
      query.cursor
        ? []
        : context.db.rows<{ n: number }>(
            sql`SELECT count() AS n FROM runs FINAL WHERE ${runsWhere(context, query, 'overlapping')}`
          ),
    ]);
    const end = ends[0];
    const next = end && end.n === limit ? cursorAfter(end, context, query.cursor) : null;
    const custom = { next, ...(total[0] ? { total: total[0].n } : {}) };
    return [frameText({ refId: query.refId, name: 'runs', meta: { custom }, fields: FIELDS }, columns)];
  },
});

export { FIELDS as RUN_FIELDS };
