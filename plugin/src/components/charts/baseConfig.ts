import type { GrafanaTheme2, TimeRange, TimeZone } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleDistribution, ScaleOrientation, UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';

export interface ChartFrame {
  theme: GrafanaTheme2;
  range: TimeRange;
  timeZone: TimeZone;
  /** Called with the range that was brushed. */
  onZoom(range: { from: number; to: number }): void;
}

interface ValueAxis {
  format(value: number): string;
  /** Steps that read well, such as 15 s or 5 min; left out, decimal ones. */
  steps?: number[];
  /** Makes the axis logarithmic, from the first of these to the last. */
  marks?: readonly number[];
  whole?: boolean;
}

const MIN_BRUSH_PX = 5;
const DAY_MS = 86_400_000;

/** Time from left to right over the whole range, values from 0 up, axes on both; a brush zooms. */
export function createChartConfig({ theme, range, timeZone, onZoom }: ChartFrame, { marks, ...axis }: ValueAxis) {
  const builder = new UPlotConfigBuilder(timeZone);
  const color = theme.colors.text.secondary;
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [range.from.valueOf(), range.to.valueOf()],
  });
  builder.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    ...(marks
      ? { distribution: ScaleDistribution.Log, log: 10, range: () => [marks[0] ?? 1, marks.at(-1) ?? 1] }
      : { range: (_u, _min, max) => [0, max > 0 ? max * 1.1 : 1] }),
  });
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    timeZone,
    theme,
    color,
    placement: AxisPlacement.Bottom,
    grid: { show: false },
    size: 24,
    filter: (u, splits) => splits.map((at) => (hasRoom(u, at, range) ? at : null)),
  });
  builder.addAxis({
    scaleKey: 'y',
    theme,
    color,
    placement: AxisPlacement.Left,
    grid: { show: true },
    ticks: { show: false },
    formatValue: axis.format,
    incrs: axis.steps,
    decimals: axis.whole ? 0 : undefined,
    space: () => 28,
    // All of them: on a logarithmic axis uPlot leaves out what is no power of ten.
    ...(marks ? { splits: () => [...marks], filter: (_u, splits) => splits } : {}),
  });
  builder.setPadding([6, 4, 0, 0]);
  builder.addHook('setSelect', (u) => {
    if (u.select.width >= MIN_BRUSH_PX) {
      const at = (px: number) => Math.round(u.posToVal(px, 'x'));
      onZoom({ from: at(u.select.left), to: at(u.select.left + u.select.width) });
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    }
  });
  return builder;
}

/** Whether the label of a time, with its date where the range is longer than a day, is not cut off at either end. */
function hasRoom(u: uPlot, at: number, range: TimeRange): boolean {
  const half = range.to.valueOf() - range.from.valueOf() > DAY_MS ? 34 : 17;
  const middle = u.valToPos(at, 'x') + u.bbox.left / devicePixelRatio;
  return middle >= half && middle <= u.width - half;
}
