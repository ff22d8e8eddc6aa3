import type { DataFrame } from '@grafana/data';
import { groupBy as groupRows } from '../../../../ingest/src/collections';
import { readRows } from '../../components/client/frames';
import { toNumber, toText } from '../../components/model/narrow';

/** What a period, or the one before it, was like. Durations are milliseconds, rates 0 to 1. */
export interface Stats {
  runs: number;
  failures: number;
  successRate?: number;
  /** Execution time of all runs. */
  total?: number;
  mean?: number;
  p50?: number;
  p95?: number;
}

/** A period of a group. Times are epoch milliseconds; the group is "" where nothing groups. */
export interface TrendRow {
  start: number;
  end: number;
  /** "2026-11-22", "2026-W47", "2026-11". */
  label: string;
  group: string;
  /** It is not over: `before` is then as much of the period before as has passed of this one. */
  unfinished: boolean;
  now: Stats;
  before: Stats;
}

export const MEASURES = ['total', 'success_rate', 'mean', 'p50', 'p95', 'runs'] as const;
export type Measure = (typeof MEASURES)[number];

export function valueOf(stats: Stats, measure: Measure): number | undefined {
  return measure === 'success_rate' ? stats.successRate : stats[measure];
}

/** These add up: groups can be stacked, and what is left out can be summed. */
export function isSum(measure: Measure): boolean {
  return measure === 'total' || measure === 'runs';
}

/** Reads the table of the question `trends`; `column` holds the group, if anything groups. */
export function readTrends(frame: DataFrame | undefined, column: string | undefined): TrendRow[] {
  return readRows(frame).map((row) => {
    const stats = (ending: '' | '_before'): Stats => {
      const number = (name: string) => toNumber(row(`${name}${ending}`));
      return {
        runs: number('runs') ?? 0,
        failures: number('failures') ?? 0,
        successRate: number('success_rate'),
        total: number('total'),
        mean: number('mean'),
        p50: number('p50'),
        p95: number('p95'),
      };
    };
    return {
      start: toNumber(row('start')) ?? 0,
      end: toNumber(row('end')) ?? 0,
      label: toText(row('label')) ?? '',
      group: column === undefined ? '' : (toText(row(column)) ?? ''),
      unfinished: row('unfinished') === true,
      now: stats(''),
      before: stats('_before'),
    };
  });
}

/** The rows of each period, the oldest period first. */
export function byPeriod(rows: readonly TrendRow[]): TrendRow[][] {
  return [...groupRows(rows, ({ start }) => start).values()];
}
