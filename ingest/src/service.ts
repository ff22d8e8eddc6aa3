import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { serve as serveHono, type ServerType } from '@hono/node-server';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { startControl } from './control.js';
import type { Engine } from './engine/supervisor.js';
import type { Env } from './env.js';
import type { Services } from './http/context.js';
import { IdempotencyKeys } from './http/idempotency.js';
import { Metrics } from './http/metrics.js';
import { Limits } from './http/limits.js';
import { answerNoRequest } from './http/no-request.js';
import { Alive } from './schedules/alive.js';
import { serviceId, startSweeping } from './schedules/sweeper.js';
import { Replicator } from './replication/replicator.js';
import { Spool, spoolDir } from './spool/spool.js';
import { openClickHouse, type ClickHouse } from './storage/clickhouse.js';
import { JobLimit } from './storage/job-limit.js';
import { migrate } from './storage/migrate.js';
import { enforceRetention } from './storage/retention.js';
import { raw } from './storage/sql.js';
import { Settler } from './storage/settler.js';
import { segmentStore } from './storage/storage.js';
import { within } from './within.js';

export interface RunningService {
  url: string;
  /** True while no run is stored. */
  isEmpty(): Promise<boolean>;
  /** Takes no more writes, stores what it can, and lets go of everything. */
  stop(): Promise<void>;
}

const DRAIN_MS = 8000;
const LEAVE_MS = 1000;
const RETENTION_MS = 3_600_000;

/**
 * The service on a ClickHouse that is there or to come: the newest schema, the spool, and HTTP.
 * @param engine the embedded engine, already running; undefined where another ClickHouse is used
 */
export async function startService(
  engine: Engine | undefined,
  { env, redaction, tokens, log }: Pick<Services, 'env' | 'redaction' | 'tokens' | 'log'>
): Promise<RunningService> {
  const clickhouse = {
    url: env.CLICKHOUSE_URL ?? engine?.url ?? '',
    database: env.JOBLENS_DATABASE,
    timeout: env.JOBLENS_QUERY_TIMEOUT,
    memory: env.JOBLENS_QUERY_MEMORY,
    cluster:
      env.JOBLENS_CLUSTER === undefined
        ? undefined
        : { name: env.JOBLENS_CLUSTER, database: env.JOBLENS_DATABASE, hasKeeper: true },
  };
  const db = openClickHouse(clickhouse);
  const settler = new Settler(clickhouse);
  const migrated = migrateUntilDone(db, engine, log);
  if (engine) {
    await migrated;
    await redaction.check(db);
    await tokens.refresh(db);
  }
  tokens.watch(db);
  const jobLimit = new JobLimit(db, log, env.JOBLENS_MAX_JOBS);
  jobLimit.watch(migrated);
  const store = segmentStore({
    db,
    shared: engine !== undefined || env.JOBLENS_SPOOL_SHARED,
    redaction,
    jobLimit,
    settle: settler.settle,
    log,
  });
  const metrics = new Metrics();
  const spool = await Spool.open({
    dir: spoolDir(env.JOBLENS_DATA),
    store: { ...store, insert: (segment) => migrated.then(() => store.insert(segment)) },
    log,
    segmentBytes: env.JOBLENS_SEGMENT_BYTES,
    segmentMs: env.JOBLENS_SEGMENT_MS,
    maxBytes: env.JOBLENS_SPOOL_MAX,
    maxLag: env.JOBLENS_MAX_LAG,
    minFree: env.JOBLENS_SPOOL_MIN_FREE,
  });
  metrics.watch(spool);
  metrics.watchJobs(jobLimit);
  const services: Services = {
    env,
    db,
    spool,
    keys: new IdempotencyKeys(db, spool),
    tokens,
    limits: new Limits(),
    jobLimit,
    redaction,
    metrics,
    log,
  };
  const server = await listen(services);
  const replicator = new Replicator(services);
  const retention = setInterval(
    () => void enforceRetention(db, env, log).catch((error: unknown) => log.warn(error, 'retention')),
    RETENTION_MS
  );
  const id = serviceId(env.JOBLENS_DATA);
  const control = await startControl(env.JOBLENS_DATA, { db, spool, service: id }, migrated, log);
  const alive = new Alive(db, id);
  const sweeper = startSweeping({ db, spool, alive, log }, migrated, env.JOBLENS_SWEEP_MS);

  return {
    url: urlOf(server, env),
    isEmpty: async () => (await db.rows<{ n: number }>(raw('SELECT count() AS n FROM runs')))[0]?.n === 0,
    stop: async () => {
      const deadline = Date.now() + DRAIN_MS;
      clearInterval(retention);
      tokens.stop();
      jobLimit.stop();
      control.stop();
      await sweeper.stop();
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeIdleConnections' in server) {
          server.closeIdleConnections();
        }
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 1000).unref();
      });
      await spool.close(Math.max(0, deadline - Date.now()));
      await settler.stop();
      if (spool.state.segments === 0) {
        await within(
          alive.leave(Date.now()).catch(() => undefined),
          LEAVE_MS
        );
      }
      await replicator.stop();
      await db.close();
      await engine?.stop();
    },
  };
}

/** A server that is away delays the schema, not the writes; the embedded engine has just been started. */
async function migrateUntilDone(db: ClickHouse, engine: Engine | undefined, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await migrate(db, (migration) => log.info({ migration }, 'the store is brought up to date'));
      return;
    } catch (error) {
      if (engine) {
        throw error;
      }
      log.warn({ error: error instanceof Error ? error.message : error }, 'ClickHouse has no schema yet; trying again');
      await new Promise((done) => setTimeout(done, Math.min(5000, 200 * attempt)));
    }
  }
}

const TIMEOUTS = { requestTimeout: 120_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 };

const isSecure = (env: Env) => env.JOBLENS_TLS_CERT !== undefined || env.JOBLENS_TLS_KEY !== undefined;

function certificate({ JOBLENS_TLS_CERT: cert, JOBLENS_TLS_KEY: key }: Env) {
  if (cert === undefined || key === undefined) {
    throw new Error('HTTPS needs both JOBLENS_TLS_CERT and JOBLENS_TLS_KEY.');
  }
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

function listen(services: Services): Promise<ServerType> {
  const { env } = services;
  return new Promise((resolved, reject) => {
    const server = serveHono(
      {
        fetch: createApp(services).fetch,
        hostname: env.JOBLENS_HOST,
        port: env.JOBLENS_PORT,
        ...(isSecure(env)
          ? { createServer: createSecureServer, serverOptions: { ...TIMEOUTS, ...certificate(env) } }
          : { createServer, serverOptions: TIMEOUTS }),
      },
      () => resolved(server)
    );
    server.on('clientError', answerNoRequest);
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${env.JOBLENS_PORT} is taken. Choose another with --port, or --port 0 for any.`)
          : error
      )
    );
  });
}

function urlOf(server: ServerType, env: Env): string {
  const host = env.JOBLENS_HOST;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `${isSecure(env) ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
