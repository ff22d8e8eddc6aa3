import { hostname, userInfo } from 'node:os';
import { shellStatus, type Ending } from './child.js';

export interface ExecRun {
  job: string;
  run: string;
  command: readonly string[];
  type?: string;
  user?: string;
  title?: string;
  tags: Record<string, string>;
  calledBy?: { job: string; run: string };
}

export interface RunEnd {
  ending: Ending;
  finishedAt: number;
  /** The last line that says something: it becomes the message of a run that failed. */
  lastWords?: string;
}

/** The event that opens the run. */
export function startEvent(run: ExecRun, startedAt: number, pid: number): object {
  return { ...describe(run, startedAt, { pid }), status: 'running', time: startedAt };
}

/** The event that closes the run. */
export function finishEvent(run: ExecRun, startedAt: number, end: RunEnd): object {
  const { ending, finishedAt, lastWords } = end;
  const metadata = {
    exit_status: shellStatus(ending),
    ...(ending.kind === 'signal' ? { signal: ending.signal } : {}),
  };
  const event = { ...describe(run, startedAt, metadata), time: finishedAt, finished_at: finishedAt };
  return ending.kind === 'exit' && ending.status === 0
    ? { ...event, status: 'succeeded' }
    : { ...event, status: 'failed', error: errorOf(ending), message: lastWords };
}

function describe(run: ExecRun, startedAt: number, metadata: object) {
  return {
    job: run.job,
    run: run.run,
    started_at: startedAt,
    title: run.title,
    type: run.type,
    user: run.user ?? currentUser(),
    tags: run.tags,
    called_by: run.calledBy,
    metadata: { host: hostname(), command: run.command.join(' '), cwd: process.cwd(), ...metadata },
  };
}

function errorOf(ending: Ending): { type: string; message: string } {
  switch (ending.kind) {
    case 'exit':
      return { type: 'ExitStatus', message: `exit status ${ending.status}` };
    case 'signal':
      return { type: 'Signal', message: `killed by ${ending.signal}` };
    case 'unstarted':
      return { type: ending.status === 127 ? 'CommandNotFound' : 'CommandNotExecutable', message: ending.reason };
  }
}

function currentUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no entry in /etc/passwd.
    return undefined;
  }
}
