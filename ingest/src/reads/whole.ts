import type { Status } from '../model/common.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { parseDetail, type RunDetail } from './detail.js';

/** A run with all that is known of it but its log and records. Times are epoch milliseconds. */
export interface WholeRun extends RunDetail {
  key: string;
  job: string;
  run: string;
  attempt: number;
  status: Status;
  status_text: string;
  /** The run's time: started_at, else queued_at, else its first event's. */
  at: number;
  queued_at: number | null;
  started_at: number | null;
  finished_at: number | null;
  received_at: number;
  title: string;
  type: string;
  user: string;
  message: string;
  tags: Record<string, string>;
}

const ms = (column: string) => `toUnixTimestamp64Milli(${column}) AS ${column}_ms`;
const COLUMNS =
  raw(`toString(key) AS key, job, run, attempt, status, status_text, title, type, user, message, tags, detail,
  ${['at', 'queued_at', 'started_at', 'finished_at', 'received_at'].map(ms).join(', ')}`);

type Row = Omit<WholeRun, keyof RunDetail | 'at' | 'queued_at' | 'started_at' | 'finished_at' | 'received_at'> & {
  detail: string;
  at_ms: number;
  queued_at_ms: number | null;
  started_at_ms: number | null;
  finished_at_ms: number | null;
  received_at_ms: number;
};

/** Runs in the order of `order`, which may name any column of `runs`. */
export async function readWhole(db: ClickHouse, from: Sql, order: Sql): Promise<WholeRun[]> {
  const rows = await db.rows<Row>(sql`SELECT ${COLUMNS} FROM (${from}) ORDER BY ${order}`);
  return rows.map(({ detail, at_ms, queued_at_ms, started_at_ms, finished_at_ms, received_at_ms, ...row }) => ({
    ...row,
    ...parseDetail(detail),
    at: at_ms,
    queued_at: queued_at_ms,
    started_at: started_at_ms,
    finished_at: finished_at_ms,
    received_at: received_at_ms,
  }));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every run with this id, of whatever job; where there is none, the run with this key. */
export async function readWholeById(db: ClickHouse, tenant: string, id: string): Promise<WholeRun[]> {
  const where = (those: Sql) =>
    sql`SELECT * FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND ${those} LIMIT 100`;
  const found = await readWhole(db, where(sql`run = ${p.string(id)}`), raw('job'));
  return found.length > 0 || !UUID.test(id) ? found : readWhole(db, where(sql`key = ${p.uuid(id)}`), raw('job'));
}

/** Runs whose time is between two moments, both included, oldest first, page by page. */
export async function* readWholeBetween(
  db: ClickHouse,
  tenant: string,
  from: number,
  to: number,
  page = 1000
): AsyncGenerator<WholeRun[]> {
  let after = raw('1');
  for (;;) {
    const keys = sql`SELECT job, at, run FROM runs_by_time FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0
      AND at >= ${moment(from)} AND at <= ${moment(to)} AND ${after} ORDER BY at, job, run LIMIT ${p.int(page)}`;
    const runs = await readWhole(
      db,
      sql`SELECT * FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND (job, at, run) IN (${keys})`,
      raw('at, job, run')
    );
    yield runs;
    const last = runs.at(-1);
    if (!last || runs.length < page) {
      return;
    }
    after = sql`(at, job, run) > (${moment(last.at)}, ${p.string(last.job)}, ${p.string(last.run)})`;
  }
}
