import type { Row } from '../../components/client/frames';
import { parseJson, toNumber, toStringMap, toText } from '../../components/model/narrow';
import { toStatus, type Status } from '../../components/model/status';
import { readStrip, type StripRun } from './strip';

/** A job with what its runs say of it. Times are epoch milliseconds, durations milliseconds, rates 0 to 1. */
export interface JobRow {
  job: string;
  type?: string;
  owner?: string;
  tags: Record<string, string>;
  runbookUrl?: string;
  lastStatus: Status;
  lastKey?: string;
  lastAt?: number;
  lastMessage?: string;
  runs: number;
  failures: number;
  successRate?: number;
  successRateBefore?: number;
  p50?: number;
  p95?: number;
  p50Before?: number;
  p95Before?: number;
  /** Execution time of all runs. */
  total?: number;
  schedule?: string;
  timeZone?: string;
  paused: boolean;
  nextAt?: number;
  /** What is usual, in words; only where no schedule says it. */
  usual?: string;
  strip: StripRun[];
  /** Mean duration in each twelfth of the range. */
  trend: Array<number | null>;
}

export function toJobRow(row: Row): JobRow {
  return {
    job: toText(row('job')) ?? '',
    type: toText(row('type')),
    owner: toText(row('owner')),
    tags: toStringMap(parseJson(row('tags'))),
    runbookUrl: toText(row('runbook_url')),
    lastStatus: toStatus(row('last_status')),
    lastKey: toText(row('last_key')),
    lastAt: toNumber(row('last_at')),
    lastMessage: toText(row('last_message')),
    runs: toNumber(row('runs')) ?? 0,
    failures: toNumber(row('failures')) ?? 0,
    successRate: toNumber(row('success_rate')),
    successRateBefore: toNumber(row('success_rate_before')),
    p50: toNumber(row('p50')),
    p95: toNumber(row('p95')),
    p50Before: toNumber(row('p50_before')),
    p95Before: toNumber(row('p95_before')),
    total: toNumber(row('total')),
    schedule: toText(row('schedule')),
    timeZone: toText(row('timezone')),
    paused: row('paused') === true,
    nextAt: toNumber(row('next_at')),
    usual: toText(row('usual')),
    strip: readStrip(row('spark')),
    trend: toNumbers(parseJson(row('trend'))),
  };
}

function toNumbers(value: unknown): Array<number | null> {
  return Array.isArray(value) ? value.map((item) => toNumber(item) ?? null) : [];
}
