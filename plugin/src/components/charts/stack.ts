import type { Series } from '../client/frames';
import { isFailure, toStatus, type Status } from '../model/status';

/** Bottom to top: failures stand on top of the bars. */
const STACK_ORDER: readonly Status[] = [
  'succeeded',
  'skipped',
  'cancelled',
  'unknown',
  'pending',
  'running',
  'missed',
  'timed_out',
  'failed',
];

/** A failing part takes at least this share of the chart's height, else one failure in a thousand runs would not be seen. */
const MIN_FAILURE_SHARE = 0.04;

export interface Segment {
  status: Status;
  count: number;
  /** In the axis' unit; `to − from` is more than `count` where a failure was given its minimum height. */
  from: number;
  to: number;
}

export interface Bar {
  time: number;
  total: number;
  failures: number;
  segments: Segment[];
}

/** Piles the series of one chart up into bars, one for each time that any of them has. */
export function stackBars(series: Series[]): Bar[] {
  const times = [...new Set(series.flatMap(({ times }) => times))].sort((a, b) => a - b);
  const counts = new Map(series.map(({ label, times, values }) => [toStatus(label), countsByTime(times, values)]));
  const highest = Math.max(0, ...times.map((time) => sum([...counts.values()].map((of) => of.get(time) ?? 0))));
  return times.map((time) => toBar(time, (status) => counts.get(status)?.get(time) ?? 0, highest * MIN_FAILURE_SHARE));
}

function countsByTime(times: number[], values: Array<number | null>): Map<number, number> {
  return new Map(times.map((time, index) => [time, values[index] ?? 0]));
}

function toBar(time: number, countOf: (status: Status) => number, minFailure: number): Bar {
  const segments: Segment[] = [];
  let from = 0;
  for (const status of STACK_ORDER) {
    const count = countOf(status);
    if (count > 0) {
      const to = from + (isFailure(status) ? Math.max(count, minFailure) : count);
      segments.push({ status, count, from, to });
      from = to;
    }
  }
  const failures = sum(segments.filter(({ status }) => isFailure(status)).map(({ count }) => count));
  return { time, total: sum(segments.map(({ count }) => count)), failures, segments };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
