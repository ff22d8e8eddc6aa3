import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pino, type Logger } from 'pino';
import { startEngine } from './engine/supervisor.js';
import { readEnv, type Env } from './env.js';
import { Tokens } from './http/token-store.js';
import { listensOnLoopback } from './http/tokens.js';
import type { RunningService } from './service.js';
import { Redaction } from './storage/redact.js';

/**
 * Starts the service: the embedded engine unless a ClickHouse is given, the newest schema, the spool, and HTTP.
 * @throws Error with words for the person who starts it
 */
export async function serve(options: {
  host: string;
  port: number;
  data: string;
  clickhouseUrl?: string | undefined;
  log?: Logger;
}): Promise<RunningService> {
  const env = readEnv(process.env, {
    JOBLENS_HOST: options.host,
    JOBLENS_PORT: options.port,
    JOBLENS_DATA: resolve(options.data),
    CLICKHOUSE_URL: options.clickhouseUrl,
  });
  const log = options.log ?? pino({ level: env.JOBLENS_LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const redaction = Redaction.read(env.JOBLENS_REDACTION_FILE);
  mkdirSync(env.JOBLENS_DATA, { recursive: true, mode: 0o700 });
  const tokens = new Tokens({ file: env.JOBLENS_TOKENS_FILE, data: env.JOBLENS_DATA, log });
  assertSafe(env, tokens);
  const starting = env.CLICKHOUSE_URL ? undefined : startEngine(env.JOBLENS_DATA, log);
  // Most of the service's code is read while the engine starts.
  const [engine, { startService }] = await Promise.all([starting, import('./service.js')]);
  try {
    return await startService(engine, { env, redaction, tokens, log });
  } catch (error) {
    // Its process would keep this one, and the data folder.
    await engine?.stop();
    throw error;
  }
}

function assertSafe(env: Env, tokens: Tokens): void {
  if (tokens.isEmpty && !listensOnLoopback(env)) {
    throw new Error(
      `Without tokens the service listens on this machine only; ${env.JOBLENS_HOST} can be reached by others. ` +
        'Set JOBLENS_TOKENS_FILE, or use --host 127.0.0.1.'
    );
  }
}
