import type { ClickHouse } from '../storage/clickhouse.js';
import { moment, nameOfRun, p, raw, sql, theseRuns, type RunId, type Sql } from '../storage/sql.js';
import type { Targets } from './settings.js';

/** A run to be written: which state of it. */
export interface Waiting extends RunId {
  at: number;
  version: string;
  settled: number;
  /** Whether it gets a file; else it had one, which goes. */
  final: boolean;
}

/** What became of a run's file. */
export interface Replica extends RunId {
  version: string;
  settled: number;
  place: string;
  /** Empty where there is no file. */
  key: string;
  bytes: number;
  /** Empty, or why the run can't be written, however often it is tried. */
  problem: string;
}

const WITH_FILE = "('succeeded', 'failed', 'timed_out')";
const WITHOUT_FILE = "('cancelled', 'skipped', 'unknown')";
const KEYS = raw(`job, run, toUnixTimestamp64Milli(at) AS ms, toString(version) AS state,
  toUnixTimestamp64Milli(settled_at) AS settled, status IN ${WITH_FILE} AS final`);
type Row = RunId & { ms: number; state: string; settled: number; final: number };

const toWaiting = ({ ms, state, final, ...row }: Row): Waiting => ({
  ...row,
  at: ms,
  version: state,
  final: final === 1,
});

/** A row of `replicas` is written after its run was settled, by clocks that may differ. */
const CLOCKS_MS = 60_000;

/** Runs that were settled in this time and are not written as they are now. */
function waitingIn(tenant: string, targets: Targets, from: number, to: number): Sql {
  const settled = sql`tenant = ${p.string(tenant)} AND ${targets.jobs} AND settled_at >= ${moment(from)} AND settled_at < ${moment(to)}`;
  return sql`FROM runs FINAL WHERE (job, at, run) IN (SELECT job, at, run FROM runs WHERE ${settled}) AND ${settled} AND hidden = 0 AND run != ''
    AND (job, run, version) NOT IN (SELECT job, run, version FROM replicas WHERE tenant = ${p.string(tenant)} AND written_at >= ${moment(from - CLOCKS_MS)})
    AND (status IN ${raw(WITH_FILE)} OR (status IN ${raw(WITHOUT_FILE)} AND (job, run) IN (
      SELECT job, run FROM replicas FINAL WHERE tenant = ${p.string(tenant)} AND key != ''
        AND (job, run) IN (SELECT job, run FROM runs WHERE ${settled} AND status IN ${raw(WITHOUT_FILE)}))))`;
}

/** The first of them, in the order in which they were settled. */
export async function readWaiting(
  db: ClickHouse,
  tenant: string,
  targets: Targets,
  from: number,
  to: number,
  limit: number
): Promise<Waiting[]> {
  const rows = await db.rows<Row>(
    sql`SELECT ${KEYS} ${waitingIn(tenant, targets, from, to)} ORDER BY settled_at, job, run LIMIT ${p.int(limit)}`
  );
  return rows.map(toWaiting);
}

export interface Backlog {
  runs: number;
  /** When the oldest of them was settled, epoch milliseconds. */
  oldest: number | null;
}

export async function readBacklog(db: ClickHouse, tenant: string, targets: Targets, from: number): Promise<Backlog> {
  const [row] = await db.rows<{ n: number; first: number }>(
    sql`SELECT count() AS n, toUnixTimestamp64Milli(min(settled_at)) AS first ${waitingIn(tenant, targets, from, Date.now())}`
  );
  return row?.n ? { runs: row.n, oldest: row.first } : { runs: 0, oldest: null };
}

/** Runs of a time range, by their own time, whether written or not: a page after a run, oldest first. */
export async function readRange(
  db: ClickHouse,
  range: Sql,
  after: Pick<Waiting, 'at' | 'job' | 'run'> | undefined,
  limit: number
): Promise<Waiting[]> {
  const past = after
    ? sql`AND (at, job, run) > (${moment(after.at)}, ${p.string(after.job)}, ${p.string(after.run)})`
    : raw('');
  const rows = await db.rows<Row>(
    sql`SELECT ${KEYS} FROM runs FINAL WHERE ${range} ${past} ORDER BY runs.at, job, run LIMIT ${p.int(limit)}`
  );
  return rows.map(toWaiting);
}

/** Finished runs of a time range, as a condition on `runs FINAL`. */
export function rangeOf(
  tenant: string,
  targets: Targets,
  { from, to, job }: { from: number; to: number; job: string }
): Sql {
  const own = job === '' ? raw('1') : sql`job = ${p.string(job)}`;
  return sql`tenant = ${p.string(tenant)} AND ${targets.jobs} AND ${own} AND hidden = 0 AND run != ''
    AND at >= ${moment(from)} AND at <= ${moment(to)} AND status IN ${raw(WITH_FILE)}`;
}

/** What was written of these runs before. */
export async function readReplicas(db: ClickHouse, tenant: string, ids: readonly RunId[]) {
  const rows = await db.rows<RunId & { place: string; key: string; settled: number }>(
    sql`SELECT job, run, place, key, toUnixTimestamp64Milli(settled_at) AS settled FROM replicas FINAL WHERE ${theseRuns(tenant, ids)}`
  );
  return new Map(rows.map((row) => [nameOfRun(row), row]));
}

/** A run's file as people look for it, or why it has none; null where replication did nothing about it. */
export async function readReplica(db: ClickHouse, tenant: string, id: RunId) {
  const [row] = await db.rows<{ place: string; key: string; bytes: number; problem: string; written: number }>(
    sql`SELECT place, key, bytes, problem, toUnixTimestamp64Milli(written_at) AS written FROM replicas FINAL WHERE ${theseRuns(tenant, [id])}`
  );
  if (!row || (row.key === '' && row.problem === '')) {
    return null;
  }
  const { place, key, bytes, problem, written } = row;
  const bucket = place.slice(place.lastIndexOf('/') + 1);
  return {
    url: key === '' ? null : `s3://${bucket}/${key}`,
    bytes: Number(bytes),
    problem: problem || null,
    written_at: new Date(written).toISOString(),
  };
}

export async function recordReplicas(db: ClickHouse, tenant: string, replicas: readonly Replica[]): Promise<void> {
  const written_at = Date.now();
  await db.insert(
    'replicas',
    replicas.map(({ settled, ...replica }) => ({ ...replica, tenant, settled_at: settled, written_at }))
  );
}

export interface Totals {
  files: number;
  /** Epoch milliseconds. */
  last: number | null;
  refused: Array<RunId & { problem: string; at: number }>;
}

/** How many files there are, when the last was written, and the newest runs that could not be. */
export async function readTotals(db: ClickHouse, tenant: string): Promise<Totals> {
  const those = sql`FROM replicas FINAL WHERE tenant = ${p.string(tenant)}`;
  const [[sum], refused] = await Promise.all([
    db.rows<{ files: number; last: number | null }>(
      sql`SELECT countIf(key != '') AS files, if(count() = 0, NULL, toUnixTimestamp64Milli(max(written_at))) AS last ${those}`
    ),
    db.rows<Totals['refused'][number]>(
      sql`SELECT job, run, problem, toUnixTimestamp64Milli(written_at) AS at ${those} AND problem != '' ORDER BY written_at DESC LIMIT 20`
    ),
  ]);
  return { files: sum?.files ?? 0, last: sum?.last ?? null, refused };
}
