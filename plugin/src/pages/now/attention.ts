import type { DataFrame } from '@grafana/data';
import { readRows, type Row } from '../../components/client/frames';
import { isRecord, toNumber, toText } from '../../components/model/narrow';
import type { Tone } from '../../components/model/status';
import { readStrip, type StripRun } from '../common/strip';

/** Why a job needs a look, the most pressing first. */
export const ATTENTION_STATES = ['failing', 'missed', 'stuck', 'slower', 'flaky'] as const;
export type AttentionState = (typeof ATTENTION_STATES)[number];

/** A job that needs a look. Times are epoch milliseconds, durations milliseconds, rates 0 to 1. */
export interface AttentionRow {
  job: string;
  owner?: string;
  state: AttentionState;
  /** In words: "5 in a row failed". */
  reason: string;
  since?: number;
  failureRate?: number;
  /** How much the failure rate rose against the job's own past. */
  rise?: number;
  /** The run to open. */
  key?: string;
  /** What that run says: its first error line, else its message. */
  line?: string;
  runbookUrl?: string;
  acknowledged?: { by: string; until?: number; note?: string };
  strip: StripRun[];
}

export interface Totals {
  jobs: number;
  failing: number;
  newFailing: number;
  late: number;
  missed: number;
  stuck: number;
  slower: number;
  flaky: number;
  acknowledged: number;
  successRate?: number;
  successRateBefore?: number;
}

export interface Attention {
  rows: AttentionRow[];
  totals: Totals;
}

export function readAttention([frame]: DataFrame[]): Attention {
  return { rows: readRows(frame).map(toRow), totals: toTotals(frame?.meta?.custom?.totals) };
}

function toRow(row: Row): AttentionRow {
  return {
    job: toText(row('job')) ?? '',
    owner: toText(row('owner')),
    state: ATTENTION_STATES.find((state) => state === row('state')) ?? 'flaky',
    reason: toText(row('reason')) ?? '',
    since: toNumber(row('since')),
    failureRate: toNumber(row('failure_rate')),
    rise: toNumber(row('rise')),
    key: toText(row('key')),
    line: toText(row('first_error_line')) ?? toText(row('message')) ?? toText(row('error_type')),
    runbookUrl: toText(row('runbook_url')),
    ...(row('acknowledged') === true && {
      acknowledged: {
        by: toText(row('acknowledged_by')) ?? 'somebody',
        until: toNumber(row('acknowledged_until')),
        note: toText(row('acknowledged_note')),
      },
    }),
    strip: readStrip(row('strip')),
  };
}

function toTotals(totals: unknown): Totals {
  const count = (name: string) => (isRecord(totals) ? (toNumber(totals[name]) ?? 0) : 0);
  const rate = (name: string) => (isRecord(totals) ? toNumber(totals[name]) : undefined);
  return {
    jobs: count('jobs'),
    failing: count('failing'),
    newFailing: count('new_failing'),
    late: count('late'),
    missed: count('missed'),
    stuck: count('stuck'),
    slower: count('slower'),
    flaky: count('flaky'),
    acknowledged: count('acknowledged'),
    successRate: rate('success_rate'),
    successRateBefore: rate('success_rate_before'),
  };
}

const TONES: Record<AttentionState, Tone> = {
  failing: 'error',
  missed: 'warning',
  stuck: 'primary',
  slower: 'warning',
  flaky: 'error',
};

export function attentionTone(state: AttentionState): Tone {
  return TONES[state];
}
