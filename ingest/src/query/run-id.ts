import { z } from 'zod';
import { problems } from '../errors.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { moment, p, sql, type Sql } from '../storage/sql.js';

/** How a query names one run: by its key, or by job and run. */
export const runIdFields = {
  key: z.string().max(100).optional(),
  job: z.string().max(4096).optional(),
  run: z.string().max(4096).optional(),
};

export interface RunPlace {
  job: string;
  run: string;
  at: number;
  /** The run as a condition on `runs FINAL`, by its whole sorting key. */
  where: Sql;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Finds where a run stands; undefined where the query names none.
 * @throws Coded 404 where there is no such run, 400 for a key that is none
 */
export async function findRun(
  db: ClickHouse,
  tenant: string,
  id: { key?: string | undefined; job?: string | undefined; run?: string | undefined }
): Promise<RunPlace | undefined> {
  if (id.key !== undefined) {
    if (!UUID.test(id.key)) {
      throw problems.badRequest(
        `key: expected a run's key, such as 6c869859-8635-8fad-a809-2fe9ef7a0ee7, got ${JSON.stringify(id.key)}.`
      );
    }
    return place(
      tenant,
      await db.rows(sql`SELECT job, run, toUnixTimestamp64Milli(at) AS at FROM runs FINAL
        WHERE tenant = ${p.string(tenant)} AND key = ${p.uuid(id.key)} LIMIT 1`),
      `The run ${id.key}`
    );
  }
  if (id.job === undefined || id.run === undefined) {
    return undefined;
  }
  return place(
    tenant,
    await db.rows(sql`SELECT job, run, toUnixTimestamp64Milli(at) AS at FROM places FINAL
      WHERE tenant = ${p.string(tenant)} AND job = ${p.string(id.job)} AND run = ${p.string(id.run)} LIMIT 1`),
    `The run ${JSON.stringify(id.run)} of the job ${JSON.stringify(id.job)}`
  );
}

function place(tenant: string, rows: Array<{ job: string; run: string; at: number }>, what: string): RunPlace {
  const [row] = rows;
  if (!row) {
    throw problems.notFound(what, 'It may have been sent only a moment ago, or its retention has passed.');
  }
  const { job, run, at } = row;
  return {
    job,
    run,
    at,
    where: sql`tenant = ${p.string(tenant)} AND job = ${p.string(job)} AND at = ${moment(at)} AND run = ${p.string(run)}`,
  };
}
