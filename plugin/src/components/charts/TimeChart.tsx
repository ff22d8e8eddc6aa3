import { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { UPlotChart, useStyles2, type UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';
import type { Series } from '../client/frames';
import { useSize } from '../hooks/useSize';

interface Props {
  title: string;
  /** What the chart shows, in words. */
  description: string;
  height: number;
  data: uPlot.AlignedData;
  config: UPlotConfigBuilder;
  /** Whether there is anything to draw; if not, `empty` is said instead. */
  isEmpty: boolean;
  empty: string;
  /** What stands beside the cursor at a point of the data. */
  renderTooltip(index: number): React.ReactNode;
}

/** What every chart of the overview takes. */
export interface ChartProps {
  series: Series[];
  height: number;
  /** The first answer is still to come. */
  waiting: boolean;
}

interface Hover {
  index: number;
  left: number;
}

/** A small chart over time with a title, a tooltip and words for those who can't see it. */
export function TimeChart({ title, description, height, data, config, isEmpty, empty, renderTooltip }: Props) {
  const styles = useStyles2(getStyles);
  const [ref, { width }] = useSize<HTMLDivElement>();
  const [hover, setHover] = useState<Hover>();
  const followCursor = (u: uPlot) => setHover(toHover(u));

  return (
    <figure className={styles.figure}>
      <figcaption className={styles.title}>{title}</figcaption>
      <div ref={ref} className={styles.chart} style={{ height }} role="img" aria-label={description}>
        {isEmpty && <div className={styles.empty}>{empty}</div>}
        {!isEmpty && width > 0 && (
          <UPlotChart
            key={config.uid}
            data={data}
            config={config}
            width={width}
            height={height}
            plotRef={(u) => (u.hooks.setCursor = [...(u.hooks.setCursor ?? []), followCursor])}
          />
        )}
        {!isEmpty && hover && hover.index < (data[0]?.length ?? 0) && (
          <div
            className={styles.tooltip}
            style={hover.left < width / 2 ? { left: hover.left + 12 } : { right: width - hover.left + 12 }}
          >
            {renderTooltip(hover.index)}
          </div>
        )}
      </div>
    </figure>
  );
}

function toHover(u: uPlot): Hover | undefined {
  const { idx, left } = u.cursor;
  const outside = idx === null || idx === undefined || left === undefined || left < 0;
  return outside ? undefined : { index: idx, left: left + u.over.offsetLeft };
}

const getStyles = (theme: GrafanaTheme2) => ({
  figure: css({ margin: 0, minWidth: 0 }),
  title: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  chart: css({ position: 'relative' }),
  empty: css({
    height: '100%',
    display: 'grid',
    placeItems: 'center',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  tooltip: css({
    position: 'absolute',
    top: 0,
    zIndex: theme.zIndex.tooltip,
    pointerEvents: 'none',
    padding: theme.spacing(0.75, 1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
});
