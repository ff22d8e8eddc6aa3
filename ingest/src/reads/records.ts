import type { RecordAnswer } from '../model/answer.js';
import { parseJson } from '../model/json.js';
import { decodeCursor, encodeCursor } from '../query/cursor.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { holdsWords, join, p, raw, sql, type Sql } from '../storage/sql.js';

export interface RecordsFilter {
  phase?: string | undefined;
  outcome?: string | undefined;
  /** Words looked for in key, message and data, without regard to case. */
  search?: string | undefined;
}

export interface RecordsOptions extends RecordsFilter {
  limit: number;
  cursor?: string | undefined;
}

/** A record as it is stored; `data` is JSON text, or nothing. */
export interface RecordRow {
  phase: RecordAnswer['phase'];
  outcome: RecordAnswer['outcome'];
  key: string;
  message: string;
  data: string;
  received: number;
}

type Position = Pick<RecordRow, 'phase' | 'key'>;

/** Most candidates looked at in one go. */
const MOST = 10_000;

/** A page of a run's records, by phase and key; of records that were sent again, the newest. */
export async function readRecords(
  db: ClickHouse,
  those: Sql,
  { limit, cursor, ...filter }: RecordsOptions
): Promise<{ records: RecordAnswer[]; next: string | null }> {
  const after = cursor ? (decodeCursor(cursor, { phase: 'string', key: 'string' }) as Position) : undefined;
  const rows: RecordRow[] = [];
  for await (const found of recordsAfter(db, those, filter, after, limit)) {
    rows.push(...found);
    if (rows.length >= limit) {
      break;
    }
  }
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    records: page.map(({ data, received, ...row }) => ({
      ...row,
      data: parseData(data),
      received_at: new Date(received).toISOString(),
    })),
    next: last && page.length === limit ? encodeCursor({ phase: last.phase, key: last.key }) : null,
  };
}

/** All records of a run that match, by phase and key, some thousands at a time. */
export function allRecords(db: ClickHouse, those: Sql, filter: RecordsFilter): AsyncGenerator<RecordRow[]> {
  return recordsAfter(db, those, filter, undefined, MOST);
}

/**
 * `FINAL` would read and merge all that a run has for one page of it. So: first, in the order in which they lie, the keys
 * under which some version matches, then the newest version of each, which may be another one and not match.
 */
async function* recordsAfter(
  db: ClickHouse,
  those: Sql,
  filter: RecordsFilter,
  start: Position | undefined,
  atOnce: number
): AsyncGenerator<RecordRow[]> {
  const matching = matchingSql(filter);
  let after = start;
  for (let n = atOnce; ; n = Math.min(n * 2, MOST)) {
    const past = after ? sql`(phase, key) > (${p.string(after.phase)}, ${p.string(after.key)})` : raw('1');
    const candidates = await db.rows<Position>(
      sql`SELECT phase, key FROM records WHERE ${those} AND ${past} AND ${matching} ORDER BY tenant, job, run, phase, key LIMIT ${p.int(n)}`
    );
    const last = candidates.at(-1);
    if (last) {
      yield await newest(db, sql`${those} AND ${past}`, candidates, last, matching);
    }
    if (!last || candidates.length < n) {
      return;
    }
    after = last;
  }
}

/** Naming the keys without their phases names no more than the candidates: up to `last`, whatever matches is one. */
function newest(db: ClickHouse, those: Sql, candidates: readonly Position[], last: Position, matching: Sql) {
  const first = candidates[0]?.phase ?? last.phase;
  const phase = first === last.phase ? sql`phase = ${p.string(first)}` : raw('1');
  const keys = [...new Set(candidates.map(({ key }) => key))];
  return db.rows<RecordRow>(
    sql`SELECT phase, outcome, key, message, data, toUnixTimestamp64Milli(received_at) AS received FROM (
        SELECT phase, outcome, key, message, data, received_at FROM records
        WHERE ${those} AND ${phase} AND key IN ${p.strings(keys)}
          AND (phase, key) <= (${p.string(last.phase)}, ${p.string(last.key)})
        ORDER BY phase, key, records.arrival DESC LIMIT 1 BY phase, key)
      WHERE ${matching} ORDER BY phase, key`
  );
}

function matchingSql({ phase, outcome, search }: RecordsFilter): Sql {
  const holds = (column: string) => holdsWords(raw(column), search ?? '');
  return join(
    [
      ...(phase === undefined ? [] : [sql`phase = ${p.string(phase)}`]),
      ...(outcome === undefined ? [] : [sql`outcome = ${p.string(outcome)}`]),
      ...(search ? [sql`(${join(['key', 'message', 'data'].map(holds), ' OR ')})`] : []),
    ],
    ' AND ',
    '1'
  );
}

function parseData(text: string): unknown {
  try {
    return text === '' ? null : parseJson(text);
  } catch {
    return text;
  }
}
