import { WORKATO_STREAM } from '../receivers/workato-line.js';
import type { ClickHouse } from './clickhouse.js';
import { nameOfRun, p, raw, sql, theseRuns, type RunId } from './sql.js';

interface Superseded extends RunId {
  /** When the newest file's first line came. */
  since: number;
}

/**
 * Removes what a job file said that came again, corrected: its newest form has fewer lines, or others. One that came
 * again as it was leaves nothing to remove.
 * @param ids runs whose lines may have come twice
 */
export async function dropSuperseded(db: ClickHouse, tenant: string, ids: readonly RunId[]): Promise<void> {
  const ofFiles = sql`${theseRuns(tenant, ids)} AND stream = ${p.string(WORKATO_STREAM)}`;
  const found = await db.rows<Superseded>(
    sql`SELECT job, run, any(newest) AS since FROM (
        SELECT job, run, seq, message, arrival, maxIf(arrival, seq = 0) OVER (PARTITION BY job, run) AS newest FROM lines WHERE ${ofFiles})
      GROUP BY job, run HAVING uniqExact(seq, message) > uniqExactIf((seq, message), arrival >= newest)`
  );
  if (found.length > 0) {
    const since = sql`transform(concat(job, ${raw("'\\n'")}, run), ${p.strings(found.map(nameOfRun))}, ${p.ints(found.map((run) => run.since))}, 0)`;
    await db.deleteFrom(
      'lines',
      sql`${theseRuns(tenant, found)} AND stream = ${p.string(WORKATO_STREAM)} AND arrival < ${since}`
    );
  }
}
