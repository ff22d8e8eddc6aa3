import { useTheme2 } from '@grafana/ui';
import type { PanelProps } from '@grafana/data';
import { readRows } from '../../../components/client/frames';
import { formatDuration } from '../../../components/model/duration';
import { toNumber } from '../../../components/model/narrow';

/** Cells over time, the fuller the stronger. */
export function HeatmapStandIn({ data, width, height, timeRange }: PanelProps) {
  const theme = useTheme2();
  const cells = readRows(data.series[0]).map((row) => ({
    x: toNumber(row('xMax')) ?? 0,
    low: toNumber(row('yMin')) ?? 0,
    high: toNumber(row('yMax')) ?? 0,
    count: toNumber(row('count')) ?? 0,
  }));
  const starts = [...new Set(cells.map(({ x }) => x))].sort((a, b) => a - b);
  const bounds = [...new Set(cells.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const most = Math.max(1, ...cells.map(({ count }) => count));
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const step = (starts[1] ?? to) - (starts[0] ?? from);
  const left = (at: number) => ((at - from) / (to - from)) * width;
  const top = (value: number) => height * (1 - bounds.indexOf(value) / Math.max(1, bounds.length - 1));
  return (
    <svg width={width} height={height} role="img" aria-label="Durations over time">
      {cells
        .filter(({ count }) => count > 0)
        .map(({ x, low, high, count }, index) => (
          <rect
            key={index}
            x={left(x - step)}
            y={top(high)}
            width={Math.max(1, left(x) - left(x - step) - 1)}
            height={Math.max(1, top(low) - top(high) - 1)}
            fill={theme.colors.warning.main}
            opacity={0.2 + 0.8 * (count / most)}
          >
            <title>{`${count} between ${formatDuration(low)} and ${formatDuration(high)}`}</title>
          </rect>
        ))}
    </svg>
  );
}
