import type { DataFrame } from '@grafana/data';
import { readRows } from '../../components/client/frames';
import { stripAnsi } from '../../components/model/ansi';
import { isRecord, parseJson, toNumber, toText } from '../../components/model/narrow';
import { t } from '../../i18n/t';

/** Runs that failed in the same way. Times are epoch milliseconds. */
export interface Failure {
  fingerprint: string;
  errorType?: string;
  message?: string;
  /** The first error line of the newest run. */
  line?: string;
  firstSeen: number;
  lastSeen: number;
  count: number;
  /** How many jobs it hit, and the most hit of them. */
  jobs: number;
  hit: Array<{ job: string; count: number }>;
  /** The newest run. */
  last: { key: string; job: string };
  isNew: boolean;
  /** Failures in each part of the range, the oldest first. */
  overTime: number[];
}

const MAX_LINE = 400;

/** The newest error line, else the message, as plain text. */
export function whatFailed({ line, message }: Failure): string {
  return stripAnsi((line ?? message ?? t('failures.no-message', 'no message')).slice(0, MAX_LINE));
}

export function readFailures(frame: DataFrame | undefined): Failure[] {
  return readRows(frame).map((row) => ({
    fingerprint: toText(row('fingerprint')) ?? '',
    errorType: toText(row('error_type')),
    message: toText(row('message')),
    line: toText(row('error_line')),
    firstSeen: toNumber(row('first_seen')) ?? 0,
    lastSeen: toNumber(row('last_seen')) ?? 0,
    count: toNumber(row('count')) ?? 0,
    jobs: toNumber(row('jobs')) ?? 0,
    hit: readHit(row('hit')),
    last: { key: toText(row('last_key')) ?? '', job: toText(row('job')) ?? '' },
    isNew: row('is_new') === true,
    overTime: readNumbers(row('over_time')),
  }));
}

function readHit(json: unknown): Failure['hit'] {
  const value = parseJson(json);
  return Array.isArray(value)
    ? value.filter(isRecord).map(({ job, count }) => ({ job: toText(job) ?? '', count: toNumber(count) ?? 0 }))
    : [];
}

function readNumbers(json: unknown): number[] {
  const value = parseJson(json);
  return Array.isArray(value) ? value.map((item) => toNumber(item) ?? 0) : [];
}
