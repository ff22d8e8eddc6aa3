import { thousands } from './programs/text.js';
import type { PlannedAttempt, PlannedRun, PlannedStep } from './types.js';

/** The run event of one attempt: the whole of it in one, as a history has it. */
export function runEvent(run: PlannedRun, attempt: PlannedAttempt): object {
  const { spec, telling } = run;
  const { failure } = attempt;
  const last = attempt === run.attempts.at(-1);
  return {
    job: spec.job,
    run: telling.run,
    attempt: run.attempts.length > 1 ? attempt.attempt : undefined,
    status: attempt.status,
    time: iso(attempt.finishedAt ?? attempt.startedAt),
    queued_at: iso(attempt.queuedAt),
    started_at: iso(attempt.startedAt),
    finished_at: iso(attempt.finishedAt),
    title: spec.config.name,
    type: spec.config.type,
    user: run.user,
    message: messageOf(run, attempt),
    error: failure && { type: failure.type, message: failure.message(telling), step: failure.step },
    counts: counts(run, attempt),
    called_by: run.calledBy,
    parent: run.calledBy,
    tags: spec.config.tags,
    steps: attempt.steps.map(stepOf(failure?.step, failure && `${failure.type}: ${failure.message(telling)}`)),
    source: spec.config.source,
    metadata: { commit: telling.commit, host: telling.host, trigger: run.calledBy ? 'workflow' : triggerOf(run) },
    report: last && attempt.status === 'succeeded' ? spec.report?.(telling) : undefined,
    recommended_actions: failure?.actions,
  };
}

/** Reads like the program's own last word. */
export function messageOf({ spec, telling }: PlannedRun, attempt: PlannedAttempt): string | undefined {
  const { noun } = spec.volume;
  switch (attempt.status) {
    case 'succeeded':
      return telling.failures > 0
        ? `${thousands(telling.failures)} of ${thousands(telling.volume)} ${noun} failed`
        : `${thousands(telling.volume)} ${noun}`;
    case 'failed':
      return attempt.failure?.message(telling);
    case 'timed_out':
      return `stopped after ${Math.round((spec.timedOut?.afterSeconds ?? 0) / 60)} minutes, its limit`;
    default:
      return attempt.message;
  }
}

function counts({ spec, telling }: PlannedRun, attempt: PlannedAttempt): object | undefined {
  if (!spec.records && !['replication', 'export', 'import'].includes(spec.config.type ?? '')) {
    return undefined;
  }
  if (spec.records && attempt.status === 'succeeded') {
    return countRecords(spec.records(telling));
  }
  return attempt.status === 'succeeded'
    ? { data: { success: telling.volume - telling.failures, failure: telling.failures } }
    : undefined;
}

function countRecords(records: ReadonlyArray<{ phase: 'metadata' | 'data'; outcome: 'success' | 'failure' }>) {
  const counted = { metadata: { success: 0, failure: 0 }, data: { success: 0, failure: 0 } };
  records.forEach(({ phase, outcome }) => counted[phase][outcome]++);
  return counted;
}

function stepOf(failed: string | undefined, error: string | undefined) {
  return ({ spec, status, startedAt, finishedAt }: PlannedStep) => ({
    step: spec.step,
    title: spec.title,
    status,
    started_at: iso(startedAt),
    finished_at: iso(finishedAt),
    error: spec.step === failed ? error : undefined,
  });
}

function triggerOf({ spec }: PlannedRun): string {
  return spec.config.schedule ? 'schedule' : 'event';
}

function iso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
