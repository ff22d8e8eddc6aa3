import { LineSplitter } from '../cli/lines.js';
import { linesOf, ofRun, SAME } from '../reads/lines.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { nameOfRun, p, raw, sql, theseRuns, type RunId } from '../storage/sql.js';
import type { StoredLine } from '../systems/workato.js';

/** Of the runs that have lines: how much these hold, and whether one of them came in pieces. */
export async function lineSizes(db: ClickHouse, tenant: string, ids: readonly RunId[]) {
  const rows = await db.rows<RunId & { bytes: number; cut: number }>(
    sql`SELECT job, run, sum(length(message) + length(input) + length(output) + length(fields)) AS bytes, countIf(terminated = 0) AS cut
      FROM lines WHERE ${theseRuns(tenant, ids)} GROUP BY job, run`
  );
  return new Map(rows.map((row) => [nameOfRun(row), { bytes: row.bytes, cut: row.cut > 0 }]));
}

type Row = StoredLine & RunId & { seq: number };
const COLUMNS = raw(
  `stream, step, operation, level, message, toUnixTimestamp64Milli(time) AS ms, input, output, masked, fields, seq`
);

/** The lines of these runs, in order, none of which came in pieces. */
export async function readLinesOf(db: ClickHouse, tenant: string, ids: readonly RunId[]): Promise<Row[]> {
  return db.rows<Row>(
    sql`SELECT job, run, ${COLUMNS} FROM (SELECT * FROM lines WHERE ${theseRuns(tenant, ids)}
        ORDER BY job, run, ${raw(SAME)}, arrival DESC LIMIT 1 BY job, run, ${raw(SAME)})
      ORDER BY job, run, attempt, seq, if(seq < 0, arrival, 0), stream, message`
  );
}

/** The lines of one run as they come, in order: there may be more than fit into memory. */
export async function* streamLinesOf(db: ClickHouse, tenant: string, { job, run }: RunId): AsyncGenerator<Row> {
  const source = await linesOf(db, ofRun(tenant, job, run));
  const rows = await db.stream(
    sql`SELECT ${p.string(job)} AS job, ${p.string(run)} AS run, ${COLUMNS} FROM (${source})`,
    'JSONEachRow',
    {
      max_execution_time: 0,
    }
  );
  const splitter = new LineSplitter(Infinity);
  for await (const chunk of rows) {
    for (const { bytes } of splitter.push(chunk as Buffer)) {
      yield JSON.parse(bytes.toString('utf8')) as Row;
    }
  }
}
