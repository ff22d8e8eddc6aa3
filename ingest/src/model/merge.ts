import { groupBy } from '../collections.js';
import type { AttemptAnswer, StepAnswer } from './answer.js';
import { OPEN_STATUSES, type JsonObject, type RunError, type Status } from './common.js';
import { RANK, type Acknowledged, type EventBody, type Note, type RunEvent } from './event.js';
import { stringifyJson } from './json.js';
import type { StepInput } from './step.js';

/** The state of a run: what all its events together say. Times are epoch milliseconds. */
export interface MergedRun {
  attempt: number;
  status: Status;
  status_text: string | null;
  at: number | null;
  counted_at: number | null;
  queued_at: number | null;
  started_at: number | null;
  finished_at: number | null;
  title: string | null;
  type: string | null;
  user: string | null;
  message: string | null;
  url: string | null;
  error: RunError | null;
  counts: JsonObject;
  parent: JsonObject | null;
  called_by: JsonObject | null;
  tags: Record<string, string>;
  source: JsonObject;
  metadata: JsonObject;
  data: JsonObject;
  report: JsonObject;
  recommended_actions: string[];
  original: JsonObject;
  steps: StepAnswer[];
  /** Where there was more than one: a single attempt is the run itself. */
  attempts: AttemptAnswer[];
  notes: Note[];
  acknowledged: Acknowledged | null;
  /** How many different events this state knows. */
  events: number;
}

/** Fields that a new attempt starts afresh; all others outlive it. */
const PER_ATTEMPT = new Set<keyof EventBody>([
  'status',
  'status_text',
  'queued_at',
  'started_at',
  'finished_at',
  'message',
  'error',
  'counts',
  'steps',
]);
const outlives = (field: keyof EventBody) => !PER_ATTEMPT.has(field);
const MERGED_BY_KEY = new Set<keyof EventBody>([
  'error',
  'counts',
  'tags',
  'source',
  'metadata',
  'data',
  'report',
  'parent',
  'called_by',
  'original',
]);

/**
 * Merges a run's events into its state. The order in which they came and how often makes no difference: they count in
 * the order (attempt, rank, time, hash), each once.
 */
export function mergeRun(received: readonly RunEvent[]): MergedRun {
  const events = inOrder(received);
  const attempts = [...groupBy(events, (event) => event.attempt).values()].map(withoutOverruled);
  const states = attempts.map((attempt) => mergeBodies(attempt));
  const last = states.at(-1) ?? {};
  const current = states.length === 1 ? last : { ...mergeBodies(events, outlives), ...pickPerAttempt(last) };
  const newest = attempts.at(-1) ?? [];
  const times = timesOf(current);
  const status = statusOf(current);
  // Not as arguments of one call: a run may have more events than those can be.
  const firstEvent = events.reduce<number | null>((first, { time }) => earlier(first, time), null);
  // A file's event is of the time of receipt, which may be years after what it tells of.
  const at = times.started_at ?? times.queued_at ?? earlier(firstEvent, times.finished_at);
  const decided = newest.findLast((event) => event.body.status !== undefined)?.time ?? null;
  return {
    attempt: newest[0]?.attempt ?? 1,
    status,
    status_text: sound(current.status_text),
    at,
    counted_at: OPEN_STATUSES.includes(status) ? at : (times.finished_at ?? decided ?? at),
    ...times,
    title: sound(current.title),
    type: sound(current.type),
    user: sound(current.user),
    message: sound(current.message),
    url: sound(current.url),
    error: current.error ? soundTexts(current.error) : null,
    counts: { ...current.counts },
    parent: current.parent ?? null,
    called_by: current.called_by ?? null,
    tags: soundTexts(current.tags ?? {}),
    source: soundTexts(current.source ?? {}),
    metadata: current.metadata ?? {},
    data: current.data ?? {},
    report: current.report ?? {},
    recommended_actions: current.recommended_actions ?? [],
    original: current.original ?? {},
    steps: mergeSteps(newest),
    notes: events.flatMap((event) => event.body.notes ?? []),
    acknowledged: acknowledgement(current.acknowledged),
    attempts:
      states.length > 1 ? states.map((state, index) => toAttempt(attempts[index]?.[0]?.attempt ?? 1, state)) : [],
    events: events.length,
  };
}

const earlier = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** What stands in columns has to be UTF-8: half a surrogate pair, which JSON can say, is none, and would stop the store. */
const sound = (text: string | null | undefined) => text?.toWellFormed() ?? null;

function soundTexts<T extends object>(object: T): T {
  const entries = Object.entries(object).map(([name, value]: [string, unknown]) => [
    name.toWellFormed(),
    typeof value === 'string' ? value.toWellFormed() : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** What the service said of an attempt, such as that it timed out, says nothing once its end was reported. */
function withoutOverruled(attempt: readonly RunEvent[]): RunEvent[] {
  const isReported = attempt.some(({ rank, body }) => rank > RANK.byService && body.status !== undefined);
  return attempt.filter(({ rank }) => !isReported || rank !== RANK.byService);
}

/** Each event once (the earliest of its repetitions), in the order in which they count. */
function inOrder(received: readonly RunEvent[]): readonly RunEvent[] {
  if (received.length < 2) {
    return received;
  }
  const once = new Map<string, RunEvent>();
  for (const event of received) {
    const known = once.get(event.hash);
    if (!known || event.time < known.time) {
      once.set(event.hash, event);
    }
  }
  return [...once.values()].sort(
    (a, b) => a.attempt - b.attempt || a.rank - b.rank || a.time - b.time || (BigInt(a.hash) < BigInt(b.hash) ? -1 : 1)
  );
}

function mergeBodies(events: readonly RunEvent[], takes: (field: keyof EventBody) => boolean = () => true): EventBody {
  const state: Record<string, unknown> = {};
  for (const { body } of events) {
    body.replaces?.filter(takes).forEach((field) => delete state[field]);
    for (const [name, value] of Object.entries(body)) {
      const field = name as keyof EventBody;
      if (takes(field) && field !== 'replaces') {
        state[field] = MERGED_BY_KEY.has(field) ? mergeObjects(state[field], value) : value;
      }
    }
  }
  return state as EventBody;
}

/** Merges by top-level key; a null inside changes nothing, like an absent key. */
function mergeObjects(known: unknown, added: unknown): unknown {
  const kept = Object.entries(added as JsonObject).filter(([, value]) => value !== null && value !== undefined);
  return { ...(known as JsonObject | undefined), ...Object.fromEntries(kept) };
}

function pickPerAttempt(body: EventBody): EventBody {
  return Object.fromEntries(Object.entries(body).filter(([name]) => PER_ATTEMPT.has(name as keyof EventBody)));
}

function timesOf(body: Pick<EventBody, 'queued_at' | 'started_at' | 'finished_at'>) {
  return {
    queued_at: body.queued_at ?? null,
    started_at: body.started_at ?? null,
    finished_at: body.finished_at ?? null,
  };
}

/** What no event said in a word, its times say: finished somehow, waiting, or running. */
function statusOf(body: Pick<EventBody, 'status' | 'queued_at' | 'started_at' | 'finished_at'>): Status {
  if (body.status !== undefined) {
    return body.status;
  }
  if (body.finished_at !== undefined) {
    return 'unknown';
  }
  return body.queued_at !== undefined && body.started_at === undefined ? 'pending' : 'running';
}

function toAttempt(attempt: number, state: EventBody): AttemptAnswer {
  return {
    attempt,
    status: statusOf(state),
    started_at: toIso(state.started_at),
    finished_at: toIso(state.finished_at),
    duration_ms: duration(state),
    message: sound(state.message),
    error: state.error ? soundTexts(state.error) : null,
  };
}

function acknowledgement(said: EventBody['acknowledged']): Acknowledged | null {
  return said === undefined || 'cleared' in said ? null : said;
}

/** finished − started in milliseconds, negative where the sender's clock says so; null without both. */
export function duration(times: { started_at?: number | null; finished_at?: number | null }): number | null {
  const { started_at: started, finished_at: finished } = times;
  return typeof started === 'number' && typeof finished === 'number' ? finished - started : null;
}

function mergeSteps(events: readonly RunEvent[]): StepAnswer[] {
  const parts = events.flatMap((event) =>
    (event.body.steps ?? []).map((step) => ({ step, time: stepTime(step, event) }))
  );
  const order = [...new Set(parts.map(({ step }) => step.step))];
  const byStep = groupBy(parts, ({ step }) => step.step);
  return order
    .map((id) => mergeStep(id, byStep.get(id) ?? []))
    .sort((a, b) => (a.started_at ?? '9').localeCompare(b.started_at ?? '9'));
}

function stepTime(step: StepInput, event: RunEvent): number {
  return step.time ?? step.finished_at ?? step.started_at ?? event.time;
}

function mergeStep(id: string, parts: Array<{ step: StepInput; time: number }>): StepAnswer {
  const rank = (step: StepInput) => (step.status && !OPEN_STATUSES.includes(step.status) ? 1 : 0);
  const sorted = [...parts].sort(
    (a, b) =>
      rank(a.step) - rank(b.step) || a.time - b.time || stringifyJson(a.step).localeCompare(stringifyJson(b.step))
  );
  const state: Partial<StepInput> = {};
  for (const { step } of sorted) {
    for (const [name, value] of Object.entries(step)) {
      if (value !== null && value !== undefined) {
        const known = state[name];
        state[name] = name === 'metadata' || name === 'error' ? mergeObjects(known, value) : value;
      }
    }
  }
  const { step: _step, parent, title, status_text, started_at, finished_at, error, metadata, ...rest } = state;
  const { status: _status, time: _time, ...unknown } = rest;
  return {
    step: id,
    parent: parent ?? null,
    title: title ?? null,
    status: statusOf({
      status: state.status ?? undefined,
      started_at: started_at ?? undefined,
      finished_at: finished_at ?? undefined,
    }),
    status_text: status_text ?? null,
    started_at: toIso(started_at),
    finished_at: toIso(finished_at),
    duration_ms: duration({ started_at, finished_at }),
    error: error ?? null,
    metadata: { ...unknown, ...metadata },
  };
}

/** RFC 3339 in UTC with milliseconds. */
export function toIso(ms: number | null | undefined): string | null {
  return typeof ms === 'number' ? new Date(ms).toISOString() : null;
}
