import type { Bar } from '../query/strips.js';

/** What a job's own history says of its time, milliseconds; null where it says nothing. */
export interface Cadence {
  every: number | null;
  duration: number | null;
}

/** Fewer than this make no habit. */
const LEAST = 5;
/** Intervals of which the middle half differs by more than this come by no clock. */
const REGULAR = 3;

/** The usual interval between a job's starts and its usual duration, from its last runs, oldest first. */
export function cadenceOf(bars: readonly Bar[]): Cadence {
  const starts = bars.filter(isStart).map(({ at }) => at);
  const gaps = starts.slice(1).map((at, i) => at - (starts[i] ?? at));
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(gaps, share));
  const regular = gaps.length >= LEAST && low !== undefined && high !== undefined && low > 0 && high <= low * REGULAR;
  const durations = bars.flatMap(({ status, duration_ms: ms }) =>
    status === 'succeeded' && ms !== null && ms >= 0 ? [ms] : []
  );
  return {
    every: regular ? (middle ?? null) : null,
    duration: durations.length >= LEAST ? (quantile(durations, 0.5) ?? null) : null,
  };
}

/** True for a run that began: not one that waits, nor a slot that nobody kept. */
const isStart = ({ status, run }: Bar) =>
  status !== 'pending' && status !== 'missed' && !(status === 'unknown' && run.startsWith('slot-'));

/** As ClickHouse's `quantileExactInclusive`: between the two values around it. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below === undefined || above === undefined ? undefined : below + (above - below) * (place % 1);
}
