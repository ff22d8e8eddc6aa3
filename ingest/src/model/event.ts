import { hash } from 'node:crypto';
import { stringifyJson } from './json.js';
import { OPEN_STATUSES, type JsonObject, type RunError, type Status } from './common.js';
import { RUN_EVENT_FIELDS, type RunEventInput } from './run.js';
import type { StepEvent, StepInput } from './step.js';

/** Which event wins within an attempt: the higher rank, then the later time, then the greater hash. */
export const RANK = { open: 0, byService: 1, reported: 2, byOperator: 3 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/** What an event says: the fields of a run that are neither absent nor null. Times are epoch milliseconds. */
export interface EventBody {
  status?: Status;
  status_text?: string;
  queued_at?: number;
  started_at?: number;
  finished_at?: number;
  title?: string;
  type?: string;
  user?: string;
  message?: string;
  error?: RunError;
  counts?: JsonObject;
  parent?: JsonObject;
  called_by?: JsonObject;
  tags?: Record<string, string>;
  steps?: StepInput[];
  source?: JsonObject;
  metadata?: JsonObject;
  data?: JsonObject;
  report?: JsonObject;
  recommended_actions?: string[];
  url?: string;
  /** What the sender's own format said, by the format's name, for its way out to say again as it was written. */
  original?: JsonObject;
  /** Fields of which this event is the whole word: what events before it said of them goes. */
  replaces?: ReadonlyArray<keyof EventBody>;
  /** Only operators write these two: `PATCH …/runs/{run}`. */
  notes?: Note[];
  acknowledged?: Acknowledged | { cleared: true };
}

/** What somebody wrote about a run. Times are RFC 3339. */
export interface Note {
  by: string;
  at: string;
  text: string;
}

/** Somebody has seen that a run failed and looks after it, until a time or for good. Times are RFC 3339. */
export interface Acknowledged {
  by: string;
  at: string;
  until: string | null;
  note: string | null;
}

/** A run event as it is stored: whose it is, where it stands among the others, and what it says. */
export interface RunEvent {
  job: string;
  run: string;
  attempt: number;
  rank: Rank;
  /** `time`, else the newest of finished, started, queued, else the time of receipt. Epoch milliseconds. */
  time: number;
  /** Decimal text of 64 bits over the content: the same event sent again has the same. */
  hash: string;
  body: EventBody;
}

/**
 * Turns a checked run event into what is stored. Unknown fields go to `metadata`, where a field of the same name that
 * was sent inside `metadata` wins.
 */
export function toRunEvent(input: RunEventInput, run: string, receivedAt: number, rank?: Rank): RunEvent {
  const body: Record<string, unknown> = {};
  const unknown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === null || value === undefined || IDENTITY.has(name)) {
      continue;
    }
    (RUN_EVENT_FIELDS.has(name) ? body : unknown)[name] = value;
  }
  if (Object.keys(unknown).length > 0) {
    body['metadata'] = { ...unknown, ...input.metadata };
  }
  const attempt = input.attempt ?? 1;
  const times = [input.finished_at, input.started_at, input.queued_at].filter((time) => typeof time === 'number');
  return {
    job: input.job,
    run,
    attempt,
    rank: rank ?? rankOf(input.status ?? undefined),
    time: input.time ?? (times.length > 0 ? Math.max(...times) : receivedAt),
    hash: hashOf([attempt, rank, input.time ?? null, body]),
    body: body as EventBody,
  };
}

/** What a system that tells of a job as a whole says of it now: an error that it no longer tells of is none any more. */
const TOLD: ReadonlyArray<keyof EventBody> = ['message', 'error'];

/** A run event of another system, with what only that system's own form has a place for. */
export function toForeignEvent(
  input: RunEventInput,
  run: string,
  receivedAt: number,
  original: JsonObject | undefined
): RunEvent {
  const event = toRunEvent(input, run, receivedAt);
  const body = { ...event.body, ...(original ? { original } : {}), ...(event.body.status ? { replaces: TOLD } : {}) };
  return { ...event, hash: hashOf([event.attempt, event.rank, input.time ?? null, body]), body };
}

/** What a file says of a run, and if it says nothing of one of them, that is what it says. */
const STATED: ReadonlyArray<keyof EventBody> = [
  'status',
  'status_text',
  'started_at',
  'finished_at',
  'title',
  'message',
  'error',
  'report',
  'metadata',
  'parent',
  'called_by',
];

/** A run as a file states it, whole. Of two files the one that was received last counts, whatever their times. */
export function toStatedEvent(input: RunEventInput, run: string, receivedAt: number, original: JsonObject): RunEvent {
  const { body: said, ...event } = toRunEvent(input, run, receivedAt);
  const body: EventBody = { ...said, original, replaces: STATED };
  return { ...event, time: receivedAt, hash: hashOf([event.attempt, event.rank, null, body]), body };
}

const IDENTITY = new Set(['job', 'run', 'attempt', 'time']);

/** A step sent on its own is an event of its run that says nothing but the step. */
export function toStepEvent(input: StepEvent, receivedAt: number): RunEvent {
  const { job, run, attempt, ...step } = input;
  const time = step.time ?? step.finished_at ?? step.started_at ?? undefined;
  return toRunEvent({ job, run, attempt, time, steps: [step] }, run, receivedAt, RANK.open);
}

/** What an operator says of a run: it stands above all that was reported. */
export function toOperatorEvent(
  place: { job: string; run: string },
  attempt: number,
  at: number,
  body: EventBody
): RunEvent {
  const rank = RANK.byOperator;
  return { job: place.job, run: place.run, attempt, rank, time: at, hash: hashOf([attempt, rank, at, body]), body };
}

function rankOf(status: Status | undefined): Rank {
  return status === undefined || OPEN_STATUSES.includes(status) ? RANK.open : RANK.reported;
}

function hashOf(content: unknown): string {
  return hash('sha1', stringifyJson(content), 'buffer').readBigUInt64BE().toString();
}

/** The URL-safe 128-bit key of a run: a UUID made from tenant, job and run. */
export function runKey(tenant: string, job: string, run: string): string {
  return uuidFrom([tenant, job, run]);
}

/** A UUID (version 8) made from values: the same values make the same one. */
export function uuidFrom(values: ReadonlyArray<string | number>): string {
  const hex = hash('sha256', JSON.stringify(values), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
