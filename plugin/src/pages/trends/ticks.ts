import { formatDurationTick } from '../../components/model/duration';
import { formatCount } from '../../components/model/numbers';
import type { Measure } from './trends';

export interface ValueTick {
  value: number;
  label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DURATIONS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
];
const SHARES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
const MOST = 5;

/** Round values on an axis from `low` to `high`, at most six of them. */
export function valueTicks(low: number, high: number, measure: Measure): ValueTick[] {
  const step = stepOf((high - low) / MOST, measure);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(1, Math.floor((high - first * step) / step + 1e-9) + 1);
  return Array.from({ length: count }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: labelOf(value, measure, step) };
  });
}

function stepOf(least: number, measure: Measure): number {
  const known = measure === 'runs' ? [] : measure === 'success_rate' ? SHARES : DURATIONS;
  return (
    known.find((step) => step >= least) ?? (measure === 'runs' ? Math.max(1, round(least)) : round(least / DAY) * DAY)
  );
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function round(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9)) ?? least;
}

function labelOf(value: number, measure: Measure, step: number): string {
  switch (measure) {
    case 'runs':
      return formatCount(value);
    case 'success_rate':
      return `${(value * 100).toFixed(step < 0.01 ? 1 : 0)} %`;
    default:
      // Managers think of execution time in hours, however many they are.
      return value >= DAY ? `${formatCount(value / HOUR)} h` : value === 0 ? '0' : formatDurationTick(value);
  }
}
