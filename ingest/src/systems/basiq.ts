import type { StepAnswer } from '../model/answer.js';
import { PLAIN_STATUS } from '../model/words.js';
import type { JsonObject, Status } from '../model/common.js';
import { BASIQ_STATUS } from '../receivers/basiq.js';
import type { WholeRun } from '../reads/whole.js';

/** A run as Basiq's job resource. */
export interface BasiqJob {
  type: 'job';
  id: string;
  created: string;
  updated: string;
  jobType: string;
  /** Not where Basiq itself gave none. */
  status?: string;
  institution?: unknown;
  partnerId?: unknown;
  applicationId?: unknown;
  steps: Array<{ title: string; status: string; result: unknown }>;
  links: { self: string; source?: string };
}

/** @param base where this service's Basiq API stands, such as `http://127.0.0.1:8080/v1/basiq` */
export function toBasiqJob(run: WholeRun, base: string): BasiqJob {
  const { source, metadata, original } = run;
  const { updated } = Object(original['basiq']) as JsonObject;
  const own = source['system'] === 'basiq';
  return {
    type: 'job',
    id: run.run,
    created: timeText(run.queued_at ?? run.at),
    updated: timeText(run.finished_at ?? numberOr(updated, run.at)),
    jobType: run.type || run.job,
    ...(own ? pick(metadata, 'partnerId', 'applicationId') : {}),
    ...(own && (run.status_text === '' || run.status === 'unknown')
      ? {}
      : { status: wordFor(run.status, own ? run.status_text : null) }),
    ...(own ? pick(source, 'institution') : {}),
    steps: run.steps.length > 0 || own ? run.steps.map((step) => toStep(step, own)) : [onlyStep(run)],
    links: own ? { self: run.url ?? selfOf(run, base), ...linkOf(source['url']) } : linksOf(run, base),
  };
}

function toStep(step: StepAnswer, own: boolean): BasiqJob['steps'][number] {
  const { error, metadata } = step;
  const title = step.title ?? step.step;
  return {
    title,
    status: wordFor(step.status, own ? step.status_text : null),
    result:
      (own ? metadata['result'] : undefined) ??
      (error ? { code: error.type ?? 'unknown-error', title, detail: error.message ?? '' } : null),
  };
}

/** Basiq's clients find a job's outcome in its steps: a run without any is one step itself. */
function onlyStep({ title, type, job, status, error, message }: WholeRun): BasiqJob['steps'][number] {
  const name = title || type || job;
  const failed = PLAIN_STATUS[status] === 'failed';
  const detail = error?.message ?? message;
  return {
    title: name,
    status: wordFor(status, null),
    result: failed ? { code: error?.type ?? 'unknown-error', title: name, detail } : null,
  };
}

/** The word that Basiq sent, while it still means the same; else Basiq's word for ours. */
function wordFor(status: Status, word: string | null): string {
  if (word && (BASIQ_STATUS.get(word.toLowerCase()) ?? 'unknown') === status) {
    return word;
  }
  return status === 'running' ? 'in-progress' : PLAIN_STATUS[status];
}

const selfOf = ({ run }: WholeRun, base: string) => `${base}/jobs/${encodeURIComponent(run)}`;

const linkOf = (source: unknown) => (typeof source === 'string' ? { source } : {});

/** Where a run of another system is to be had here, and what made it: the connection that it worked on, else its job. */
function linksOf(run: WholeRun, base: string): BasiqJob['links'] {
  const { connection } = run.source;
  const source =
    typeof connection === 'string' && connection !== ''
      ? `${base}/users/${encodeURIComponent(run.user)}/connections/${encodeURIComponent(connection)}`
      : `${base.replace(/\/basiq$/, '')}/jobs/${encodeURIComponent(run.job)}`;
  return { self: selfOf(run, base), source };
}

/** Basiq writes milliseconds only where there are some. */
const timeText = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);

function pick(from: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
