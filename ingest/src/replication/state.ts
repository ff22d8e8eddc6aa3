import type { ClickHouse } from '../storage/clickhouse.js';
import { p, sql } from '../storage/sql.js';

/** How far a tenant's replication is. Times are epoch milliseconds. */
export interface State {
  /** Every run settled before this was written, or needs not be. */
  position: number;
  /** The service that does the work, and until when it alone does. */
  holder: string;
  until: number;
  /** What keeps it from going on; empty where nothing does. */
  problem: string;
  since: number;
  attempts: number;
  next: number;
  /** Grows with every row that is written, whatever the clocks say. */
  version: number;
}

const NONE: State = {
  position: 0,
  holder: '',
  until: 0,
  problem: '',
  since: 0,
  attempts: 0,
  next: 0,
  version: 0,
};

export async function readState(db: ClickHouse, tenant: string): Promise<State> {
  const [row] = await db.rows<State>(
    sql`SELECT toUnixTimestamp64Milli(place) AS position, holder, toUnixTimestamp64Milli(held_until) AS until, problem,
        toUnixTimestamp64Milli(problem_since) AS since, attempts, toUnixTimestamp64Milli(next_try) AS next, version
      FROM (SELECT * EXCEPT position, position AS place FROM replication_state FINAL WHERE tenant = ${p.string(tenant)})`
  );
  return row ?? { ...NONE };
}

export async function writeState(db: ClickHouse, tenant: string, state: State): Promise<void> {
  state.version = Math.max(Date.now(), state.version + 1);
  const { position, holder, until, problem, since, attempts, next } = state;
  await db.insert('replication_state', [
    {
      tenant,
      position,
      holder,
      held_until: until,
      problem,
      problem_since: since,
      attempts,
      next_try: next,
      version: state.version,
    },
  ]);
}

const HELD_MS = 60_000;
const RENEW_MS = 30_000;

/**
 * The state, held by this service for the next minute (from what it knows of it, where it has held it before); undefined while another holds it. Should two ever hold it at the
 * same time, they overwrite each other's files with the same.
 */
export async function holdState(
  db: ClickHouse,
  tenant: string,
  service: string,
  known: State | undefined
): Promise<State | undefined> {
  const now = Date.now();
  if (known && known.until > now + RENEW_MS) {
    return known;
  }
  const stored = await readState(db, tenant);
  if (stored.holder !== service && stored.until > now) {
    return undefined;
  }
  const held = { ...stored, ...known, holder: service, until: now + HELD_MS };
  await writeState(db, tenant, held);
  return (await readState(db, tenant)).holder === service ? held : undefined;
}

/** Lets another service go on at once. */
export async function releaseState(db: ClickHouse, tenant: string, service: string): Promise<void> {
  const state = await readState(db, tenant);
  if (state.holder === service) {
    await writeState(db, tenant, { ...state, until: Date.now() });
  }
}
