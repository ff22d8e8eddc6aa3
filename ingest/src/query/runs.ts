import type { BaseQuery } from '../model/question.js';
import { DAY_MS, moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { field, frameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { LISTED, newestRuns, ofJobs, runsTable, runsTableName, runsWhere } from './scope.js';
import { plain } from './plain.js';

type PageQuery = Pick<BaseQuery, 'filters' | 'search' | 'timeBy' | 'cursor'>;

export interface RunKey {
  job: string;
  at: number;
  run: string;
}

/** Which runs a page holds, newest first: a keyset, so that inserts never shift it. Reads no more than it must. */
async function pageKeys(context: AskContext, query: PageQuery, limit: number): Promise<RunKey[]> {
  const after = query.cursor
    ? decodeCursor(query.cursor, { at: 'number', job: 'string', run: 'string', to: 'number' })
    : undefined;
  const bound = { ...context, to: after ? Number(after.to) : context.to };
  const past = after
    ? sql`AND at <= ${moment(Number(after.at))} AND (at, job, run) < (${moment(Number(after.at))}, ${p.string(String(after.job))}, ${p.string(String(after.run))})`
    : raw('');
  const where = sql`${runsWhere(bound, query, 'listed')} ${past}`;
  const at = raw(`${runsTableName(query)}.at`);
  const keysFrom = (from: number | undefined) =>
    context.db.rows<RunKey>(
      sql`SELECT job, toUnixTimestamp64Milli(at) AS at, run FROM ${runsTable(query)} WHERE ${where}
        ${from === undefined ? raw('') : sql`AND at >= ${moment(from)}`}
        ORDER BY ${at} DESC, job DESC, run DESC LIMIT ${p.int(limit)}`
    );
  const near = await startOfPage(context, query, where, limit);
  const keys = near === undefined ? [] : await keysFrom(near);
  return keys.length === limit ? keys : keysFrom(undefined);
}

/**
 * A time since which there are about enough runs for a page, read off the newest rows without merging them: the table in
 * order of time gives them at once. Undefined where there are fewer.
 */
async function startOfPage(
  context: AskContext,
  query: PageQuery,
  where: Sql,
  limit: number
): Promise<number | undefined> {
  if (runsTableName(query) !== 'runs_by_time') {
    return undefined;
  }
  const [row] = await context.db.rows<{ at: number }>(
    sql`SELECT toUnixTimestamp64Milli(at) AS at FROM runs_by_time WHERE ${where} ORDER BY tenant DESC, runs_by_time.at DESC LIMIT 1 OFFSET ${p.int(3 * limit)}`,
    // More would read ahead what is not wanted: six times the CPU.
    { max_threads: 1 }
  );
  return row?.at;
}

/**
 * The runs with all their columns, found by their whole sorting key; in no order. That they are there was seen by whoever
 * found the keys: picking each one's newest row costs half of what FINAL does. Between which times they stand is compared
 * first, and spares most names of being read.
 */
export function runsOf(context: AskContext, keys: readonly RunKey[]): Sql {
  const times = keys.map(({ at }) => at);
  return sql`SELECT * FROM runs WHERE tenant = ${p.string(context.tenant)} AND is_deleted = 0
    AND at >= ${moment(Math.min(...times, context.now))} AND at <= ${moment(Math.max(...times, 0))} AND (job, at, run) IN (
    SELECT key.1, fromUnixTimestamp64Milli(toInt64(key.2), 'UTC'), key.3 FROM (SELECT arrayJoin(arrayZip(${p.strings(keys.map(({ job }) => job))},
      ${p.strings(keys.map(({ at }) => String(at)))}, ${p.strings(keys.map(({ run }) => run))})) AS key))
    ORDER BY version DESC, settled_at DESC LIMIT 1 BY job, at, run`;
}

/** A page of runs: with all their columns in no order, and the keys in theirs. */
export async function runsPage(
  context: AskContext,
  query: PageQuery,
  limit: number
): Promise<{ page: Sql; keys: RunKey[] }> {
  const keys = await pageKeys(context, query, limit);
  return { page: runsOf(context, keys), keys };
}

/** Where the page after this one begins. */
export function cursorAfter(last: RunKey, context: AskContext, cursor: string | undefined): string {
  const to = cursor ? Number(decodeCursor(cursor, { to: 'number' }).to) : context.to;
  return encodeCursor({ at: last.at, job: last.job, run: last.run, to });
}

const NEAR_MS = 30 * DAY_MS;

/** The key of the last run of each of these jobs, whenever it was, open and pending ones too. */
export async function lastRuns(context: AskContext, jobs: readonly string[]): Promise<RunKey[]> {
  const last = (of: readonly string[], where: Sql, table?: Sql) =>
    context.db.rows<RunKey>(
      sql`SELECT job, toUnixTimestamp64Milli(at) AS at, run FROM (${newestRuns(context.tenant, of, 1, raw('job, at, run'), where, table)})`
    );
  const near = await last(jobs, sql`${raw(LISTED)} AND at >= ${moment(context.now - NEAR_MS)}`);
  const found = new Set(near.map(({ job }) => job));
  const others = jobs.filter((job) => !found.has(job));
  return others.length > 0 ? [...near, ...(await last(others, raw(LISTED), raw('runs FINAL')))] : near;
}

const FIELDS = [
  field.time('at', { displayName: 'Time' }),
  field.string('status', { displayName: 'Status' }),
  field.string('job', { displayName: 'Job' }),
  field.string('run', { displayName: 'Run' }),
  field.hidden('key'),
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
  field.count('attempt', { displayName: 'Attempt' }),
  field.count('lines', { displayName: 'Lines' }),
  field.count('error_lines', { displayName: 'Error lines' }),
  field.string('tags', { displayName: 'Tags', description: 'As JSON' }),
  field.string('connection', { displayName: 'Connection' }),
];

/** Columns in the order of `FIELDS`, over runs with `usual` beside them. */
export const RUN_COLUMNS = sql`toUnixTimestamp64Milli(at) AS at_ms, status, job, run, toString(key) AS key,
  toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(finished_at) AS finished, duration_ms, usual, user, type, title,
  ${plain("if(message = '', error_message, message)")} AS message, error_type, ${plain('first_error_line')} AS error_line, attempt, lines,
  lines_by_level['error'] + lines_by_level['fatal'] AS error_lines, toJSONString(tags) AS tags, connection`;

/** Each job's usual duration beside its runs: the median of what succeeded in the range. */
export function withUsual(context: AskContext, page: Sql, jobs: readonly string[]): Sql {
  const those = ofJobs(jobs);
  return sql`(${page}) AS page LEFT JOIN (
    SELECT job, toNullable(quantileExactInclusive(0.5)(assumeNotNull(duration_ms))) AS usual FROM ${runsTable(those)}
    WHERE ${runsWhere(context, those, 'counted')} AND status = 'succeeded' AND duration_ms >= 0
    GROUP BY job) AS usuals USING (job)`;
}

export const runs = defineQuestion({
  name: 'runs',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const limit = Math.min(query.limit ?? 100, 10_000);
    const [{ page, keys }, total] = await Promise.all([
      runsPage(context, query, limit),
      query.cursor ? undefined : countRuns(context, query),
    ]);
    const jobs = [...new Set(keys.map(({ job }) => job))];
    const columns = await context.db.text(
      sql`SELECT ${RUN_COLUMNS} FROM ${withUsual(context, page, jobs)} ORDER BY page.at DESC, job DESC, run DESC`,
      'JSONCompactColumns',
      context.signal
    );
    const end = keys.at(-1);
    const next = end && keys.length === limit ? cursorAfter(end, context, query.cursor) : null;
    const custom = { next, ...(total === undefined ? {} : { total }) };
    return [frameText({ refId: query.refId, name: 'runs', meta: { custom }, fields: FIELDS }, columns)];
  },
});

async function countRuns(context: AskContext, query: PageQuery): Promise<number> {
  const [row] = await context.db.rows<{ n: number }>(
    sql`SELECT count() AS n FROM ${runsTable(query)} WHERE ${runsWhere(context, query, 'listed')}`
  );
  return row?.n ?? 0;
}

export { FIELDS as RUN_FIELDS };
