import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { codeOf, messageOf } from '../errors.js';
import { ByteSink } from './byte-sink.js';
import { openPipes } from './pipes.js';

export const STREAMS = ['stdout', 'stderr'] as const;
export type StreamName = (typeof STREAMS)[number];

/** How a command ended. */
export type Ending =
  | { kind: 'exit'; status: number }
  | { kind: 'signal'; signal: NodeJS.Signals }
  /** It never ran: status 127 (not found) or 126 (can't be executed), as a shell says it. */
  | { kind: 'unstarted'; status: 126 | 127; reason: string };

export interface ChildHandlers {
  onStart(pid: number): void;
  onOutput(stream: StreamName, bytes: Buffer): void;
  /** The command ended; output of processes that it left behind may still come. */
  onEnd(ending: Ending): void;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** A terminal sends these to the command itself already; twice would mean "force" to many programs. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

/** Runs a command with our stdin, passes its output on byte for byte, and resolves once that output has ended. */
export async function runChild(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  handlers: ChildHandlers
): Promise<void> {
  const [file = '', ...args] = command;
  const pipes = openPipes(STREAMS.length);
  let child: ChildProcess;
  try {
    child = spawn(file, args, { env, stdio: ['inherit', pipes?.[0]?.write ?? 'pipe', pipes?.[1]?.write ?? 'pipe'] });
  } catch (error) {
    pipes?.forEach((pipe) => pipe.read.destroy());
    handlers.onEnd(unstarted(file, error));
    return;
  } finally {
    pipes?.forEach((pipe) => closeSync(pipe.write));
  }

  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  if (child.pid !== undefined) {
    handlers.onStart(child.pid);
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) {
        stopForwarding();
        handlers.onEnd(unstarted(file, error));
        resolve();
      }
    });
    child.once('exit', (status, signal) => {
      stopForwarding();
      handlers.onEnd(signal ? { kind: 'signal', signal } : { kind: 'exit', status: status ?? 1 });
      resolve();
    });
  });
  const outputs = [pipes?.[0]?.read ?? child.stdout, pipes?.[1]?.read ?? child.stderr];
  await Promise.all([ended, ...STREAMS.map((name, index) => pump(name, outputs[index], handlers))]);
}

/** The status that a shell would give. */
export function shellStatus(ending: Ending): number {
  return ending.kind === 'signal' ? 128 + constants.signals[ending.signal] : ending.status;
}

/** Each chunk goes out before the next is read: a slow reader slows the command, as it would without us. */
async function pump(name: StreamName, from: Readable | null | undefined, handlers: ChildHandlers): Promise<void> {
  const sink = new ByteSink(name === 'stdout' ? 1 : 2);
  for await (const chunk of from ?? []) {
    const written = sink.write(chunk);
    handlers.onOutput(name, chunk);
    if (!(await written)) {
      // Nobody reads ours any more; leaving the loop closes the command's, which then gets SIGPIPE as it should.
      return;
    }
  }
}

function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const interactive = isatty(0) || isatty(1) || isatty(2);
  const forward = (signal: NodeJS.Signals) => {
    if (!(interactive && FROM_TERMINAL.has(signal))) {
      send(signal);
    }
  };
  FORWARDED.forEach((signal) => process.on(signal, forward));
  return () => FORWARDED.forEach((signal) => process.off(signal, forward));
}

function unstarted(file: string, error: unknown): Ending {
  const missing = codeOf(error) === 'ENOENT';
  const reason = missing ? 'command not found' : codeOf(error) === 'EACCES' ? 'permission denied' : messageOf(error);
  return { kind: 'unstarted', status: missing ? 127 : 126, reason: `${file}: ${reason}` };
}
