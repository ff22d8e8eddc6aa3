import type { StepAnswer } from '../model/answer.js';
import { PLAIN_STATUS } from '../model/words.js';
import type { JsonObject, Status } from '../model/common.js';
import { BASIQ_STATUS } from '../receivers/basiq.js';
import { readTimeSchema } from '../receivers/times.js';
import type { WholeRun } from '../reads/whole.js';

/** A run as Basiq's job resource. */
export interface BasiqJob {
  type: 'job';
  id: string;
  created: string;
  updated: string;
  /** These two not where Basiq itself gave none. */
  jobType?: string;
  status?: string;
  institution?: unknown;
  partnerId?: unknown;
  applicationId?: unknown;
  steps: Array<{ title: string; status: string; result: unknown }>;
  links: { self: string; source?: string };
}

/** @param base where this service's Basiq API stands, such as `http://127.0.0.1:8080/v1/basiq` */
export function toBasiqJob(run: WholeRun, base: string): BasiqJob {
  return run.source['system'] === 'basiq' ? ownJob(run, base) : foreignJob(run, base);
}

/** What came from Basiq goes out as it was written, for as long as the run still says the same. */
function ownJob(run: WholeRun, base: string): BasiqJob {
  const { source, status, status_text, metadata } = run;
  const written = Object(run.original['basiq']) as JsonObject;
  const { type: _type, id: _id, links: _links, jobType, ...others } = written;
  const { created = others['createdDate'], updated = others['updatedDate'] } = others;
  const hasStatus = status_text !== '' && (status !== 'unknown' || typeof written['status'] === 'string');
  return {
    type: 'job',
    id: run.run,
    ...others,
    created: writtenTime(created, run.queued_at ?? run.at),
    updated: writtenTime(updated, run.finished_at ?? readTimeSchema.safeParse(updated).data?.ms ?? run.at),
    ...(jobType === undefined ? {} : { jobType: run.type }),
    ...(hasStatus ? { status: wordFor(status, status_text) } : {}),
    steps: run.steps.map(ownStep),
    links: { self: run.url ?? selfOf(run, base), ...linkOf(source['url']), ...(Object(metadata['links']) as object) },
  };
}

function ownStep({ step, title, status, status_text, metadata }: StepAnswer): BasiqJob['steps'][number] {
  return { title: title ?? step, status: wordFor(status, status_text), result: null, ...metadata };
}

function foreignJob(run: WholeRun, base: string): BasiqJob {
  return {
    type: 'job',
    id: run.run,
    created: timeText(run.queued_at ?? run.at),
    updated: timeText(run.finished_at ?? run.at),
    jobType: run.type || run.job,
    status: wordFor(run.status, null),
    steps: run.steps.length > 0 ? run.steps.map(toStep) : [onlyStep(run)],
    links: linksOf(run, base),
  };
}

function toStep({ step, title: said, status, error }: StepAnswer): BasiqJob['steps'][number] {
  const title = said ?? step;
  return {
    title,
    status: wordFor(status, null),
    result: error ? { code: error.type ?? 'unknown-error', title, detail: error.message ?? '' } : null,
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

/** A time as it was written, while it is still that time. */
function writtenTime(written: unknown, ms: number): string {
  return typeof written === 'string' && readTimeSchema.safeParse(written).data?.ms === ms ? written : timeText(ms);
}

/** Basiq writes milliseconds only where there are some. */
const timeText = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
