import { writeSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { nameSchema } from '../../model/common.js';
import { createClient } from '../client.js';
import { CliError } from '../errors.js';
import { type Ending, runChild, shellStatus } from './child.js';
import { Closing } from './closing.js';
import { LineBatcher } from './line-batcher.js';
import { Outbox } from './outbox.js';
import { type ExecRun, finishEvent, startEvent } from './run-events.js';
import { stateDir } from '../state.js';

const REQUEST_TIMEOUT_MS = 30_000;

export interface ExecOptions {
  job: string;
  run?: string;
  url: string;
  token?: string;
  type?: string;
  user?: string;
  title?: string;
  tag: string[];
  state?: string;
  flushTimeout: string;
}

/** `joblens exec`: runs the command, records it, and ends as the command did. */
export async function runExec(command: string[], options: ExecOptions): Promise<void> {
  const run = describeRun(command, options);
  const flushMs = parseSeconds(options.flushTimeout);
  const client = createClient({ url: options.url, token: options.token, timeoutMs: REQUEST_TIMEOUT_MS });
  const outbox = new Outbox(
    stateDir('exec', options.state),
    { job: run.job, run: run.run, token: options.token },
    client,
    say
  );
  const batcher = new LineBatcher({
    job: run.job,
    run: run.run,
    flush: (body, lines) => outbox.add('lines', body, lines),
  });

  const startedAt = Date.now();
  const closing = new Closing((ending, finishedAt) => {
    batcher.flush();
    outbox.add('runs', ndjson(finishEvent(run, startedAt, { ending, finishedAt, lastWords: batcher.lastWords() })));
  });
  await runChild(
    command,
    { ...process.env, JOBLENS_JOB: run.job, JOBLENS_RUN: run.run },
    {
      onStart: (pid) => outbox.add('runs', ndjson(startEvent(run, startedAt, pid))),
      onOutput: (stream, bytes) => batcher.push(stream, bytes),
      onEnd: (ending) => closing.commandEnded(ending),
    }
  );
  batcher.end();
  const ending = closing.outputEnded();
  if (ending.kind === 'unstarted') {
    say(ending.reason);
  }
  await outbox.finish(AbortSignal.any([closing.hurry.signal, AbortSignal.timeout(flushMs)]));
  endAs(ending);
}

function describeRun(command: string[], options: ExecOptions): ExecRun {
  const { JOBLENS_JOB: job, JOBLENS_RUN: run } = process.env;
  return {
    job: checkName('--job', options.job),
    run: checkName('--run', options.run ?? uuidv7()),
    command,
    type: options.type,
    user: options.user,
    title: options.title,
    tags: Object.fromEntries(options.tag.map(parseTag)),
    calledBy: job && run ? { job, run } : undefined,
  };
}

function checkName(option: string, name: string): string {
  const parsed = nameSchema.safeParse(name);
  if (!parsed.success) {
    throw new CliError(`${option}: ${parsed.error.issues[0]?.message ?? 'not a name'}`, 2);
  }
  return parsed.data;
}

function parseTag(tag: string): [string, string] {
  const at = tag.indexOf('=');
  if (at < 1) {
    throw new CliError(`--tag: expected KEY=VALUE, such as env=prod, got "${tag}"`, 2);
  }
  return [tag.slice(0, at), tag.slice(at + 1)];
}

export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 86_400)) {
    throw new CliError(`--flush-timeout: expected seconds from 0 to 86400, got "${text}"`, 2);
  }
  return seconds * 1000;
}

function ndjson(event: object): string {
  return `${JSON.stringify(event)}\n`;
}

/** Our own words, one line on stderr; if nobody can hear them, so be it: the command comes first. */
export function say(message: string): void {
  try {
    writeSync(2, `joblens: ${message}\n`);
  } catch {
    // stderr is closed or full.
  }
}

/** Ends as the command ended: by the same signal too, so that a caller that looks for one finds it. */
function endAs(ending: Ending): void {
  const status = shellStatus(ending);
  if (ending.kind !== 'signal') {
    process.exit(status);
  }
  process.removeAllListeners(ending.signal);
  process.kill(process.pid, ending.signal);
  // Some signals can't end us (SIGPIPE is ignored, process 1 of a container is immune).
  setTimeout(() => process.exit(status), 100);
}
