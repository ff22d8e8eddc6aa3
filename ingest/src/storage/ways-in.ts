import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ClickHouseSettings } from '@clickhouse/client';
import type { Segment } from '../spool/segment.js';
import type { ClickHouse } from './clickhouse.js';
import { exactRaw } from './exact-raw.js';
import { Redaction } from './redact.js';
import { p, raw, sql, type Sql } from './sql.js';

/** Rows as they stand in a segment: `sent`, `line` without its secrets, and `row`, its number from 0. */
interface Source {
  from: Sql;
  /** The bytes come with the statement. */
  body: boolean;
  redaction: Redaction;
  /** The tenant has as many jobs as it may: lines and records of others are set aside. */
  isFull: boolean;
}

/** How a segment is read. */
export interface Reading {
  /** Engine and spool share a disk. */
  shared: boolean;
  redaction: Redaction;
  isFull: boolean;
}

/** Where engine and spool share a disk the engine reads the file itself; a server gets the bytes over HTTP. */
function sourceOf(segment: Segment, { shared, redaction, isFull }: Reading): Source {
  const [from, row] = shared
    ? [sql`file(${p.string(segment.path)}, 'LineAsString', 'line String')`, raw('assumeNotNull(_row_number)')]
    : [raw("input('line String')"), raw('rowNumberInAllBlocks()')];
  // Run events and job configs are cleaned where their JSON is taken out; of raw text the bytes are counted first.
  const clean = segment.kind === 'lines' || segment.kind === 'records' ? redaction.of(raw('sent')) : raw('sent');
  return {
    from: sql`(SELECT sent, ${clean} AS line, row FROM (SELECT line AS sent, toUInt64(${row}) AS row FROM ${from}))`,
    body: !shared,
    redaction,
    isFull,
  };
}

/**
 * Inserts a segment through its kind's way in, once for its id, whatever happens.
 * @param skip ranges of rows that were damaged on disk, or that another service has stored under the same Idempotency-Key
 */
export async function insertSegment(
  db: ClickHouse,
  segment: Segment,
  reading: Reading,
  skip: ReadonlyArray<readonly [number, number]>
): Promise<void> {
  const source = sourceOf(segment, { ...reading, redaction: await redactionFor(db, segment, reading) });
  if (segment.kind === 'raw') {
    await db.insert('bodies', bodiesOf(segment), `${segment.id}-bodies`);
  }
  const query = sql`${WAYS_IN[segment.kind](segment, source)} ${where(segment, skip)}${raw(source.body ? ' FORMAT LineAsString' : '')}`;
  await db.insertSelect(query, settingsFor(segment), source.body ? createReadStream(segment.path) : undefined);
}

/** Kinds whose texts are cleaned as they stand in the file. */
const CLEANED_AS_SENT: ReadonlySet<Segment['kind']> = new Set(['lines', 'raw', 'records', 'events']);

/**
 * Most segments show no sign of a secret. To ask that first costs a millionth of a second a line; a statement that could
 * hide two dozen kinds of secrets costs 40 ms before its first row.
 */
async function redactionFor(db: ClickHouse, segment: Segment, { shared, redaction }: Reading): Promise<Redaction> {
  if (!shared || !CLEANED_AS_SENT.has(segment.kind)) {
    return redaction;
  }
  const suspects = await db.rows(
    sql`SELECT 1 FROM file(${p.string(segment.path)}, 'LineAsString', 'line String') WHERE ${redaction.isSuspect(raw('line'))} LIMIT 1`,
    { max_execution_time: 0, max_memory_usage: '0' }
  );
  return suspects.length > 0 ? redaction : Redaction.none;
}

/** Inserts rows of a segment that were taken apart in JavaScript, once for their token. Each says its own `row`. */
export async function insertPrepared(
  db: ClickHouse,
  segment: Segment,
  redaction: Redaction,
  rows: readonly object[],
  token: string
): Promise<void> {
  const from = raw(
    "(SELECT line AS sent, line, JSONExtract(line, 'row', 'Int64') AS row FROM (SELECT line FROM input('line String')))"
  );
  const query = segment.kind === 'records' ? recordsQuery : linesQuery;
  await db.insertSelect(
    sql`${query(segment, { from, body: true, redaction, isFull: false }, true)} FORMAT LineAsString`,
    { ...settingsFor(segment), insert_deduplication_token: token },
    Readable.from(rows.map((row) => `${JSON.stringify(row)}\n`))
  );
}

/** The same token with other block sizes would store rows twice: everything that decides the blocks is said here. */
function settingsFor(segment: Segment): ClickHouseSettings {
  return {
    insert_deduplication_token: segment.id,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    max_insert_threads: '1',
    min_insert_block_size_rows: '2000000',
    min_insert_block_size_bytes: '0',
    parallel_view_processing: 1,
    max_execution_time: 0,
    max_memory_usage: '0',
    // Merged into one step, redaction's replacements are made of every line instead of the few that need one: 7 times the CPU.
    query_plan_merge_expressions: 0,
    // Past one block the order of rows decides which block a row is in.
    ...(segment.rows > 1_500_000 ? { max_threads: 1, input_format_parallel_parsing: 0 } : {}),
  };
}

function where(segment: Segment, skip: ReadonlyArray<readonly [number, number]>): Sql {
  const skipped = skip.map(([from, to]) => sql` AND NOT (row >= ${p.int(from)} AND row < ${p.int(to)})`);
  const blank = segment.kind === 'raw' ? raw('1') : raw("sent NOT IN ('', '\\r')");
  return skipped.reduce((all, one) => sql`${all}${one}`, sql`WHERE ${blank}`);
}

/** A name is never cleaned: it says whose the line is. */
const NAMES = `if(line = sent, v.job, JSONExtractString(sent, 'job')) AS job, if(line = sent, v.run, JSONExtractString(sent, 'run')) AS run`;

const receivedAt = (segment: Segment) => sql`fromUnixTimestamp64Milli(${p.int(segment.openedAt)}, 'UTC')`;

/** The same characters that `nameSchema` refuses. */
const BAD_NAME = '[\\\\x00-\\\\x1f\\\\x7f-\\\\x9f]';
/** Most stand in JSON only with a backslash; the others are DEL, and those that begin with this byte. Looking for that is cheap. */
const mayBeBad = (column: string) =>
  `(position(line, '\\\\') > 0 OR position(${column}, '\\x7f') > 0 OR position(${column}, '\\xc2') > 0)`;
const nameReason = (column: string) =>
  `${column} = '', '${column}: expected 1 to 512 characters, got none',
    length(${column}) > 512 AND lengthUTF8(${column}) > 512, '${column}: expected at most 512 characters',
    ${mayBeBad(column)} AND match(${column}, '${BAD_NAME}'), '${column}: expected no control characters'`;

/** Asked only of a tenant that has as many jobs as it may: what they are costs others nothing. */
const tooMany = ({ tenant }: Segment, { isFull }: Source) =>
  isFull
    ? sql`job NOT IN (SELECT job FROM places WHERE tenant = ${p.string(tenant)}), 'job: it is new, and there are as many jobs as there may be (JOBLENS_MAX_JOBS)',`
    : raw('');

/** Looks at the JSON once more only where the line gave no job: a good line pays nothing for this. */
const notAnObject = (isPrepared: boolean) =>
  isPrepared
    ? `v.reason != '', v.reason`
    : `job = '' AND match(line, '[0-9]{19}|[0-9][eE]') AND NOT isValidJSON(line), '${UNREADABLE_NUMBER}',
    job = '' AND NOT isValidJSON(line), 'not valid JSON in UTF-8',
    NOT startsWith(trimLeft(line), '{'), 'expected a JSON object'`;

/** A level from the words of a line that does not say one: whole words only, and "0 errors" is none. */
const INFERRED_LEVEL = `multiIf(
    match(message, '(?i)(^|[^a-z0-9_])(fatal|panic|critical|emerg(ency)?)([^a-z0-9_]|$)'), 'fatal',
    match(message, '(?i)(^|[^a-z0-9_])(error|err|exception|traceback|failed|failure|fail)([^a-z0-9_]|$)')
      AND NOT match(message, '(?i)((^|[^0-9])(0|no) (error|err|exception|failed|failure|fail)|(errors?|failed|failures?|fail)[=:] ?0([^0-9.]|$))'), 'error',
    match(message, '(?i)(^|[^a-z0-9_])(warn|warning|deprecated)([^a-z0-9_]|$)'), 'warn',
    match(message, '(?i)(^|[^a-z0-9_])(debug)([^a-z0-9_]|$)'), 'debug',
    match(message, '(?i)(^|[^a-z0-9_])(trace)([^a-z0-9_]|$)'), 'trace',
    match(message, '(?i)(^|[^a-z0-9_])(info|notice)([^a-z0-9_]|$)'), 'info',
    'unknown')`;

/** The words that loggers use, syslog's and OpenTelemetry's among them, and the numbers of pino and bunyan. */
const GIVEN_LEVEL = `transform(lower(v.level),
    ['trace','10','finest','finer','verbose', 'debug','20','fine','dbg', 'info','30','information','informational','notice','inf','log',
     'warn','40','warning','wrn', 'error','50','err','eror','severe', 'fatal','60','critical','crit','alert','emerg','emergency','panic'],
    ['trace','trace','trace','trace','trace', 'debug','debug','debug','debug', 'info','info','info','info','info','info','info',
     'warn','warn','warn','warn', 'error','error','error','error','error', 'fatal','fatal','fatal','fatal','fatal','fatal','fatal','fatal'],
    'unknown')`;

/** Integers are epoch milliseconds; a time that can't be read or held is the time of receipt. */
const LINE_TIME = `ifNull(if(match(v.time, '^-?[0-9]+$'), fromUnixTimestamp64Milli(toInt64OrZero(v.time), 'UTC'),
    parseDateTime64BestEffortOrNull(v.time, 3, 'UTC')), received_at)`;

/**
 * ClickHouse's JSON parser refuses numbers that it can't hold (an integer of more than 64 bits, 1e400), and with them
 * the whole line. Such a line is set aside for a moment under this reason, and taken apart in JavaScript.
 */
export const UNREADABLE_NUMBER = 'a number that does not fit into 64 bits';

const LINE_TUPLE = `Tuple(job String, run String, attempt Nullable(UInt16), time String, seq Nullable(Int64), level String, message String,
    stream String, step String, operation String, input String, output String, masked Bool, fields String)`;
const RECORD_TUPLE =
  'Tuple(job String, run String, phase String, outcome String, key String, message String, data String)';
/** What was taken apart in JavaScript may say why it can't be taken after all, and how it had been sent. */
const prepared = (tuple: string) => tuple.replace(/\)$/, ', line String, reason String)');

/**
 * How many of a line's known fields say something: where the line has more than these, the others are looked for.
 * Counting `":` is cheap and settles it for lines as programs write them; only the rest are read as JSON once more.
 */
const KNOWN_FIELDS = `(v.job != '') + (v.run != '') + isNotNull(v.attempt) + (v.time != '') + isNotNull(v.seq) + (v.level != '')
    + (v.message != '') + (v.stream != '') + (v.step != '') + (v.operation != '') + (v.input != '') + (v.output != '') + v.masked + (v.fields != '')`;
const UNKNOWN_FIELDS = `arrayStringConcat(arrayMap(x -> concat(toJSONString(x.1), ':', x.2), arrayFilter(x -> x.1 NOT IN ('job', 'run',
    'attempt', 'time', 'seq', 'level', 'message', 'stream', 'step', 'operation', 'input', 'output', 'masked', 'fields'),
    JSONExtractKeysAndValuesRaw(line))), ',')`;
/** A line's \`fields\`, and with them every field that the contract does not name; of two of the same name the one in \`fields\` wins. */
const LINE_FIELDS = `multiIf(
    (countSubstrings(line, '":') = ${KNOWN_FIELDS} AND position(line, '" ') = 0) OR JSONLength(line) = ${KNOWN_FIELDS},
      if(v.fields = '', '', ${exactRaw('fields')}),
    ${UNKNOWN_FIELDS} = '', if(v.fields = '', '', ${exactRaw('fields')}),
    startsWith(v.fields, '{') AND v.fields != '{}', concat('{', ${UNKNOWN_FIELDS}, ',', substring(${exactRaw('fields')}, 2)),
    concat('{', ${UNKNOWN_FIELDS}, '}'))`;

/** The message, or where a private key stands in the log line by line, what hides it. Only base64 is ever hidden so. */
function keysHidden(segment: Segment, message: string, partition: string): Sql {
  const marks = (mark: string) =>
    `countIf(match(sent, '-----${mark} [A-Z ]*PRIVATE KEY-----')) OVER (PARTITION BY ${partition} ORDER BY row ROWS UNBOUNDED PRECEDING)`;
  return raw(
    segment.entries.some((entry) => entry.pem)
      ? `if(match(${message}, '^[ \\t]*[A-Za-z0-9+/=]+[ \\t\\r]*$') AND ${marks('BEGIN')} > ${marks('END')}, '[redacted]', ${message})`
      : message
  );
}

/** What is prepared is cleaned column by column: its JSON stands inside the JSON of the line. */
const preparedOr = (source: Source, isPrepared: boolean) => (name: string, otherwise: Sql) =>
  isPrepared ? source.redaction.of(raw(`v.${name}`)) : otherwise;

function linesQuery(segment: Segment, source: Source, isPrepared = false): Sql {
  const column = preparedOr(source, isPrepared);
  const json = (name: 'input' | 'output') =>
    sql`if(v.${raw(name)} = '' OR v.masked, '', ${column(name, raw(exactRaw(name)))})`;
  return sql`INSERT INTO lines_in (tenant, segment, received_at, arrival, job, run, attempt, seq, time, level, stream, message,
    terminated, raw, step, operation, input, output, masked, fields, line, reason)
  WITH JSONExtract(line, '${raw(isPrepared ? prepared(LINE_TUPLE) : LINE_TUPLE)}') AS v,
    ${raw(NAMES)}, ${column('message', keysHidden(segment, 'v.message', 'job, run'))} AS message,
    ${receivedAt(segment)} AS received_at,
    ${raw(LINE_TIME)} AS said_time,
    multiIf(${raw(notAnObject(isPrepared))}, ${raw(nameReason('job'))}, ${raw(nameReason('run'))}, ${tooMany(segment, source)}
    message = '' AND NOT JSONHas(line, 'message'), 'message: expected text, got none', '') AS reason
  SELECT ${p.string(segment.tenant)}, ${p.string(segment.id)}, received_at, ${p.int(segment.arrival)} + row,
    job, run, greatest(1, ifNull(v.attempt, 1)), if(ifNull(v.seq, -1) < 0, -1, v.seq),
    if(said_time < toDateTime64('1900-01-02 00:00:00', 3, 'UTC') OR said_time > toDateTime64('2299-12-30 00:00:00', 3, 'UTC'), received_at, said_time),
    if(v.level = '', ${raw(INFERRED_LEVEL)}, ${raw(GIVEN_LEVEL)}), v.stream, message, 1, 0, v.step, v.operation,
    ${json('input')}, ${json('output')}, v.masked, ${column('fields', raw(LINE_FIELDS))},
    if(reason = '', '', ${raw(isPrepared ? 'v.line' : 'line')}), reason
  FROM ${source.from}`;
}

function rawQuery(segment: Segment, source: Source): Sql {
  const positioned = segment.entries.some((entry) => (entry.raw?.position ?? -1) >= 0);
  const seq = positioned
    ? `if(position < 0, -1, position + sum(length(sent) + 1) OVER (PARTITION BY from_row ORDER BY row ROWS UNBOUNDED PRECEDING) - length(sent) - 1)`
    : '-1';
  return sql`INSERT INTO lines_in (tenant, segment, received_at, arrival, job, run, attempt, seq, time, level, stream, message,
    terminated, raw, step, operation, input, output, masked, fields, line, reason)
  SELECT ${p.string(segment.tenant)}, ${p.string(segment.id)}, received_at, ${p.int(segment.arrival)} + row,
    job, run, attempt, ${raw(seq)}, received_at, ${raw(INFERRED_LEVEL)}, stream,
    ${keysHidden(segment, 'message', 'from_row')}, NOT (open AND row = last_row), 1,
    '', '', '', '', 0, '', '', ''
  FROM (SELECT sent, ${source.redaction.of(raw('sent'))} AS message, row, ${p.string(segment.id)} AS segment FROM ${source.from}) AS rows
  ASOF JOIN (SELECT * FROM bodies WHERE segment = ${p.string(segment.id)}) AS bodies
    ON rows.segment = bodies.segment AND rows.row >= bodies.from_row`;
}

function recordsQuery(segment: Segment, source: Source, isPrepared = false): Sql {
  const column = preparedOr(source, isPrepared);
  return sql`INSERT INTO records_in (tenant, segment, received_at, arrival, job, run, phase, outcome, key, message, data, line, reason)
  WITH JSONExtract(line, '${raw(isPrepared ? prepared(RECORD_TUPLE) : RECORD_TUPLE)}') AS v,
    ${raw(NAMES)}, v.key AS key, v.phase AS phase, v.outcome AS outcome,
    multiIf(${raw(notAnObject(isPrepared))}, ${raw(nameReason('job'))}, ${raw(nameReason('run'))}, ${tooMany(segment, source)}
    phase NOT IN ('metadata', 'data'), 'phase: expected metadata or data',
    outcome NOT IN ('success', 'failure'), 'outcome: expected success or failure',
    key = '' AND NOT JSONHas(line, 'key'), 'key: expected text, got none', '') AS reason
  SELECT ${p.string(segment.tenant)}, ${p.string(segment.id)}, ${receivedAt(segment)}, ${p.int(segment.arrival)} + row,
    job, run, phase, outcome, key, ${column('message', raw('v.message'))},
    if(v.data = '', '', ${column('data', raw(exactRaw('data')))}), if(reason = '', '', ${raw(isPrepared ? 'v.line' : 'line')}), reason
  FROM ${source.from}`;
}

/**
 * Events were checked and written by this service: there is nothing in them that could be wrong. A tab, which JSON never
 * holds, stands before the body, which is kept as it is; an earlier release wrote it inside.
 */
function eventsQuery(segment: Segment, source: Source): Sql {
  return sql`INSERT INTO events_in (tenant, segment, received_at, job, run, attempt, rank, time, hash, body)
  WITH position(line, '\t') AS tab, if(tab = 0, JSONExtractRaw(line, 'body'), substring(line, tab + 1)) AS body,
    JSONExtract(if(tab = 0, line, substring(line, 1, tab - 1)), 'Tuple(job String, run String, attempt UInt16, rank UInt8, time Int64, hash UInt64)') AS v
  SELECT ${p.string(segment.tenant)}, ${p.string(segment.id)}, ${receivedAt(segment)}, v.job, v.run, v.attempt, v.rank,
    fromUnixTimestamp64Milli(v.time, 'UTC'), v.hash, ${source.redaction.of(raw('body'))}
  FROM ${source.from}`;
}

/** A config that is sent again with the schedule it had holds since when it held: nobody resets what was promised. */
function jobsQuery(segment: Segment, source: Source): Sql {
  const same = (name: string) => `JSONExtractString(known.config, '${name}') = JSONExtractString(v.config, '${name}')`;
  return sql`INSERT INTO jobs (tenant, job, type, owner, config, created_at, version, is_deleted)
  WITH JSONExtract(line, 'Tuple(job String, type String, owner String, config String, since Int64, at Int64)') AS v
  SELECT ${p.string(segment.tenant)}, v.job, v.type, v.owner, ${source.redaction.of(raw('v.config'))},
    multiIf(v.since != 0, fromUnixTimestamp64Milli(v.since, 'UTC'),
      known.job != '' AND ${raw(same('schedule'))} AND ${raw(same('timezone'))}, known.created_at, fromUnixTimestamp64Milli(v.at, 'UTC')), v.at, 0
  FROM (SELECT *, JSONExtractString(line, 'job') AS named FROM ${source.from}) AS sent_configs
  LEFT JOIN (SELECT job, config, created_at FROM jobs FINAL WHERE tenant = ${p.string(segment.tenant)}) AS known ON named = known.job`;
}

const WAYS_IN: Record<Segment['kind'], (segment: Segment, source: Source) => Sql> = {
  lines: (segment, source) => linesQuery(segment, source),
  prepared: (segment, source) => linesQuery(segment, source, true),
  raw: rawQuery,
  records: (segment, source) => recordsQuery(segment, source),
  events: eventsQuery,
  jobs: jobsQuery,
};

function bodiesOf(segment: Segment): object[] {
  return segment.entries.flatMap((entry) =>
    entry.raw && entry.rows > 0
      ? [
          {
            segment: segment.id,
            from_row: entry.row,
            last_row: entry.row + entry.rows - 1,
            ...entry.raw,
            open: Number(entry.raw.open),
            received_at: entry.at,
          },
        ]
      : []
  );
}
