import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { Env } from '../env.js';
import type { Coded } from '../errors.js';
import type { Spool } from '../spool/spool.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import type { JobLimit } from '../storage/job-limit.js';
import type { Redaction } from '../storage/redact.js';
import type { IdempotencyKeys } from './idempotency.js';
import type { Limits } from './limits.js';
import type { Metrics } from './metrics.js';
import type { Tokens } from './token-store.js';

/** What the routes work with. */
export interface Services {
  env: Env;
  db: ClickHouse;
  spool: Spool;
  keys: IdempotencyKeys;
  tokens: Tokens;
  limits: Limits;
  jobLimit: JobLimit;
  redaction: Redaction;
  metrics: Metrics;
  log: Logger;
}

/** What a call may do, and whose data it sees. */
export interface Caller {
  /** The token's id. */
  id: string;
  tenant: string;
  scopes: ReadonlySet<Scope>;
  /** The token's name, for the audit trail. */
  name: string;
  /** The person it is used for and their role in Grafana, where the relay says so. */
  user?: string;
  role?: string;
  /** What the token may do at most: requests a second, bytes a day. */
  rate?: number | undefined;
  quota?: number | undefined;
}
export type Scope = 'write' | 'read' | 'annotate' | 'admin';

/** How the clients of another system's API log in and read errors. */
export interface Dialect {
  /** Basic authentication is taken too: its password is a token. */
  basic?: boolean;
  /** What these clients look for in an error, beside what every problem says. */
  problem(error: Coded): object;
}

export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: { caller: Caller; dialect?: Dialect };
}
export type AppContext = Context<AppEnv>;
