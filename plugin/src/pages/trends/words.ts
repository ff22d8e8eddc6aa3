import { countDelta, durationDelta, rateDelta, totalDelta, type Delta } from '../../components/model/delta';
import { formatDuration, formatTotal } from '../../components/model/duration';
import { formatCount, formatRate } from '../../components/model/numbers';
import { valueOf, type Measure, type Stats } from './trends';
import { t } from '../../i18n/t';

export const measureLabels = (): Record<Measure, string> => ({
  total: t('trends.words.execution-time', 'Execution time'),
  success_rate: t('trends.words.success-rate', 'Success rate'),
  mean: t('trends.words.mean-duration', 'Mean duration'),
  p50: 'p50',
  p95: 'p95',
  runs: t('trends.words.runs', 'Runs'),
});

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
