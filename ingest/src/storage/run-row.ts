import { FAILURE_STATUSES, OPEN_STATUSES } from '../model/common.js';
import { runKey, type RunEvent } from '../model/event.js';
import { fingerprint } from '../model/fingerprint.js';
import { ExactNumber, stringifyJson } from '../model/json.js';
import { duration, mergeRun, type MergedRun } from '../model/merge.js';
import type { RunId } from './sql.js';

export type EventRow = RunEvent & { received: number };

export interface LineFacts {
  job: string;
  run: string;
  /** How many there are, and how many came: some came again, or are gone. */
  lines: number;
  came: number;
  by_level: Record<string, number>;
  first_error: string;
  last_error: string;
  first_time: number;
  received: number;
}

export interface RecordFacts {
  job: string;
  run: string;
  records: Record<string, number>;
  received: number;
}

export interface Place {
  job: string;
  run: string;
  at: number;
  version: string;
}

/** All that is stored of a run. */
export interface Known {
  events: readonly EventRow[];
  /** How many there are, where not all of them were read. */
  count: number | undefined;
  lines: LineFacts | undefined;
  records: RecordFacts | undefined;
}

/** The row of `runs` that says what is known of a run. */
export function runRow(tenant: string, id: RunId, known: Known) {
  const run = mergeRun(known.events);
  // Not as arguments of one call: a run may have more events than those can be.
  const received = known.events.reduce(
    (first, event) => Math.min(first, event.received),
    Math.min(known.lines?.received ?? Infinity, known.records?.received ?? Infinity)
  );
  const at = run.at ?? known.lines?.first_time ?? received;
  const failed = FAILURE_STATUSES.includes(run.status);
  const errorMessage = run.error?.message ?? (failed ? (run.message ?? known.lines?.first_error ?? '') : '');
  const lines = known.lines?.lines ?? 0;
  const facts = (known.lines?.came ?? 0) + Object.values(known.records?.records ?? {}).reduce((sum, n) => sum + n, 0);
  return {
    tenant,
    job: id.job,
    run: id.run,
    key: runKey(tenant, id.job, id.run),
    // Times go in as integers: ClickHouse takes a number as the column's milliseconds.
    at,
    attempt: run.attempt,
    status: run.status,
    status_text: run.status_text ?? '',
    queued_at: run.queued_at,
    started_at: run.started_at,
    finished_at: run.finished_at,
    duration_ms: duration(run),
    counted_at: OPEN_STATUSES.includes(run.status) ? at : (run.counted_at ?? at),
    title: run.title ?? '',
    type: run.type ?? '',
    user: run.user ?? '',
    message: run.message ?? '',
    error_type: run.error?.type ?? '',
    error_message: run.error?.message ?? '',
    fingerprint: failed ? fingerprint(run.error?.type ?? '', errorMessage ?? '') : '0',
    tags: run.tags,
    connection: connectionOf(run),
    lines,
    lines_by_level: known.lines?.by_level ?? {},
    first_error_line: known.lines?.first_error ?? '',
    last_error_line: known.lines?.last_error ?? '',
    records: known.records?.records ?? {},
    hidden: Number(isKept(id, run)),
    detail: stringifyJson(detailOf(run)),
    received_at: received,
    settled_at: Date.now(),
    version: ((BigInt(known.count ?? run.events) << 32n) + BigInt(Math.min(facts, 0xffffffff))).toString(),
    is_deleted: 0,
  };
}
export type RunRow = ReturnType<typeof runRow>;

/** A slot that nobody seemed to keep, until a run came for it. */
const isKept = ({ run: id }: RunId, run: MergedRun) =>
  id.startsWith('slot-') &&
  (run.status === 'missed' || run.status === 'unknown') &&
  run.metadata['resolved_by'] !== undefined;

/** What has no column of its own. */
const DETAIL_FIELDS = [
  'error',
  'counts',
  'parent',
  'called_by',
  'source',
  'metadata',
  'data',
  'report',
  'recommended_actions',
  'original',
  'url',
  'steps',
  'attempts',
  'notes',
  'acknowledged',
] as const;

function detailOf(run: MergedRun) {
  return Object.fromEntries(DETAIL_FIELDS.filter((name) => isSaid(run[name])).map((name) => [name, run[name]]));
}

const isSaid = (value: object | string | null) =>
  value !== null && (typeof value === 'string' || Object.keys(value).length > 0);

function connectionOf(run: MergedRun): string {
  const connection = run.source['connection'];
  return typeof connection === 'string' || typeof connection === 'number' || connection instanceof ExactNumber
    ? String(connection)
    : '';
}

/** A run's time is part of its row's key: where it changed, the rows at other times go. */
export function tombstones(row: RunRow, places: readonly Place[]): RunRow[] {
  const version = places.map((place) => place.version).reduce(maxText, row.version);
  const others = new Set(places.map(({ at }) => at).filter((at) => at !== row.at));
  return [...others].map((at) => ({ ...row, at, version, is_deleted: 1, detail: '' }));
}

function maxText(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? a : b;
}
