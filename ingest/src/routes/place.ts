import { problems } from '../errors.js';
import type { AppContext, Services } from '../http/context.js';
import { findRun, type RunPlace } from '../query/run-id.js';
import { findByRunId } from '../reads/by-run-id.js';
import { nameFrom } from './route.js';

/** The run that a call is about: by its key, by job and run, or, as `/v1/runs/{run}`, by its id alone. */
export async function placeOf(c: AppContext, { db }: Services): Promise<RunPlace> {
  const { tenant } = c.get('caller');
  const key = c.req.query('key');
  if (key === undefined && c.req.routePath.startsWith('/v1/runs/')) {
    return findByRunId(db, tenant, nameFrom(c, 'run'));
  }
  const place = await findRun(
    db,
    tenant,
    key === undefined ? { job: nameFrom(c, 'job'), run: nameFrom(c, 'run') } : { key }
  );
  if (!place) {
    throw problems.badRequest('Which run? Give "key", or "job" and "run".');
  }
  return place;
}
