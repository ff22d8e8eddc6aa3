import { problems } from '../errors.js';
import { findRun, type RunPlace } from '../query/run-id.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, sql } from '../storage/sql.js';

/**
 * Finds a run by its id alone.
 * @throws Coded 409 with the candidates where several jobs have such a run, 404 where none has
 */
export async function findByRunId(db: ClickHouse, tenant: string, run: string): Promise<RunPlace> {
  const rows = await db.rows<{ job: string; key: string }>(
    sql`SELECT job, toString(key) AS key FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND run = ${p.string(run)} AND hidden = 0
      ORDER BY job LIMIT 100`
  );
  const [first, second] = rows;
  if (!first) {
    throw problems.notFound(`The run ${JSON.stringify(run)}`);
  }
  if (second) {
    throw problems.ambiguous(
      `${rows.length} jobs have a run ${JSON.stringify(run)}. Ask for one: GET /v1/jobs/{job}/runs/{run}, or /v1/run?key=….`,
      rows.map((row, index) => ({ index, path: row.job, message: row.key }))
    );
  }
  return (await findRun(db, tenant, { key: first.key })) as RunPlace;
}
