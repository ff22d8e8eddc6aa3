import { useMemo } from 'react';
import { css } from '@emotion/css';
import {
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  outerJoinDataFrames,
  type Field,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data';
import { DrawStyle, PointVisibility, UPlotChart, useStyles2, useTheme2 } from '@grafana/ui';
import { createChartConfig } from '../../../components/charts/baseConfig';

const LEGEND_HEIGHT = 24;

/** Lines over time with their names below. */
export function TimeSeriesStandIn({ data, width, height, timeRange, timeZone, onChangeTimeRange }: PanelProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { times, fields } = useMemo(() => align(data.series), [data.series]);
  const colors = fields.map((field, index) => colorOf(theme, field, index));
  const config = useMemo(() => {
    const display = fields[0] && getDisplayProcessor({ field: fields[0], theme });
    const builder = createChartConfig(
      { theme, range: timeRange, timeZone, onZoom: ({ from, to }) => onChangeTimeRange({ from, to }) },
      { format: (value) => (display ? formattedValueToString(display(value)) : String(value)) }
    );
    colors.forEach((lineColor) =>
      builder.addSeries({
        scaleKey: 'y',
        theme,
        drawStyle: DrawStyle.Line,
        lineColor,
        lineWidth: 1.5,
        spanNulls: true,
        showPoints: PointVisibility.Auto,
      })
    );
    return builder;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the colours follow from the fields and the theme
  }, [theme, timeRange, timeZone, fields]);

  if (fields.length === 0) {
    return <p className={styles.empty}>No data</p>;
  }
  return (
    <>
      <UPlotChart
        key={config.uid}
        data={[times, ...fields.map(({ values }) => values)]}
        config={config}
        width={width}
        height={height - LEGEND_HEIGHT}
      />
      <ul className={styles.legend}>
        {fields.map((field, index) => (
          <li key={index}>
            <span className={styles.dash} style={{ background: colors[index] }} /> {getFieldDisplayName(field)}
          </li>
        ))}
      </ul>
    </>
  );
}

function align(series: PanelProps['data']['series']): { times: number[]; fields: Field[] } {
  const named = series.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({
      ...field,
      config: { ...field.config, displayName: getFieldDisplayName(field, frame, series) },
    })),
  }));
  const joined = series.length === 0 ? undefined : outerJoinDataFrames({ frames: named });
  const [time, ...rest] = joined?.fields ?? [];
  return { times: time?.values ?? [], fields: rest.filter(({ type }) => type === FieldType.number) };
}

function colorOf(theme: GrafanaTheme2, field: Field, index: number): string {
  const fixed = field.config.color?.fixedColor;
  const palette = theme.visualization.palette;
  return theme.visualization.getColorByName(fixed ?? palette[index % palette.length] ?? 'green');
}

const getStyles = (theme: GrafanaTheme2) => ({
  empty: css({ padding: theme.spacing(2), textAlign: 'center', color: theme.colors.text.secondary }),
  legend: css({
    display: 'flex',
    gap: theme.spacing(2),
    height: LEGEND_HEIGHT,
    overflow: 'hidden',
    listStyle: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
  dash: css({ display: 'inline-block', width: 14, height: 4, marginBottom: 2, borderRadius: 2 }),
});
