import type { BaseQuery } from '../model/question.js';
import { DAY_MS, moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { field, frame } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { byJobs, LISTED, newestRuns, runsTable, runsTableName, runsWhere } from './scope.js';
import { plain } from './plain.js';

type PageQuery = Pick<BaseQuery, 'filters' | 'search' | 'timeBy' | 'cursor'>;

export interface RunKey {
  job: string;
  at: number;
  run: string;
}

const NEWEST_FIRST = raw('ORDER BY at DESC, job DESC, run DESC');

/**
 * Reads the runs of a page, newest first: a keyset, so that inserts never shift it.
 * @param read gives those runs of {@link runsTable} that fulfil a condition, at most `limit`; asked again where those of the newest times are too few
 * @param count how many they are
 */
async function readPage<T>(
  context: AskContext,
  query: PageQuery,
  limit: number,
  read: (where: Sql) => Promise<T>,
  count: (page: T) => number
): Promise<T> {
  const after = query.cursor
    ? decodeCursor(query.cursor, { at: 'number', job: 'string', run: 'string', to: 'number' })
    : undefined;
  const bound = { ...context, to: after ? Number(after.to) : context.to };
  const past = after
    ? sql`AND at <= ${moment(Number(after.at))} AND (at, job, run) < (${moment(Number(after.at))}, ${p.string(String(after.job))}, ${p.string(String(after.run))})`
    : raw('');
  const where = sql`${runsWhere(bound, query, 'listed')} ${past}`;
  const near = await startOfPage(context, query, where, limit);
  const page = near === undefined ? undefined : await read(sql`${where} AND at >= ${moment(near)}`);
  return page !== undefined && count(page) === limit ? page : read(where);
}

/** The keys of so many runs that fulfil a condition, newest first. Reads no more than it must. */
const keysOf = (query: PageQuery, where: Sql, limit: number): Sql =>
  sql`SELECT at, job, run FROM ${runsTable(query)} WHERE ${where} ${NEWEST_FIRST} LIMIT ${p.int(limit)}`;

/** What a list shows of the runs of a page, newest first: expressions over columns that are in either table of runs. */
export const listed = (context: AskContext, query: PageQuery, where: Sql, limit: number, columns: Sql): Sql =>
  sql`SELECT ${columns} FROM ${runsTable(query)} WHERE tenant = ${p.string(context.tenant)}
    AND (at, job, run) IN (${keysOf(query, where, limit)}) ${NEWEST_FIRST}`;

/**
 * A time since which there are about enough runs for a page, read off the newest rows without merging them: the table in
 * order of time gives them at once. Undefined where fewer began in the range.
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
    sql`SELECT toUnixTimestamp64Milli(at) AS at FROM runs_by_time WHERE ${where} AND at >= ${moment(context.from)}
      ORDER BY tenant DESC, runs_by_time.at DESC LIMIT 1 OFFSET ${p.int(3 * limit)}`,
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
  const keys = await readPage(
    context,
    query,
    limit,
    (where) =>
      context.db.rows<RunKey>(
        sql`SELECT job, toUnixTimestamp64Milli(at) AS at, run FROM (${keysOf(query, where, limit)}) AS found ORDER BY found.at DESC, job DESC, run DESC`
      ),
    (found) => found.length
  );
  return { page: runsOf(context, keys), keys };
}

/** A page of what {@link listed} can give, as columns of values. */
export function listPage(
  context: AskContext,
  query: PageQuery,
  limit: number,
  columns: Sql,
  arranged = (page: Sql) => page
): Promise<unknown[][]> {
  return readPage(
    context,
    query,
    limit,
    (where) => columnsOf(context, arranged(listed(context, query, where, limit, columns))),
    ([first]) => first?.length ?? 0
  );
}

/** An answer as columns of values. */
export async function columnsOf(context: AskContext, query: Sql): Promise<unknown[][]> {
  return JSON.parse(await context.db.text(query, 'JSONCompactColumns', context.signal)) as unknown[][];
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

/** Columns in the order of `FIELDS` but for `usual`, of either table of runs. */
export const RUN_COLUMNS = sql`toUnixTimestamp64Milli(at) AS at_ms, status, job, run, toString(key) AS key,
  toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(finished_at) AS finished, duration_ms, user, type, title,
  ${plain("if(message = '', error_message, message)")} AS message, error_type, ${plain('first_error_line')} AS error_line, attempt, lines,
  error_lines, toJSONString(tags) AS tags, connection`;

const place = (name: string) => FIELDS.findIndex((one) => one.name === name);
const [JOB, RUN, AT, USUAL] = ['job', 'run', 'at', 'usual'].map(place) as [number, number, number, number];

/** Puts each run's usual duration where `FIELDS` has it. */
export function withUsual(columns: readonly unknown[][], usual: ReadonlyMap<string, number | null>): unknown[][] {
  const durations = (columns[JOB] as string[] | undefined)?.map((job) => usual.get(job) ?? null);
  return durations ? columns.toSpliced(USUAL, 0, durations) : [];
}

export const runs = defineQuestion({
  name: 'runs',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const limit = Math.min(query.limit ?? 100, 10_000);
    const [columns, { total, usual }] = await Promise.all([
      listPage(context, query, limit, RUN_COLUMNS),
      runsOfJobs(context, query),
    ]);
    const end = lastOf(columns);
    const next = end && columns[AT]?.length === limit ? cursorAfter(end, context, query.cursor) : null;
    const custom = { next, ...(query.cursor ? {} : { total }) };
    return [frame({ refId: query.refId, name: 'runs', meta: { custom }, fields: FIELDS }, withUsual(columns, usual))];
  },
});

function lastOf(columns: readonly unknown[][]): RunKey | undefined {
  const [at, job, run] = [AT, JOB, RUN].map((i) => columns[i]?.at(-1));
  return at === undefined ? undefined : { at: Number(at), job: String(job), run: String(run) };
}

/** How many runs there are, and each job's usual duration: the median of what succeeded in the range, filtered or not. */
export async function runsOfJobs(
  context: AskContext,
  query: PageQuery
): Promise<{ total: number; usual: Map<string, number | null> }> {
  const { jobs, others } = byJobs(context.tenant, query);
  const isUsual = sql`hidden = 0 AND status = 'succeeded' AND ifNull(duration_ms, -1) >= 0
    AND counted_at >= ${moment(context.from)} AND counted_at < ${moment(context.to)}`;
  const rows = await context.db.rows<{ job: string; n: number; usual: number | null }>(
    sql`SELECT job, countIf(${others}) AS n, quantileExactInclusiveOrNullIf(0.5)(assumeNotNull(duration_ms), ${isUsual}) AS usual
      FROM ${runsTable(query)} WHERE ${runsWhere(context, jobs, 'listed')} GROUP BY job`
  );
  return {
    total: rows.reduce((sum, { n }) => sum + n, 0),
    usual: new Map(rows.map((row) => [row.job, row.usual])),
  };
}

export { FIELDS as RUN_FIELDS };
