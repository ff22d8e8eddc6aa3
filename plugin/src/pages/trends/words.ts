import { countDelta, durationDelta, rateDelta, type Delta } from '../../components/model/delta';
import { formatDuration } from '../../components/model/duration';
import { formatCount, formatRate } from '../../components/model/numbers';
import { valueOf, type Measure, type Stats } from './trends';

export const MEASURE_LABELS: Record<Measure, string> = {
  total: 'Execution time',
  success_rate: 'Success rate',
  mean: 'Mean duration',
  p50: 'p50',
  p95: 'p95',
  runs: 'Runs',
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Execution time in hours, as it is planned and paid: "447.2 h"; under an hour as durations are. */
export function formatTotal(ms: number | undefined): string {
  return ms === undefined || ms < HOUR
    ? formatDuration(ms)
    : `${(ms / HOUR).toLocaleString('en', { maximumFractionDigits: ms < 10 * DAY ? 1 : 0 })}\u00a0h`;
}

export function formatMeasure(value: number | undefined, measure: Measure): string {
  switch (measure) {
    case 'runs':
      return formatCount(value ?? 0);
    case 'success_rate':
      return formatRate(value);
    case 'total':
      return formatTotal(value);
    default:
      return formatDuration(value);
  }
}

/** How a measure moved against the period before. */
export function measureDelta(now: Stats, before: Stats, measure: Measure): Delta | undefined {
  const [value, past] = [valueOf(now, measure), valueOf(before, measure)];
  switch (measure) {
    case 'success_rate':
      return rateDelta(value, past);
    case 'runs':
      return countDelta(value, past);
    case 'total':
      return totalDelta(value, past);
    default:
      return durationDelta(value, past);
  }
}

/** More execution time is neither good nor bad: there may just have been more to do. */
function totalDelta(now: number | undefined, before: number | undefined): Delta | undefined {
  const delta = countDelta(now, before);
  return delta && { ...delta, text: delta.text.replace('fewer', 'less') };
}
