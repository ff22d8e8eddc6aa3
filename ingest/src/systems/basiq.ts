import type { StepAnswer } from '../model/answer.js';
import { PLAIN_STATUS } from '../model/words.js';
import type { Status } from '../model/common.js';
import { BASIQ_STATUS } from '../receivers/basiq.js';
import type { WholeRun } from '../reads/whole.js';

/** A run as Basiq's job resource. */
export interface BasiqJob {
  type: 'job';
  id: string;
  created: string;
  updated: string;
  jobType: string;
  /** Only where the job said one, or has no steps that would. */
  status?: string;
  institution?: unknown;
  partnerId?: unknown;
  applicationId?: unknown;
  steps: Array<{ title: string; status: string; result: unknown }>;
  links: { self: string; source: string };
}

/** @param base where this service's Basiq API stands, such as `http://127.0.0.1:8080/v1/basiq` */
export function toBasiqJob(run: WholeRun, base: string): BasiqJob {
  const { source, metadata } = run;
  const updated = Math.max(run.finished_at ?? numberOr(metadata['updated'], run.at), run.queued_at ?? run.at);
  const own = source['system'] === 'basiq';
  return {
    type: 'job',
    id: run.run,
    created: timeText(run.queued_at ?? run.at),
    updated: timeText(updated),
    jobType: run.type || run.job,
    ...(own ? pick(metadata, 'partnerId', 'applicationId') : {}),
    ...(run.steps.length === 0 || (own && run.status_text !== '' && run.status !== 'unknown')
      ? { status: wordFor(run.status, run.status_text) }
      : {}),
    ...pick(source, 'institution'),
    steps: run.steps.map(toStep),
    links: {
      self: own && run.url ? run.url : `${base}/jobs/${encodeURIComponent(run.run)}`,
      source: typeof source['url'] === 'string' ? source['url'] : sourceOf(run, base),
    },
  };
}

function toStep(step: StepAnswer): BasiqJob['steps'][number] {
  const { error, metadata } = step;
  return {
    title: step.title ?? step.step,
    status: wordFor(step.status, step.status_text),
    result:
      metadata['result'] ??
      (error
        ? { code: error.type ?? 'unknown-error', title: step.title ?? step.step, detail: error.message ?? '' }
        : null),
  };
}

/** The word that Basiq sent, while it still means the same; else Basiq's word for ours. */
function wordFor(status: Status, word: string | null): string {
  if (word && (BASIQ_STATUS[word.toLowerCase()] ?? 'unknown') === status) {
    return word;
  }
  return status === 'running' ? 'in-progress' : PLAIN_STATUS[status];
}

/** What made the job: the connection that it worked on, else its job here. */
function sourceOf({ user, source, job }: WholeRun, base: string): string {
  const { connection } = source;
  return typeof connection === 'string' && connection !== ''
    ? `${base}/users/${encodeURIComponent(user)}/connections/${encodeURIComponent(connection)}`
    : `${base.replace(/\/basiq$/, '')}/jobs/${encodeURIComponent(job)}`;
}

/** Basiq writes milliseconds only where there are some. */
const timeText = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

function pick(from: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
