import { decodeCursor, encodeCursor } from '../query/cursor.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { moment, p, raw, sql } from '../storage/sql.js';

interface Row {
  source: string;
  reason: string;
  line: string;
  ms: number;
  arrival: string;
}

/** What could not be taken, newest first. */
export async function readRejected(
  db: ClickHouse,
  tenant: string,
  query: { limit: number; cursor?: string | undefined }
) {
  const after = query.cursor ? decodeCursor(query.cursor, { ms: 'number', arrival: 'digits' }) : undefined;
  const past = after
    ? sql`AND (received_at, arrival) < (${moment(Number(after.ms))}, ${p.big(String(after.arrival))})`
    : raw('');
  const rows = await db.rows<Row>(
    sql`SELECT source, reason, line, toUnixTimestamp64Milli(received_at) AS ms, toString(rejected.arrival) AS arrival FROM rejected
      WHERE tenant = ${p.string(tenant)} ${past} ORDER BY received_at DESC, rejected.arrival DESC LIMIT ${p.int(query.limit)}`
  );
  const last = rows.at(-1);
  return {
    rejected: rows.map(({ source, reason, line, ms }) => ({
      source,
      reason,
      line,
      received_at: new Date(ms).toISOString(),
    })),
    next: last && rows.length === query.limit ? encodeCursor({ ms: last.ms, arrival: last.arrival }) : null,
  };
}
