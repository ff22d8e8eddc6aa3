import { countDelta, durationDelta, failureDelta, rateDelta, type Delta } from '../../../components/model/delta';
import { formatDuration } from '../../../components/model/duration';
import { formatCount, formatRate } from '../../../components/model/numbers';
import { isFailure, STATUSES, statusLook } from '../../../components/model/status';
import { STATS, type Periods, type Stat } from './usePeriods';
import { t } from '../../../i18n/t';

/** One figure in both times. */
export interface Figure {
  label: string;
  now?: number;
  before?: number;
  delta?: Delta;
  format(value: number | undefined): string;
}

const statLabels = (): Record<Stat, string> => ({
  mean: t('compare.figures.mean-duration', 'Mean duration'),
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  max: t('compare.figures.longest', 'Longest'),
});

const count = (value: number | undefined) => formatCount(value ?? 0);

/** What can be set side by side; a status that neither time has is left out. */
export function figuresOf({ now, before }: Periods): Figure[] {
  const statuses = STATUSES.filter((status) => now.counts.has(status) || before.counts.has(status));
  return [
    {
      label: t('compare.figures.success-rate', 'Success rate'),
      now: now.successRate,
      before: before.successRate,
      delta: rateDelta(now.successRate, before.successRate),
      format: formatRate,
    },
    {
      label: t('compare.figures.runs', 'Runs'),
      now: now.runs,
      before: before.runs,
      delta: countDelta(now.runs, before.runs),
      format: count,
    },
    ...statuses.map((status): Figure => {
      const [here, there] = [now.counts.get(status) ?? 0, before.counts.get(status) ?? 0];
      const delta = isFailure(status) ? failureDelta(here, there) : countDelta(here, there);
      return { label: statusLook(status).label, now: here, before: there, delta, format: count };
    }),
    ...STATS.map((stat): Figure => {
      const [here, there] = [now.durations[stat], before.durations[stat]];
      return {
        label: statLabels()[stat],
        now: here,
        before: there,
        delta: durationDelta(here, there),
        format: formatDuration,
      };
    }),
  ];
}
