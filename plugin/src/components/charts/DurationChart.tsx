import { useMemo } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import { DrawStyle, LineInterpolation, PointVisibility, useTheme2 } from '@grafana/ui';
import type { Series } from '../client/frames';
import { useJobHistory } from '../JobHistoryContext';
import { formatDuration, formatDurationTick } from '../model/duration';
import { formatTime } from '../model/time';
import { createChartConfig } from './baseConfig';
import { marksFor } from './marks';
import { TimeChart, type ChartProps } from './TimeChart';
import { TooltipTable } from './TooltipTable';
import { t } from '../../i18n/t';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 72, 168].map((n) => n * HOUR),
];
/** Percentiles of the durations of succeeded runs over time; the slower one is the dashed line. */
export function DurationChart({ series, height, waiting }: ChartProps) {
  const theme = useTheme2();
  const { range, timeZone, onChangeTimeRange } = useJobHistory();
  const { times, columns } = useMemo(() => align(series), [series]);
  const config = useMemo(() => {
    const builder = createChartConfig(
      { theme, range, timeZone, onZoom: onChangeTimeRange },
      { format: formatDurationTick, steps: STEPS, marks: marksFor(columns) }
    );
    series.forEach(({ label }) => builder.addSeries(toLine(label, theme)));
    builder.setCursor({ y: false });
    return builder;
  }, [theme, range, timeZone, onChangeTimeRange, series, columns]);
  const data = useMemo<[number[], ...Array<Array<number | null>>]>(() => [times, ...columns], [times, columns]);

  return (
    <TimeChart
      title={t('charts.durationChart.duration-of-succeeded-runs', 'Duration of succeeded runs: p50 solid, p95 dashed')}
      description={describe(series)}
      height={height}
      data={data}
      config={config}
      isEmpty={columns.every((column) => column.every((value) => value === null))}
      empty={
        waiting
          ? t('charts.durationChart.loading', 'Loading')
          : t('charts.durationChart.no-finished-run-to', 'No finished run to measure')
      }
      renderTooltip={(index) => (
        <TooltipTable
          title={formatTime(times[index] ?? 0, timeZone)}
          rows={series.map(({ label }, at) => ({ label, value: formatDuration(columns[at]?.[index]) }))}
        />
      )}
    />
  );
}

function toLine(label: string, theme: GrafanaTheme2) {
  const upper = label !== 'p50';
  const color = upper ? theme.colors.warning.text : theme.colors.primary.text;
  return {
    scaleKey: 'y',
    theme,
    drawStyle: DrawStyle.Line,
    lineInterpolation: LineInterpolation.Linear,
    lineColor: color,
    lineWidth: 1.5,
    lineStyle: upper ? { fill: 'dash' as const, dash: [6, 4] } : undefined,
    // A bucket without a finished run is common and says nothing: the line goes on to the next one.
    spanNulls: true,
    showPoints: PointVisibility.Auto,
    pointSize: 4,
  };
}

function align(series: Series[]) {
  const times = [...new Set(series.flatMap(({ times }) => times))].sort((a, b) => a - b);
  const columns = series.map((one) => {
    const at = new Map(one.times.map((time, index) => [time, one.values[index] ?? null]));
    return times.map((time) => at.get(time) ?? null);
  });
  return { times, columns };
}

function describe(series: Series[]): string {
  const parts = series.flatMap(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0
      ? []
      : [
          t('charts.durationChart.between-and', '{{label}} between {{value}} and {{value2}}', {
            label,
            value: formatDuration(Math.min(...known)),
            value2: formatDuration(Math.max(...known)),
          }),
        ];
  });
  return t('charts.durationChart.durations-of-succeeded-runs', 'Durations of succeeded runs over time: {{join}}.', {
    join: parts.join(', ') || t('charts.durationChart.no-finished-runs', 'no finished runs'),
  });
}
