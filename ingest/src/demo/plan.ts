import type { Status } from '../model/words.js';
import { Random } from './random.js';
import { busyness, slots } from './rhythm.js';
import type { FailureSpec, JobSpec, OpenSpec, PlannedAttempt, PlannedRun, PlannedStep, Telling } from './types.js';

const DAY = 24 * 3600_000;
export const HISTORY_DAYS = 14;

/** Every run of a job in the days before `now`, oldest first. */
export function planRuns(spec: JobSpec, seed: number, now: number): PlannedRun[] {
  const random = Random.for(seed, spec.job);
  const from = now - HISTORY_DAYS * DAY;
  const to = now - (spec.stoppedDaysAgo ?? 0) * DAY;
  const due = spec.rhythm ? slots(spec.rhythm, from, to, random) : [];
  const before = spec.open ? due.filter((slot) => slot < now - (spec.open?.sinceSeconds ?? 0) * 1000 - 60_000) : due;
  const runs = before.map((slot, index) => planRun(spec, slot, index, { now, until: now }, random));
  return spec.open ? [...runs, planOpenRun(spec, spec.open, before.length, now, random)] : runs;
}

/** Runs are numbered on past all of the history's. */
const NUMBERED_FROM = 5000;

/** Every run of a job that begins between two moments after its history, each to its end. */
export function planNext(spec: JobSpec, seed: number, begun: number, from: number, to: number): PlannedRun[] {
  if (!spec.rhythm || spec.open || spec.stoppedDaysAgo !== undefined) {
    return [];
  }
  const random = Random.for(seed, `${spec.job} from ${from}`);
  // No job runs as often as once a second: numbers of one call do not reach those of the next.
  const first = NUMBERED_FROM + Math.floor((from - begun) / 1000);
  return slots(spec.rhythm, from, to, random).map((slot, i) =>
    planRun(spec, slot, first + i, { now: slot, until: Infinity }, random)
  );
}

/** `now` decides how old a run is, and `until` what of it has happened. */
function planRun(
  spec: JobSpec,
  slot: number,
  index: number,
  { now, until }: { now: number; until: number },
  random: Random
): PlannedRun {
  const run = describeRun(spec, slot, index, random);
  const age = (now - slot) / DAY;
  const queuedAt = slot + random.int(40, 900);
  const first = planAttempt(spec, run.telling, { attempt: 1, queuedAt, age, until });
  const attempts = [first];
  for (let last = first; last.status === 'failed' && attempts.length <= (spec.retries ?? 0); attempts.push(last)) {
    const again = (last.finishedAt ?? until) + 30_000 * 2 ** attempts.length;
    if (again > until) {
      break;
    }
    last = planAttempt(spec, run.telling, { attempt: attempts.length + 1, queuedAt: again, age, until });
  }
  return { ...run, attempts };
}

interface Circumstances {
  attempt: number;
  queuedAt: number;
  /** Days. */
  age: number;
  until: number;
}

function planAttempt(spec: JobSpec, run: Telling, { attempt, queuedAt, age, until }: Circumstances): PlannedAttempt {
  const { random } = run;
  const startedAt = queuedAt + Math.round(random.logNormal(700, 0.8));
  const outcome = pickOutcome(spec, age, attempt, random);
  const failure = outcome === 'failed' ? pickFailure(spec, age, random) : undefined;
  const base = { attempt, queuedAt, startedAt };
  if (outcome === 'skipped') {
    const finishedAt = startedAt + random.int(180, 1400);
    return { ...base, finishedAt, status: outcome, steps: [], message: spec.skipped?.message };
  }
  const limit = outcome === 'timed_out' ? (spec.timedOut?.afterSeconds ?? 0) * 1000 : undefined;
  const steps = planSteps(spec, run, startedAt, age, { outcome, failure, limit });
  const finishedAt = steps.reduce((latest, step) => Math.max(latest, step.finishedAt ?? 0), startedAt);
  const message = outcome === 'cancelled' ? spec.cancelled?.message : undefined;
  const ended = { ...base, finishedAt, status: outcome, steps, failure, message };
  return finishedAt > until ? { ...base, status: 'running', steps: cutSteps(steps, until), becomes: ended } : ended;
}

function pickOutcome(spec: JobSpec, age: number, attempt: number, random: Random): Status {
  const draw = random.next();
  const failureRate = (spec.failureRate?.(age) ?? 0) * (attempt > 1 ? 0.4 : 1);
  const rates: Array<[Status, number]> = [
    ['failed', failureRate],
    ['skipped', spec.skipped?.rate ?? 0],
    ['cancelled', spec.cancelled?.rate ?? 0],
    ['timed_out', spec.timedOut?.rate ?? 0],
  ];
  let sum = 0;
  return rates.find(([, rate]) => draw < (sum += rate))?.[0] ?? 'succeeded';
}

function pickFailure(spec: JobSpec, age: number, random: Random): FailureSpec | undefined {
  const wanted = spec.failureAt?.(age);
  const choices = (spec.failures ?? []).filter((failure) => !wanted || failure.type === wanted);
  let draw = random.next() * choices.reduce((sum, failure) => sum + (failure.weight ?? 1), 0);
  return choices.find((failure) => (draw -= failure.weight ?? 1) < 0) ?? choices[0];
}

interface Fate {
  outcome: Status;
  failure?: FailureSpec;
  /** Milliseconds after which the run was ended from outside. */
  limit?: number;
}

function planSteps(spec: JobSpec, run: Telling, startedAt: number, age: number, fate: Fate): PlannedStep[] {
  const { random } = run;
  const total = fate.limit
    ? fate.limit * 1.5
    : usualMs(spec, startedAt, age) * random.logNormal(1, spec.duration.sigma);
  const shares = spec.steps.reduce((sum, step) => sum + step.share, 0);
  const endAt = fate.limit ? startedAt + fate.limit : fate.outcome === 'cancelled' ? startedAt + total * 0.6 : Infinity;
  let at = startedAt;
  let over = false;
  return spec.steps.map((step) => {
    if (over) {
      return { spec: step, status: 'skipped' };
    }
    const ms = ((total * step.share) / shares) * random.between(0.85, 1.15);
    const fails = fate.failure?.step === step.step;
    const finishedAt = Math.round(Math.min(at + (fails ? ms * 0.6 + (fate.failure?.stall ?? 0) * 1000 : ms), endAt));
    over = fails || finishedAt >= endAt - 1;
    const planned = { spec: step, status: over ? fate.outcome : 'succeeded', startedAt: at, finishedAt } as const;
    at = finishedAt;
    return planned;
  });
}

function usualMs({ duration }: JobSpec, at: number, age: number): number {
  const passed = 1 - Math.min(age / HISTORY_DAYS, 1);
  return (
    duration.median * 1000 * (1 + (duration.daily ?? 0) * busyness(at)) * (1 + ((duration.growth ?? 1) - 1) * passed)
  );
}

/** What a run that is not over yet shows of its steps. */
export function cutSteps(steps: readonly PlannedStep[], now: number): PlannedStep[] {
  return steps.flatMap((step) => {
    if (step.startedAt === undefined || step.startedAt > now) {
      return [];
    }
    const open = step.finishedAt === undefined || step.finishedAt > now;
    return [open ? { spec: step.spec, status: 'running' as const, startedAt: step.startedAt } : step];
  });
}

/** The run that is open now, in the step that the job's spec names. */
function planOpenRun(spec: JobSpec, open: OpenSpec, index: number, now: number, random: Random) {
  const startedAt = now - open.sinceSeconds * 1000;
  const run = describeRun(spec, startedAt - 1500, index, random);
  const reached = spec.steps.findIndex((step) => step.step === open.step);
  const steps = planSteps(spec, run.telling, startedAt, 0, { outcome: 'succeeded' })
    .slice(0, reached + 1)
    .map((step, at): PlannedStep =>
      at < reached ? step : { spec: step.spec, status: 'running', startedAt: step.startedAt }
    );
  const shrink = Math.min(1, (now - startedAt) / ((steps.at(-1)?.startedAt ?? now) - startedAt + 1));
  const early = (at: number | undefined) => at && Math.round(startedAt + (at - startedAt) * shrink * 0.9);
  const inTime = steps.map((step) => ({
    ...step,
    startedAt: early(step.startedAt),
    finishedAt: early(step.finishedAt),
  }));
  const attempt = { attempt: 1, status: 'running' as const, queuedAt: startedAt - 1500, startedAt, steps: inTime };
  return { ...run, attempts: [attempt] };
}

function describeRun(spec: JobSpec, slot: number, index: number, random: Random): Omit<PlannedRun, 'attempts'> {
  const volume = Math.max(
    1,
    Math.round(random.logNormal(spec.volume.median, spec.volume.sigma) * (0.6 + 0.8 * busyness(slot)))
  );
  const telling: Telling = {
    job: spec.job,
    run: runId(spec, slot, index, random),
    attempt: 1,
    at: slot,
    volume,
    failures: failedItems(volume, spec.itemFailureRate ?? 0, random),
    commit: commitAt(spec.job, slot),
    host: `${spec.config.tags?.['pool'] ?? 'worker'}-${random.int(1, 6)}`,
    source: spec.config.source ?? {},
    dice: random.int(0, 999_999),
    random,
  };
  const caller = spec.calledBy && { job: spec.calledBy.job, run: dateOf(slot) };
  return { spec, telling, user: random.pick(spec.users), calledBy: caller };
}

/** Mostly none; when something is wrong with the data, a few. */
function failedItems(volume: number, rate: number, random: Random): number {
  return rate > 0 && random.chance(0.25) ? Math.min(volume, Math.ceil(volume * rate * 4 * random.next())) : 0;
}

/** A job is released every few days: runs between two releases carry the same commit. */
function commitAt(job: string, at: number): string {
  return Random.for(Math.floor(at / (3 * DAY)), job).hex(7);
}

function runId(spec: JobSpec, slot: number, index: number, random: Random): string {
  const name = spec.job.slice(spec.job.lastIndexOf('/') + 1);
  switch (spec.ids ?? 'slot') {
    case 'slot':
      return new Date(slot).toISOString().slice(0, 16) + 'Z';
    case 'date':
      return dateOf(slot);
    case 'counter':
      return String(Random.for(7, spec.job).int(2_000, 90_000) + index);
    case 'uuid':
      return [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-');
    case 'pod':
      return `${name}-${Math.floor(slot / 60_000)}-${random.hex(5)}`;
  }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
