import type { EventBody, Rank } from '../model/event.js';
import { parseJson } from '../model/json.js';
import { chunk, groupBy, inParallel } from '../collections.js';
import { isBadData, type ClickHouse } from './clickhouse.js';
import { dropPlaceholders } from './placeholder.js';
import {
  runRow,
  tombstones,
  type EventRow,
  type LineFacts,
  type Place,
  type RecordFacts,
  type RunRow,
} from './run-row.js';
import { nameOfRun, p, raw, sql, theseRuns, type RunId, type Sql } from './sql.js';
import { dropSuperseded } from './superseded.js';

/** Runs settled by one insert: each insert costs some 70 ms before its first row. */
const CHUNK = 10_000;
/** So many runs are named in each question: looking them up five times costs more. */
const FEW = 200;

/** A run whose state can't be written, however often that is tried. */
export interface Unsettled extends RunId {
  why: string;
}

/**
 * Writes the merged current state of every run that these segments touched. Doing it again, in any order and from any
 * number of services, ends in the same rows: a row's version grows with what is known of the run.
 * @returns how many runs were touched, and which of them stay as they were
 */
export async function settle(
  db: ClickHouse,
  tenant: string,
  segments: readonly string[]
): Promise<{ runs: number; unsettled: Unsettled[] }> {
  const touchedBy = sql`segment IN ${p.strings(segments)} AND tenant = ${p.string(tenant)}`;
  const touched = await db.rows<RunId>(sql`SELECT DISTINCT job, run FROM touched WHERE ${touchedBy} ORDER BY job, run`);
  // While one part is merged here, ClickHouse reads the next.
  const unsettled: Unsettled[] = [];
  await inParallel(chunk(touched, CHUNK), 2, async (part) => {
    unsettled.push(...(await settlePart(db, tenant, touchedBy, part)));
  });
  for (const jobs of chunk([...new Set(touched.map(({ job }) => job))], CHUNK)) {
    await dropPlaceholders(db, tenant, jobs);
  }
  return { runs: touched.length, unsettled };
}

/** Settles runs together, or where what is known of them is too much or can't be read, half by half: one run harms no other. */
async function settlePart(db: ClickHouse, tenant: string, touchedBy: Sql, ids: readonly RunId[]): Promise<Unsettled[]> {
  try {
    await settleTogether(db, tenant, touchedBy, ids);
    return [];
  } catch (error) {
    const [only, ...others] = ids;
    if (!isOfTheData(error) || only === undefined) {
      throw error;
    }
    if (others.length === 0) {
      return settleAlone(db, tenant, only);
    }
    const half = Math.ceil(ids.length / 2);
    const first = await settlePart(db, tenant, touchedBy, ids.slice(0, half));
    return [...first, ...(await settlePart(db, tenant, touchedBy, ids.slice(half)))];
  }
}

/** A run of which more is known than can be read at once: a part of its events says how it stands. */
async function settleAlone(db: ClickHouse, tenant: string, run: RunId): Promise<Unsettled[]> {
  try {
    await settleTogether(db, tenant, raw('0'), [run], true);
    return [];
  } catch (error) {
    if (!isOfTheData(error)) {
      throw error;
    }
    return [{ ...run, why: error instanceof Error ? error.message : String(error) }];
  }
}

/** What fails again however often it is tried: what is stored is too long, too deep, or not what it should be. */
function isOfTheData(error: unknown): boolean {
  const isWrong = (what: unknown) =>
    what instanceof RangeError ||
    what instanceof SyntaxError ||
    what instanceof TypeError ||
    (what instanceof Error && 'code' in what && what.code === 'ERR_STRING_TOO_LONG');
  return isWrong(error) || (error instanceof Error && isWrong(error.cause)) || isBadData(error);
}

async function settleTogether(
  db: ClickHouse,
  tenant: string,
  touchedBy: Sql,
  ids: readonly RunId[],
  inPart = false
): Promise<void> {
  const those = ids.length <= FEW ? theseRuns(tenant, ids) : touchedRuns(tenant, touchedBy, ids);
  let contested = await writeStates(db, tenant, those, ids, new Map(), inPart);
  while (contested.length > 0) {
    const again = theseRuns(tenant, contested);
    contested = await writeStates(db, tenant, again, contested, groupBy(contested, nameOfRun), inPart);
  }
}

/** The touched runs from the first of these to the last: ten thousand names need not be sent with every question. */
function touchedRuns(tenant: string, touchedBy: Sql, ids: readonly RunId[]): Sql {
  const [first, last] = [ids[0], ids.at(-1)] as [RunId, RunId];
  return sql`tenant = ${p.string(tenant)} AND (job, run) IN (SELECT job, run FROM touched WHERE ${touchedBy}
    AND (job, run) >= (${p.string(first.job)}, ${p.string(first.run)}) AND (job, run) <= (${p.string(last.job)}, ${p.string(last.run)}))`;
}

/**
 * Writes the rows of these runs, and removes them from wherever else they stand.
 * @param written rows that an earlier round wrote
 * @returns rows whose run somebody else put at another time meanwhile, knowing more or less of it: neither removed the other's
 */
async function writeStates(
  db: ClickHouse,
  tenant: string,
  those: Sql,
  ids: readonly RunId[],
  written: ReadonlyMap<string, readonly Place[]>,
  inPart: boolean
): Promise<RunRow[]> {
  // In this order: whoever wrote to a place knew no more than what is read after it.
  const places = await placesOf(db, those);
  const states = (await statesOf(db, tenant, those, ids, inPart)).map((row) => {
    const name = nameOfRun(row);
    return { name, row, known: [...(places.get(name) ?? []), ...(written.get(name) ?? [])] };
  });
  await db.insert(
    'runs',
    states.flatMap(({ row, known }) => [row, ...tombstones(row, known)])
  );
  const after = await placesOf(db, those);
  return states
    .filter(({ name, row, known }) =>
      after.get(name)?.some(({ at }) => at !== row.at && !known.some((place) => place.at === at))
    )
    .map(({ row }) => row);
}

async function statesOf(
  db: ClickHouse,
  tenant: string,
  those: Sql,
  ids: readonly RunId[],
  inPart: boolean
): Promise<RunRow[]> {
  const [events, lines, records] = await Promise.all([
    eventsOf(db, inPart ? partOf(those) : those),
    lineFacts(db, tenant, those),
    db.rows<RecordFacts>(recordsQuery(those)),
  ]);
  // However few are read, a run's row never knows less than the one before it.
  const count = inPart ? await countOf(db, those) : undefined;
  const linesOf = new Map(lines.map((row) => [nameOfRun(row), row]));
  const recordsOf = new Map(records.map((row) => [nameOfRun(row), row]));
  return ids.flatMap((id) => {
    const name = nameOfRun(id);
    const known = { events: events.get(name) ?? [], count, lines: linesOf.get(name), records: recordsOf.get(name) };
    return known.events.length + (known.lines?.lines ?? 0) === 0 && !known.records ? [] : [runRow(tenant, id, known)];
  });
}

async function countOf(db: ClickHouse, those: Sql): Promise<number> {
  const [row] = await db.rows<{ n: number }>(sql`SELECT uniqExact(hash) AS n FROM events WHERE ${those}`);
  return row?.n ?? 0;
}

/** Bytes of events that are read of a run that has too many: of the newest so many, and of the smallest. */
const MOST_OF_A_RUN = 64 * 1024 * 1024;

/** The newest events of one run, and all the small ones, such as the one that says when it started. */
const partOf = (those: Sql) => sql`${those} AND (attempt, rank, time, hash) IN (SELECT attempt, rank, time, hash FROM (
    SELECT attempt, rank, time, hash,
      sum(bytes) OVER (ORDER BY attempt DESC, rank DESC, time DESC, hash ROWS UNBOUNDED PRECEDING) AS newest,
      sum(bytes) OVER (ORDER BY bytes, hash ROWS UNBOUNDED PRECEDING) AS smallest
    FROM (SELECT attempt, rank, time, hash, max(length(body)) AS bytes FROM events WHERE ${those} GROUP BY attempt, rank, time, hash))
  WHERE newest <= ${p.int(MOST_OF_A_RUN)} OR smallest <= ${p.int(MOST_OF_A_RUN)})`;

async function eventsOf(db: ClickHouse, those: Sql): Promise<Map<string, EventRow[]>> {
  const rows = await textRows(
    db,
    sql`SELECT job, run, attempt, rank, toUnixTimestamp64Milli(time), hash, toUnixTimestamp64Milli(received_at), body
      FROM events WHERE ${those}`
  );
  const events = rows.map(([job = '', run = '', attempt, rank, time, hash = '', received, body = '']): EventRow => ({
    job,
    run,
    attempt: Number(attempt),
    rank: Number(rank) as Rank,
    time: Number(time),
    hash,
    received: Number(received),
    body: parseJson(body) as EventBody,
  }));
  return groupBy(events, nameOfRun);
}

/**
 * Rows as texts, for what comes by the ten thousand: neither a name nor the JSON of a body holds a tab or a newline,
 * and inside of JSON they would cost twice as much.
 */
async function textRows(db: ClickHouse, query: Sql): Promise<string[][]> {
  const text = await db.text(query, 'TabSeparatedRaw');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

const linesQuery = (
  those: Sql
) => sql`SELECT job, run, sum(lines_) AS lines, lines AS came, CAST(sumMap(by_level_), 'Map(String, UInt64)') AS by_level,
    argMinMerge(first_error_) AS first_error, argMaxMerge(last_error_) AS last_error,
    toUnixTimestamp64Milli(min(first_time_)) AS first_time, toUnixTimestamp64Milli(min(received_)) AS received,
    sum(numbered_) > groupBitmapMerge(seqs_) AS doubted
  FROM (SELECT job, run, lines AS lines_, by_level AS by_level_, first_error AS first_error_, last_error AS last_error_,
      first_time AS first_time_, received_at AS received_, numbered AS numbered_, seqs AS seqs_ FROM line_facts WHERE ${those})
  GROUP BY job, run`;

/** A line that was sent twice with the same `seq` counts once, also before ClickHouse merged the two. */
const recountQuery = (
  those: Sql
) => sql`SELECT job, run, count() AS lines, CAST(sumMap(map(level, 1)), 'Map(String, UInt64)') AS by_level,
    substringUTF8(argMinIf(message, (attempt, seq, arrival), level IN ('error', 'fatal')), 1, 2000) AS first_error,
    substringUTF8(argMaxIf(message, (attempt, seq, arrival), level IN ('error', 'fatal')), 1, 2000) AS last_error,
    toUnixTimestamp64Milli(min(time)) AS first_time, toUnixTimestamp64Milli(min(received_at)) AS received
  FROM lines FINAL WHERE ${those} AND (job, run) IN (SELECT job, run FROM line_facts WHERE ${those}
    GROUP BY job, run HAVING sum(numbered) > groupBitmapMerge(seqs))
  GROUP BY job, run SETTINGS do_not_merge_across_partitions_select_final = 0`;

/** The facts of lines as they were added up; counted anew where some may have been sent twice. */
async function lineFacts(db: ClickHouse, tenant: string, those: Sql): Promise<LineFacts[]> {
  const added = await db.rows<LineFacts & { doubted: number }>(linesQuery(those));
  const doubted = added.filter((row) => row.doubted);
  if (doubted.length === 0) {
    return added;
  }
  await dropSuperseded(db, tenant, doubted);
  const recounted = new Map(
    (await db.rows<Omit<LineFacts, 'came'>>(recountQuery(those))).map((row) => [nameOfRun(row), row])
  );
  return added.map((row) => ({ ...row, ...recounted.get(nameOfRun(row)) }));
}

const recordsQuery = (
  those: Sql
) => sql`SELECT job, run, CAST(sumMap(map(concat(phase, '.', outcome), 1)), 'Map(String, UInt64)') AS records,
    toUnixTimestamp64Milli(min(received_at)) AS received
  FROM records FINAL WHERE ${those} GROUP BY job, run`;

/** Everywhere that a run was written to, as far as ClickHouse has not merged that yet. */
async function placesOf(db: ClickHouse, those: Sql): Promise<Map<string, Place[]>> {
  const rows = await textRows(db, sql`SELECT job, run, toUnixTimestamp64Milli(at), version FROM places WHERE ${those}`);
  const places = rows.map(([job = '', run = '', at, version = '']): Place => ({ job, run, at: Number(at), version }));
  return groupBy(places, nameOfRun);
}
