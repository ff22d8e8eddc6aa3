import { createClient, writeWithRetry, type Client } from '../cli/client.js';
import { jobsAnswer } from '../model/answer.js';
import { runEvent } from './events.js';
import { ESTATE } from './estate/index.js';
import { DEFAULT_SEED, recordsOf, type DemoBatch } from './history.js';
import { writeLog } from './log.js';
import { cutSteps, planNext, planRuns } from './plan.js';
import type { JobSpec, PlannedAttempt, PlannedRun } from './types.js';

/** What the demo's jobs do at one moment after their history. */
export interface Happening {
  at: number;
  job: string;
  sends: Array<Pick<DemoBatch, 'path' | 'body'>>;
}

/** The runs that begin between two moments: how each begins, and how it ends, which may be later. */
export function beginnings(begun: number, from: number, to: number, seed = DEFAULT_SEED): Happening[] {
  return ESTATE.flatMap((spec) => planNext(spec, seed, begun, from, to)).flatMap((run) =>
    run.attempts.flatMap((attempt) => [beginning(run, attempt), ending(run, attempt)])
  );
}

/** How the runs end that had begun when the history was told. */
export function endings(begun: number, seed = DEFAULT_SEED): Happening[] {
  const runs = ESTATE.flatMap((spec: JobSpec) => planRuns(spec, seed, begun));
  return runs.flatMap((run) => {
    const ended = run.attempts.at(-1)?.becomes;
    return ended ? [ending({ ...run, attempts: [...run.attempts.slice(0, -1), ended] }, ended)] : [];
  });
}

function beginning(run: PlannedRun, attempt: PlannedAttempt): Happening {
  const { startedAt, queuedAt, steps } = attempt;
  const begun = { attempt: attempt.attempt, status: 'running' as const, queuedAt, startedAt };
  const event = runEvent(run, { ...begun, steps: cutSteps(steps, startedAt + 1) });
  return { at: startedAt, job: run.spec.job, sends: [{ path: '/v1/runs', body: JSON.stringify(event) }] };
}

function ending(run: PlannedRun, attempt: PlannedAttempt): Happening {
  const at = attempt.finishedAt ?? attempt.startedAt;
  const isLast = attempt === run.attempts.at(-1);
  const sends = [
    { path: '/v1/lines', body: writeLog(run, attempt, at).text },
    { path: '/v1/records', body: isLast ? recordsOf(run).join('') : '' },
    { path: '/v1/runs', body: JSON.stringify(runEvent(run, attempt)) },
  ];
  return { at, job: run.spec.job, sends: sends.filter(({ body }) => body !== '') };
}

const AHEAD_MS = 600_000;
const PATIENCE_MS = 60_000;

interface LifeOptions {
  url: string;
  token: string | undefined;
  /** When the history was told. */
  begun: number;
  signal: AbortSignal;
}

/**
 * Lets the demo's jobs run on, as time passes, for as long as the service does: else all would seem to be missed soon.
 * A job that was deleted stays so.
 * @throws where the service takes nothing any more
 */
export async function liveOn({ url, token, begun, signal }: LifeOptions): Promise<never> {
  const client = createClient({ url, token });
  // What came due while the history was told happens now; after a longer absence nothing is made up for.
  const started = Date.now() - begun < AHEAD_MS ? begun : Date.now();
  const timers = new Set<NodeJS.Timeout>();
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      timers.forEach(clearTimeout);
      reject(new Error('the service stops'));
    });
    const later = (at: number, work: () => Promise<void>) => {
      const run = () => {
        timers.delete(timer);
        work().catch(reject);
      };
      const timer = setTimeout(run, Math.max(0, at - Date.now())).unref();
      timers.add(timer);
    };
    const planFrom = async (from: number) => {
      const known = await knownJobs(client);
      const open = from === started ? endings(begun).filter(({ at }) => at > from) : [];
      for (const { at, job, sends } of [...open, ...beginnings(begun, from, from + AHEAD_MS)]) {
        if (known.has(job)) {
          later(at, () => sendAll(client, sends, signal));
        }
      }
      later(from + AHEAD_MS, () => planFrom(from + AHEAD_MS));
    };
    later(started, () => planFrom(started));
  });
}

async function knownJobs(client: Client): Promise<Set<string>> {
  const { jobs } = jobsAnswer.parse(await client.ask('GET', '/v1/jobs?limit=1000'));
  return new Set(jobs.map(({ job }) => job));
}

async function sendAll(client: Client, sends: Happening['sends'], signal: AbortSignal): Promise<void> {
  for (const { path, body } of sends) {
    await writeWithRetry(client, { path, body }, { signal, forMs: PATIENCE_MS });
  }
}
