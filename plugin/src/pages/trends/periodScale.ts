import type { GrafanaTheme2 } from '@grafana/data';
import { isSum, valueOf, type Measure, type TrendRow } from './trends';
import { t } from '../../i18n/t';

/** One group over the periods. */
export interface ChartSeries {
  name: string;
  color: string;
  points: Array<{ value: number | undefined; unfinished: boolean }>;
}

const SHOWN = 8;

/** The largest groups as series; where values add up the others are summed in one more. */
export function seriesOf(periods: readonly TrendRow[][], measure: Measure, theme: GrafanaTheme2): ChartSeries[] {
  const size = new Map<string, number>();
  periods.flat().forEach(({ group, now }) => size.set(group, (size.get(group) ?? 0) + (now.total ?? 0) + now.runs));
  const groups = [...size.entries()].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const shown = groups.slice(0, SHOWN);
  const pointsOf = (names: readonly string[]) =>
    periods.map((rows) => {
      const values = rows.filter(({ group }) => names.includes(group)).map(({ now }) => valueOf(now, measure));
      const known = values.filter((value) => value !== undefined);
      return {
        value: known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0),
        unfinished: rows[0]?.unfinished ?? false,
      };
    });
  const series = shown.map((name, index) => ({ name, color: colorOf(theme, index, groups), points: pointsOf([name]) }));
  const rest = groups.slice(SHOWN);
  return rest.length > 0 && isSum(measure)
    ? [
        ...series,
        {
          name: t('trends.periodScale.others', '{{n}} others', { n: rest.length }),
          color: theme.colors.text.disabled,
          points: pointsOf(rest),
        },
      ]
    : series;
}

const NAMES = ['blue', 'green', 'orange', 'purple', 'yellow', 'red', 'light-blue', 'dark-green'];

function colorOf(theme: GrafanaTheme2, index: number, groups: readonly string[]): string {
  return groups.length === 1 ? theme.colors.primary.main : theme.visualization.getColorByName(NAMES[index] ?? 'blue');
}

/** The ends of the value axis. Only a success rate may begin above zero: its changes are small. */
export function scaleOf(series: readonly ChartSeries[], measure: Measure): { low: number; high: number } {
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => (value === undefined ? [] : [value])));
  if (measure === 'success_rate') {
    const least = Math.min(1, ...values);
    return { low: Math.max(0, least - (1 - least) * 0.1 - 0.001), high: 1 };
  }
  const count = series[0]?.points.length ?? 0;
  const tops = isSum(measure)
    ? Array.from({ length: count }, (_, i) => series.reduce((sum, { points }) => sum + (points[i]?.value ?? 0), 0))
    : values;
  return { low: 0, high: Math.max(1, ...tops) * 1.05 };
}
