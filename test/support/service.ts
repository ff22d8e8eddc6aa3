import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const JOBLENS = resolve(import.meta.dirname, '../../ingest/bin/joblens.js');

export interface TestService {
  url: string;
  /** Where it keeps its data. */
  data: string;
  process: ChildProcess;
  pid: number;
  /** Ends it at once, as a crash does. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it as an operator would. @returns its exit status */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Data of an earlier service; kept when this one stops. */
  data?: string;
  port?: number;
}

/** Starts the built service on a free port, with an empty store unless told otherwise. */
export async function startService(options: StartOptions = {}): Promise<TestService> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'joblens-test-')));
  const args = ['serve', '--port', String(options.port ?? 0), '--data', data, ...(options.args ?? ['--no-demo'])];
  const child = spawn(process.execPath, [JOBLENS, ...args], {
    env: { ...process.env, JOBLENS_LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A test run that ends halfway leaves no service behind.
  const killed = () => void child.kill();
  process.once('exit', killed);
  child.once('exit', () => process.off('exit', killed));
  const url = await listening(child);
  return {
    url,
    data,
    process: child,
    pid: child.pid ?? 0,
    async kill(signal) {
      child.kill(signal);
      await once(child, 'exit');
    },
    async stop() {
      const status = await end(child);
      if (!options.data) {
        await rm(data, { recursive: true, force: true });
      }
      return status;
    },
  };
}

/** The address from the line that says so. */
async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) {
    throw new Error('the service has no stdout');
  }
  for await (const line of createInterface(child.stdout)) {
    const url = /^listening on (https?:\/\/\S+)$/.exec(line)?.[1];
    if (url) {
      return url;
    }
  }
  throw new Error(`the service ended with ${child.exitCode} before it listened; is it built?`);
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

/** Waits until nothing waits in the spool any more. */
export async function settled(url: string, seconds = 60): Promise<void> {
  for (let i = 0; i < seconds * 10; i++) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    if (/^joblens_spool_segments 0$/m.test(metrics)) {
      return;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`the spool did not drain within ${seconds} s`);
}
