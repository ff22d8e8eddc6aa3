import { z } from 'zod';
import { nameSchema, OPEN_STATUSES, type JsonObject, type Status } from '../model/common.js';
import type { StepInput } from '../model/step.js';
import { eventReceiver, type NamedRun } from './receiver.js';
import { readTimeSchema, repairsOf } from './times.js';
import { wordSchema } from './words.js';

/** Basiq's words for the status of a step, and of a job where it says one. */
export const BASIQ_STATUS: ReadonlyMap<string, Status> = new Map([
  ['pending', 'pending'],
  ['in-progress', 'running'],
  ['success', 'succeeded'],
  ['failed', 'failed'],
]);

const stepSchema = z.looseObject({
  title: z.literal('').or(nameSchema).nullish(),
  status: wordSchema.nullish(),
  /** A link to what was made, an error, an MFA challenge, or a list of them. */
  result: z.unknown().optional(),
});

/** Basiq's job resource, as `GET /jobs/{id}` answers it; reports write their times in other fields. */
const jobSchema = z.looseObject({
  type: z.literal('job').nullish(),
  id: nameSchema,
  created: readTimeSchema.nullish(),
  updated: readTimeSchema.nullish(),
  createdDate: readTimeSchema.nullish(),
  updatedDate: readTimeSchema.nullish(),
  jobType: wordSchema.nullish(),
  status: wordSchema.nullish(),
  steps: z.array(stepSchema).max(1000).nullish(),
  institution: z.unknown().optional(),
  links: z.looseObject({ self: z.string().nullish(), source: z.string().nullish() }).nullish(),
});
type Job = z.output<typeof jobSchema>;

/** How Basiq's Job History describes a job that went well. */
const REFRESHED =
  'This job successfully refreshed the connection data from the financial institution. All data is synchronized and available for use.';

/** Basiq's jobs: what was done on a connection. */
export const basiq = eventReceiver({
  name: 'basiq',
  summary: "Send Basiq's jobs",
  schema: jobSchema,
  kind: 'jobType',
  listed: (value) => {
    const { type, data } = Object(value) as Record<string, unknown>;
    return type === 'list' && Array.isArray(data) ? data : undefined;
  },
  toRun,
});

function toRun(job: Job): NamedRun {
  const { type: _type, id, jobType, status: word, steps: given, institution, links, ...others } = job;
  const { self, source, ...otherLinks } = links ?? {};
  const { created: c1, updated: u1, createdDate, updatedDate, ...rest } = others;
  const created = c1 ?? createdDate;
  const updated = u1 ?? updatedDate;
  const steps = toSteps(given ?? []);
  const { status, text } = statusOf(word, steps);
  const isFinal = status !== undefined && !OPEN_STATUSES.includes(status);
  const failed = steps.find((step) => step.status === 'failed');
  const repairs = repairsOf({ created, updated });
  const kind = jobType || kindOf(source, given ?? []);
  const place = placeIn([source, ...(given ?? []).flatMap(({ result }) => urlsIn(result))]);
  return {
    job: `basiq/${kind}`,
    run: id,
    status,
    status_text: text,
    time: updated?.ms ?? created?.ms,
    queued_at: created?.ms,
    started_at: status === undefined || status === 'pending' ? undefined : created?.ms,
    finished_at: isFinal ? updated?.ms : undefined,
    type: kind,
    user: place.user,
    message: failed?.error?.message ?? (status === 'succeeded' && kind === 'connection' ? REFRESHED : undefined),
    error: failed?.error ? { ...failed.error, step: failed.step } : undefined,
    steps,
    url: self,
    source: { system: 'basiq', connection: place.connection, institution, url: source },
    metadata: {
      ...rest,
      ...(Object.keys(otherLinks).length > 0 ? { links: otherLinks } : {}),
      ...(repairs.length > 0 ? { repairs } : {}),
    },
    // An answer that says no time counts as the newest, and may know less than those before it.
    original: created || updated ? { basiq: asWritten(job) } : undefined,
  };
}

/** The job as it came, for its way out; its steps are kept apart. */
function asWritten({ steps: _steps, ...job }: Job): JsonObject {
  const { created, updated, createdDate, updatedDate } = job;
  const times = Object.entries({ created, updated, createdDate, updatedDate });
  return { ...job, ...Object.fromEntries(times.flatMap(([name, time]) => (time ? [[name, time.written]] : []))) };
}

/** Steps are known by their title; a second one of the same title, or one without, by its place. */
function toSteps(given: NonNullable<Job['steps']>): StepInput[] {
  const titles = new Set(given.map(({ title }) => title));
  const seen = new Set<string>();
  return given.map(({ title, status: word, result, ...rest }, index) => {
    const step = title && !seen.has(title) ? title : notAmong(titles, `${title || 'step'} ${index + 1}`);
    seen.add(step);
    const status = wordToStatus(word);
    return {
      step,
      title,
      status,
      status_text: word,
      error: status === 'failed' ? errorIn(result) : undefined,
      metadata: { ...rest, result },
    };
  });
}

const notAmong = (titles: ReadonlySet<unknown>, name: string): string =>
  titles.has(name) ? notAmong(titles, `${name}+`) : name;

const wordToStatus = (word: string | null | undefined): Status =>
  word ? (BASIQ_STATUS.get(word.toLowerCase()) ?? 'unknown') : 'pending';

/** A job is what it says itself, else what its steps say together. */
function statusOf(word: string | null | undefined, steps: readonly StepInput[]): { status?: Status; text?: string } {
  if (word) {
    return { status: wordToStatus(word), text: word };
  }
  if (steps.length === 0) {
    // The answer to a creation: it says that there is a job, and nothing else.
    return {};
  }
  const odd = steps.find((step) => step.status === 'unknown');
  const has = (status: Status) => steps.some((step) => step.status === status);
  if (has('failed')) {
    return { status: 'failed' };
  }
  if (odd) {
    return { status: 'unknown', text: odd.status_text ?? '' };
  }
  if (has('running')) {
    return { status: 'running' };
  }
  if (!has('succeeded')) {
    return { status: 'pending' };
  }
  return { status: has('pending') ? 'running' : 'succeeded' };
}

/** What kind of operation a job is that does not say so. Its steps are all there from the start, its links are not. */
function kindOf(source: string | null | undefined, steps: NonNullable<Job['steps']>): string {
  const said = [source, ...steps.map((step) => step.title)].join(' ');
  return /payment/.test(said) ? 'payment' : /report/.test(said) ? 'report' : 'connection';
}

function errorIn(result: unknown): NonNullable<StepInput['error']> {
  const first: unknown = firstOf(result);
  const { code, title, detail, details } = Object(first) as JsonObject;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    type: text(code),
    message: text(detail) ?? text(details) ?? text(title) ?? text(first) ?? 'Basiq gave no reason',
    ...(text(title) ? { title } : {}),
  };
}

/** Of a list of results, as an array or as Basiq answers lists, the first. */
function firstOf(result: unknown): unknown {
  const { type, data } = Object(result) as JsonObject;
  const list = type === 'list' ? data : result;
  return Array.isArray(list) ? list[0] : list;
}

function urlsIn(result: unknown): string[] {
  return [result].flat().flatMap((one) => {
    const { url } = Object(one) as JsonObject;
    return typeof url === 'string' ? [url] : [];
  });
}

/** Whose the job is and which connection it worked on, from the first address that says so. */
function placeIn(urls: ReadonlyArray<string | null | undefined>) {
  const first = (pattern: RegExp) =>
    urls.map((url) => pattern.exec(url ?? '')?.[1]).find((found) => found !== undefined);
  return { user: first(/\/users\/([^/?#]+)/), connection: first(/\/connections\/([^/?#]+)/) };
}
