import type { Readable } from 'node:stream';
import type { LineAnswer } from '../model/answer.js';
import type { Level } from '../model/common.js';
import { parseJson, parseNumber, type Unwritten } from '../model/json.js';
import { decodeCursor, encodeCursor } from '../query/cursor.js';
import { WORKATO_STREAM } from '../receivers/workato-line.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { holdsWords, p, raw, sql, type Sql } from '../storage/sql.js';

export interface LinesOptions {
  levels?: readonly string[];
  search?: string;
  /** Digits: a `seq` may be one of nanoseconds, which no number of JavaScript holds. */
  fromSeq?: string;
  /** The number of the first line wanted, from 1. */
  fromLine?: number;
  attempt?: number;
  limit: number;
  cursor?: string;
}

interface Row {
  n: number;
  /** `seq` with all of them. */
  digits: string;
  arrival: string;
  attempt: number;
  ms: number;
  level: Level;
  message: string;
  stream: string;
  step: string;
  operation: string;
  input: string;
  output: string;
  masked: number;
  fields: string;
  tie: string;
}

type ReadLine = Unwritten<LineAnswer>;

export interface LinesPage {
  lines: ReadLine[];
  next: string | null;
}

export const ofRun = (tenant: string, job: string, run: string) =>
  sql`tenant = ${p.string(tenant)} AND job = ${p.string(job)} AND run = ${p.string(run)}`;

/** Orders lines as a reader wants them; arrival orders lines without `seq`, and no others. */
const TIE = 'if(seq < 0, arrival, 0)';
const ORDER = `attempt, seq, ${TIE}, stream, message`;
/** What makes two lines one, of which the newest counts. A file that comes again, corrected, says the whole line anew. */
export const SAME = `attempt, seq, ${TIE}, stream, if(stream = '${WORKATO_STREAM}', '', message)`;

/**
 * The lines of a run in order, each once: a line sent twice with the same `seq` counts as one, and pieces of a line
 * that was cut between two bodies are one line.
 */
export async function linesOf(db: ClickHouse, those: Sql): Promise<Sql> {
  const [facts] = await db.rows<{ cut: number }>(sql`SELECT countIf(terminated = 0) AS cut FROM lines WHERE ${those}`);
  const once = sql`SELECT * FROM lines WHERE ${those} ORDER BY ${raw(SAME)}, arrival DESC LIMIT 1 BY ${raw(SAME)}`;
  return (facts?.cut ?? 0) === 0 ? once : joined(sql`SELECT * FROM lines WHERE ${those}`);
}

/** Raw text: of what overlaps, the longest stays; a piece without its newline is joined to the next of its stream. */
function joined(rows: Sql): Sql {
  return sql`SELECT attempt, first.1 AS seq, first.2 AS arrival, first.3 AS time, worst AS level, stream, text AS message, ended AS terminated,
      first.4 AS raw, first.5 AS step, first.6 AS operation, first.7 AS input, first.8 AS output, first.9 AS masked, first.10 AS fields
    FROM (
      SELECT attempt, stream, argMin((seq, arrival, time, raw, step, operation, input, output, masked, fields), place) AS first,
        if(hasAny(groupArray(level) AS levels, ['error', 'fatal']), 'error', levels[1]) AS worst,
        arrayStringConcat(arrayMap(x -> x.2, arraySort(x -> x.1, groupArray((place, message))))) AS text, max(terminated) AS ended, min(place) AS at
      FROM (SELECT *, sum(terminated) OVER (PARTITION BY attempt, stream ORDER BY place ROWS UNBOUNDED PRECEDING) - terminated AS whole
        FROM (SELECT *, toInt64(row_number() OVER (ORDER BY ${raw(ORDER)})) AS place FROM (${kept(rows)})))
      GROUP BY attempt, stream, whole)
    ORDER BY at`;
}

/** Leaves out what a retry sent again: bytes that an earlier or longer piece already holds. */
function kept(rows: Sql): Sql {
  const over = raw('raw AND seq >= 0 AND known > seq');
  return sql`SELECT * EXCEPT (known, message, seq), if(${over}, substring(message, known - seq + 1), message) AS message, if(${over}, known, seq) AS seq FROM (
      SELECT *, max(if(raw AND seq >= 0, seq + length(message) + terminated, -1)) OVER (PARTITION BY attempt, stream
        ORDER BY seq, length(message) DESC, arrival ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known
      FROM (${rows}))
    WHERE NOT (raw AND seq >= 0 AND known > 0 AND known >= seq + length(message) + terminated)`;
}

/** Reads a page of a run's lines, numbered over the whole log whatever the filters. */
export async function readLines(db: ClickHouse, those: Sql, options: LinesOptions): Promise<LinesPage> {
  const after = options.cursor
    ? decodeCursor(options.cursor, { n: 'number', attempt: 'number', at: 'integer', tie: 'digits' })
    : undefined;
  const scoped = [
    those,
    ...(options.attempt === undefined ? [] : [sql`attempt = ${p.int(options.attempt)}`]),
    ...(after
      ? [sql`(attempt, seq, ${raw(TIE)}) > (${p.int(after.attempt)}, ${p.long(after.at)}, ${p.big(after.tie)})`]
      : []),
  ].reduce((all, one) => sql`${all} AND ${one}`);
  const source = await linesOf(db, scoped);
  const rows = await db.rows<Row>(
    sql`SELECT n, toString(seq) AS digits, toString(arrival) AS arrival, attempt, toUnixTimestamp64Milli(time) AS ms, level, message, stream, step, operation,
        input, output, masked, fields, toString(${raw(TIE)}) AS tie
      FROM (SELECT *, rowNumberInAllBlocks() + 1 + ${p.int(Number(after?.n ?? 0))} AS n FROM (${source}))
      WHERE ${matching(options)} ORDER BY n LIMIT ${p.int(options.limit)}`,
    { max_threads: 1 }
  );
  const last = rows.at(-1);
  const more = last && rows.length === options.limit;
  return {
    lines: rows.map(toLine),
    next: more ? encodeCursor({ n: last.n, attempt: last.attempt, at: last.digits, tie: last.tie }) : null,
  };
}

function matching(options: LinesOptions): Sql {
  return [
    raw('1'),
    ...(options.levels?.length ? [sql`level IN ${p.strings(options.levels)}`] : []),
    ...(options.search ? [holdsWords(raw('message'), options.search)] : []),
    ...(options.fromSeq === undefined ? [] : [sql`seq >= ${p.long(options.fromSeq)}`]),
    ...(options.fromLine === undefined ? [] : [sql`n >= ${p.int(options.fromLine)}`]),
  ].reduce((all, one) => sql`${all} AND ${one}`);
}

/** How many lines of a run match, and how many there are per level. */
export async function countLines(
  db: ClickHouse,
  those: Sql,
  options: Omit<LinesOptions, 'limit'>
): Promise<{ total: number; byLevel: Record<string, number> }> {
  const source = await linesOf(db, those);
  const rows = await db.rows<{ level: string; n: number }>(
    sql`SELECT level, count() AS n FROM (SELECT *, 1 AS n FROM (${source})) WHERE ${matching({ ...options, limit: 0, fromLine: undefined })} GROUP BY level`
  );
  return {
    total: rows.reduce((sum, row) => sum + row.n, 0),
    byLevel: Object.fromEntries(rows.map((row) => [row.level, row.n])),
  };
}

/** A run's log as the bytes that were sent: raw text as it came, other lines with a newline each. */
export async function streamLog(db: ClickHouse, those: Sql): Promise<Readable> {
  const source = await linesOf(db, those);
  return db.stream(sql`SELECT concat(message, if(terminated, '\n', '')) FROM (${source})`, 'RawBLOB');
}

/** The lines that arrived after a moment of the live tail, in order of arrival. */
export async function tailLines(db: ClickHouse, those: Sql, after: string, limit: number): Promise<ReadLine[]> {
  const rows = await db.rows<Row>(
    sql`SELECT 0 AS n, toString(seq) AS digits, toString(arrival) AS arrival, attempt, toUnixTimestamp64Milli(time) AS ms, level, message, stream, step,
        operation, input, output, masked, fields, '' AS tie
      FROM lines WHERE ${those} AND lines.arrival > ${p.big(after)} ORDER BY lines.arrival LIMIT ${p.int(limit)}`
  );
  return rows.map(toLine);
}

function toLine(row: Row): ReadLine {
  return {
    n: row.n,
    seq: row.digits.startsWith('-') ? null : parseNumber(row.digits),
    arrival: row.arrival,
    attempt: row.attempt,
    time: new Date(row.ms).toISOString(),
    level: row.level,
    message: row.message,
    stream: row.stream || null,
    step: row.step || null,
    operation: row.operation || null,
    input: parseField(row.input),
    output: parseField(row.output),
    masked: row.masked === 1,
    fields: asFields(parseField(row.fields)),
  };
}

function parseField(text: string): unknown {
  if (text === '') {
    return null;
  }
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : value === null
      ? {}
      : { value };
}
