import { type ChildProcess, spawn } from 'node:child_process';
import { JOBLENS } from './service.js';

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: Buffer;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  stdin?: string | Buffer;
  onStart?: (child: ChildProcess) => void;
}

/** Runs the built `joblens` command to its end. */
export function joblens(args: readonly string[], { env, stdin = '', onStart }: RunOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [JOBLENS, ...args], { env: { ...process.env, ...env } });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
  child.stdin.end(stdin);
  onStart?.(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) =>
      resolve({ status, signal, stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr) })
    );
  });
}
