import type { DataFrame } from '@grafana/data';
import { readRows, type Row } from '../client/frames';
import { parseJson, toNumber, toStringMap, toText } from './narrow';
import { toStatus, type Status } from './status';

/** A run as the list shows it. Times are epoch milliseconds, durations milliseconds. */
export interface RunRow {
  key: string;
  job: string;
  run: string;
  status: Status;
  at: number;
  startedAt?: number;
  finishedAt?: number;
  duration?: number;
  /** The job's median of succeeded runs. */
  usual?: number;
  user?: string;
  connection?: string;
  type?: string;
  title?: string;
  message?: string;
  errorType?: string;
  errorLine?: string;
  attempt: number;
  lines: number;
  errorLines: number;
  tags: Record<string, string>;
}

/** The rows of a `runs` frame. */
export function toRunRows(frame: DataFrame | undefined): RunRow[] {
  return readRows(frame).map(toRunRow);
}

function toRunRow(cell: Row): RunRow {
  return {
    key: toText(cell('key')) ?? '',
    job: toText(cell('job')) ?? '',
    run: toText(cell('run')) ?? '',
    status: toStatus(cell('status')),
    at: toNumber(cell('at')) ?? 0,
    startedAt: toNumber(cell('started_at')),
    finishedAt: toNumber(cell('finished_at')),
    duration: toNumber(cell('duration')),
    usual: toNumber(cell('usual')),
    user: toText(cell('user')),
    connection: toText(cell('connection')),
    type: toText(cell('type')),
    title: toText(cell('title')),
    message: toText(cell('message')),
    errorType: toText(cell('error_type')),
    errorLine: toText(cell('error_line')),
    attempt: toNumber(cell('attempt')) ?? 1,
    lines: toNumber(cell('lines')) ?? 0,
    errorLines: toNumber(cell('error_lines')) ?? 0,
    tags: toStringMap(parseJson(cell('tags'))),
  };
}

const HASH = /^[0-9a-f-]{20,}$/i;

/** A hash or UUID is told apart by its first eight characters; any other id says something and is kept whole. */
export function shortId(id: string): string {
  return HASH.test(id) ? `${id.slice(0, 8)}…` : id;
}

/** How long a run took, or has taken so far. */
export function elapsed(run: { duration?: number; startedAt?: number; status: Status }, now: number) {
  if (run.duration !== undefined) {
    return run.duration;
  }
  return run.status === 'running' && run.startedAt !== undefined ? Math.max(0, now - run.startedAt) : undefined;
}
