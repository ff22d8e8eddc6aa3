import { useMemo } from 'react';
import { DrawStyle, useTheme2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { formatCount, plural } from '../model/numbers';
import { statusLook } from '../model/status';
import { formatTime } from '../model/time';
import { StatusIcon } from '../status/StatusIcon';
import { createChartConfig } from './baseConfig';
import { drawBars } from './drawBars';
import { stackBars, type Bar } from './stack';
import { TimeChart, type ChartProps } from './TimeChart';
import { TooltipTable } from './TooltipTable';
import { t } from '../../i18n/t';

/** Runs by status over time, as stacked bars with the failures on top. */
export function RunsChart({ series, height, waiting }: ChartProps) {
  const theme = useTheme2();
  const { range, timeZone, onChangeTimeRange } = useJobHistory();
  const bars = useMemo(() => stackBars(series), [series]);
  const config = useMemo(() => {
    const builder = createChartConfig(
      { theme, range, timeZone, onZoom: onChangeTimeRange },
      { format: (value) => formatCount(value), whole: true }
    );
    // The series only gives the axis its scale; the bars are drawn by hand.
    builder.addSeries({ scaleKey: 'y', theme, drawStyle: DrawStyle.Bars, pathBuilder: () => null, lineColor: '#000' });
    builder.setCursor({ points: { show: false }, y: false });
    const bucketMs = bars.length > 1 ? bars[1]!.time - bars[0]!.time : range.to.valueOf() - range.from.valueOf();
    builder.addHook('draw', (u) => drawBars(u, bars, bucketMs, theme));
    return builder;
  }, [theme, range, timeZone, onChangeTimeRange, bars]);
  const data = useMemo<[number[], number[]]>(
    () => [bars.map(({ time }) => time), bars.map(({ segments }) => segments.at(-1)?.to ?? 0)],
    [bars]
  );

  return (
    <TimeChart
      title={t('charts.runsChart.runs-by-status', 'Runs by status')}
      description={describe(bars)}
      height={height}
      data={data}
      config={config}
      isEmpty={bars.every(({ total }) => total === 0)}
      empty={
        waiting
          ? t('charts.runsChart.loading', 'Loading')
          : t('charts.runsChart.no-runs-in-this', 'No runs in this time range')
      }
      renderTooltip={(index) => <BarTooltip bar={bars[index]} timeZone={timeZone} />}
    />
  );
}

function BarTooltip({ bar, timeZone }: { bar: Bar | undefined; timeZone: string }) {
  if (!bar) {
    return null;
  }
  const rows = [...bar.segments].reverse().map(({ status, count }) => ({
    label: (
      <>
        <StatusIcon status={status} size="sm" decorative /> {statusLook(status).label}
      </>
    ),
    value: formatCount(count),
  }));
  return (
    <TooltipTable
      title={formatTime(bar.time, timeZone)}
      rows={rows.length > 0 ? rows : [{ label: t('charts.runsChart.no-runs', 'No runs'), value: '' }]}
    />
  );
}

function describe(bars: Bar[]): string {
  const total = bars.reduce((sum, bar) => sum + bar.total, 0);
  const failures = bars.reduce((sum, bar) => sum + bar.failures, 0);
  return t(
    'charts.runsChart.runs-by-status-over',
    'Runs by status over time: {{total}}, {{failures}} of them failed, timed out or missed.',
    { total: plural(total, 'run'), failures: formatCount(failures) }
  );
}
