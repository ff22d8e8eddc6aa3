import type { RecordAnswer } from '../model/answer.js';
import { parseJson } from '../model/json.js';
import { decodeCursor, encodeCursor } from '../query/cursor.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, raw, sql, type Sql } from '../storage/sql.js';

export interface RecordsOptions {
  phase?: string | undefined;
  outcome?: string | undefined;
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Row {
  phase: RecordAnswer['phase'];
  outcome: RecordAnswer['outcome'];
  key: string;
  message: string;
  data: string;
  received: number;
}

/** A page of a run's records, by phase and key; of records that were sent again, the newest. */
export async function readRecords(
  db: ClickHouse,
  those: Sql,
  options: RecordsOptions
): Promise<{ records: RecordAnswer[]; next: string | null }> {
  const after = options.cursor ? decodeCursor(options.cursor, { phase: 'string', key: 'string' }) : undefined;
  const where = [
    those,
    ...(options.phase === undefined ? [] : [sql`phase = ${p.string(options.phase)}`]),
    ...(options.outcome === undefined ? [] : [sql`outcome = ${p.string(options.outcome)}`]),
    ...(options.search
      ? [
          sql`(positionCaseInsensitiveUTF8(key, ${p.string(options.search)}) > 0 OR positionCaseInsensitiveUTF8(message, ${p.string(options.search)}) > 0)`,
        ]
      : []),
    ...(after ? [sql`(phase, key) > (${p.string(String(after.phase))}, ${p.string(String(after.key))})`] : []),
  ].reduce((all, one) => sql`${all} AND ${one}`);
  const rows = await db.rows<Row>(
    sql`SELECT phase, outcome, key, message, data, toUnixTimestamp64Milli(received_at) AS received
      FROM records FINAL WHERE ${where} ORDER BY tenant, job, run, phase, key LIMIT ${p.int(options.limit)}
      ${raw('SETTINGS do_not_merge_across_partitions_select_final = 0')}`
  );
  const last = rows.at(-1);
  return {
    records: rows.map(({ data, received, ...row }) => ({
      ...row,
      data: parseData(data),
      received_at: new Date(received).toISOString(),
    })),
    next: last && rows.length === options.limit ? encodeCursor({ phase: last.phase, key: last.key }) : null,
  };
}

function parseData(text: string): unknown {
  try {
    return text === '' ? null : parseJson(text);
  } catch {
    return text;
  }
}
