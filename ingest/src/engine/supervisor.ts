import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { engineEntry } from '../paths.js';

/** The embedded engine as the service sees it: a ClickHouse on loopback that comes back when it dies. */
export interface Engine {
  url: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the embedded engine on `data`/engine and restarts it within a second whenever it ends.
 * Its address and password stand in `data`/engine.json, readable by the owner only, for other ClickHouse tools.
 * @throws Error where chdb isn't installed, or when the first start fails
 */
export async function startEngine(data: string, log: Logger): Promise<Engine> {
  assertInstalled();
  const path = join(data, 'engine');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  let port = 0;
  let stopping = false;
  let child: ChildProcess | undefined;

  const launch = async (): Promise<void> => {
    const started = spawn(process.execPath, ['--enable-source-maps', engineEntry], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        // Running queries hold libuv threads; with the default of 4 file system calls would wait behind them.
        UV_THREADPOOL_SIZE: '16',
        JOBLENS_ENGINE_PATH: path,
        JOBLENS_ENGINE_PORT: String(port),
        JOBLENS_ENGINE_PASSWORD: password,
      },
    });
    child = started;
    started.once('exit', (code, signal) => {
      if (!stopping && child === started) {
        log.warn({ code, signal }, 'the embedded engine ended; starting it again');
        setTimeout(() => !stopping && launch().catch((error: unknown) => log.error(error, 'engine')), 300);
      }
    });
    port = await portOf(started);
    void endWhenSilent(started, port, log);
  };

  await launch();
  const url = `http://default:${password}@127.0.0.1:${port}`;
  writeFileSync(join(data, 'engine.json'), JSON.stringify({ url }), { mode: 0o600 });
  return {
    url,
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      await end(child);
    },
  };
}

const ASK_AGAIN_MS = 1000;
const ANSWER_MS = 5000;
/** So many questions in a row that were not answered in time: one alone may have been this process's own sleep. */
const SILENT = 3;

/** A crash inside of chdb hangs in its signal handler for ever, or waits for what never comes: then nobody is answered. */
async function endWhenSilent(child: ChildProcess, port: number, log: Logger): Promise<void> {
  for (let unanswered = 0; child.exitCode === null && child.signalCode === null;) {
    await sleep(ASK_AGAIN_MS, undefined, { ref: false });
    const answer = fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const isThere = await answer
      .then((response) => response.text())
      .then(
        () => true,
        () => false
      );
    unanswered = isThere ? 0 : unanswered + 1;
    if (unanswered === SILENT) {
      log.warn('the embedded engine answers nothing any more; it is ended');
      child.kill('SIGKILL');
      return;
    }
  }
}

function assertInstalled(): void {
  try {
    createRequire(import.meta.url).resolve('chdb');
  } catch {
    throw new Error(
      'The embedded engine (chdb) is not installed: it exists for Linux (glibc) and macOS only. ' +
        'Set CLICKHOUSE_URL to a ClickHouse server, such as http://user:password@host:8123.'
    );
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`The embedded engine ended while starting (exit status ${code}); its words are above.`))
    );
    if (child.stdout) {
      createInterface(child.stdout).once('line', (line) => resolve((JSON.parse(line) as { port: number }).port));
    }
  });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.stdin?.end();
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
}
