import type { AuditAnswer } from '../model/answer.js';
import { decodeCursor, encodeCursor } from '../query/cursor.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { join, moment, p, raw, sql } from '../storage/sql.js';

export interface AuditQuery {
  job?: string | undefined;
  run?: string | undefined;
  action?: string | undefined;
  user?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Row {
  id: string;
  ms: number;
  token: string;
  user: string;
  role: string;
  action: string;
  job: string;
  run: string;
  outcome: 'begun' | 'done' | 'failed';
  before: string;
  after: string;
  error: string;
}

/** The audit trail, newest first: each change once, with how it ended. */
export async function readAudit(db: ClickHouse, tenant: string, query: AuditQuery): Promise<AuditAnswer> {
  const after = query.cursor ? decodeCursor(query.cursor, { ms: 'number', id: 'string' }) : undefined;
  const past = after ? [sql`(at_, id) < (${moment(Number(after.ms))}, ${p.uuid(String(after.id))})`] : [];
  const own = (['job', 'run', 'action'] as const).flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [sql`${raw(name)} = ${p.string(value)}`];
  });
  const who =
    query.user === undefined ? [] : [sql`(user = ${p.string(query.user)} OR token = ${p.string(query.user)})`];
  const times = [
    ...(query.from === undefined ? [] : [sql`at >= ${moment(query.from)}`]),
    ...(query.to === undefined ? [] : [sql`at <= ${moment(query.to)}`]),
  ];
  const rows = await db.rows<Row>(
    sql`SELECT toString(id) AS id, toUnixTimestamp64Milli(at_) AS ms, token, user, role, action, job, run, outcome_ AS outcome, before, after, error_ AS error
      FROM (SELECT id, min(at) AS at_, any(token) AS token, any(user) AS user, any(role) AS role, any(action) AS action,
          any(job) AS job, any(run) AS run, argMax(outcome, outcome != 'begun') AS outcome_, any(before) AS before,
          any(after) AS after, max(error) AS error_
        FROM audit WHERE ${join([sql`tenant = ${p.string(tenant)}`, ...own, ...who, ...times], ' AND ')} GROUP BY id)
      WHERE ${join(past, ' AND ', '1')} ORDER BY at_ DESC, id DESC LIMIT ${p.int(query.limit)}`
  );
  const last = rows.at(-1);
  return {
    entries: rows.map(({ ms, before, after: asked, ...row }) => ({
      ...row,
      at: new Date(ms).toISOString(),
      before: before === '' ? null : (JSON.parse(before) as unknown),
      after: asked === '' ? null : (JSON.parse(asked) as unknown),
    })),
    next: last && rows.length === query.limit ? encodeCursor({ ms: last.ms, id: last.id }) : null,
  };
}
