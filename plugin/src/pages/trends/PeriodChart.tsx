import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useSize } from '../../components/hooks/useSize';
import { useRovingFocus } from '../common/useRovingFocus';
import { PeriodMarks } from './PeriodMarks';
import { scaleOf, seriesOf, type ChartSeries } from './periodScale';
import { valueTicks } from './ticks';
import { valueOf, type Measure, type TrendRow } from './trends';
import { formatMeasure } from './words';
import { t } from '../../i18n/t';

interface Props {
  /** The rows of each period, the oldest period first. */
  periods: TrendRow[][];
  measure: Measure;
  /** Start of the period that the table below shows. */
  selected: number | undefined;
  onSelect(start: number): void;
}

const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 22;
const TOP = 8;
const LABEL_WIDTH = 72;

/** A measure by period: sums as bars upon each other, everything else as lines; the unfinished period is hollow. */
export function PeriodChart({ periods, measure, selected, onSelect }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const [ref, { width }] = useSize<HTMLDivElement>();
  const roving = useRovingFocus(periods.length);
  const series = seriesOf(periods, measure, theme);
  const { low, high } = scaleOf(series, measure);
  const plot = { left: LEFT, top: TOP, width: Math.max(0, width - LEFT), height: HEIGHT - TOP - BOTTOM };
  const slot = plot.width / Math.max(1, periods.length);
  const y = (value: number) => plot.top + plot.height * (1 - (value - low) / (high - low));
  const every = Math.max(1, Math.ceil((periods.length * LABEL_WIDTH) / Math.max(1, plot.width)));
  return (
    <div ref={ref}>
      {width > 0 && (
        <div className={styles.chart} style={{ height: HEIGHT }}>
          <svg width={width} height={HEIGHT} aria-hidden>
            {valueTicks(low, high, measure).map(({ value, label }) => (
              <g key={value}>
                <line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} stroke={theme.colors.border.weak} />
                <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" className={styles.label}>
                  {label}
                </text>
              </g>
            ))}
            <PeriodMarks series={series} measure={measure} left={plot.left} slot={slot} y={y} base={y(low)} />
            {periods.map((rows, index) =>
              index % every === 0 ? (
                <text
                  key={index}
                  x={Math.min(width - LABEL_WIDTH / 2, LEFT + (index + 0.5) * slot)}
                  y={HEIGHT - 6}
                  textAnchor="middle"
                  className={styles.label}
                >
                  {rows[0]?.label}
                </text>
              ) : null
            )}
          </svg>
          <div role="group" aria-label={t('trends.periodChart.periods', 'Periods')} onKeyDown={roving.onKeyDown}>
            {periods.map((rows, index) => {
              const start = rows[0]?.start ?? 0;
              return (
                <button
                  key={start}
                  {...roving.itemProps(index)}
                  type="button"
                  className={styles.slot}
                  style={{ left: LEFT + index * slot, width: slot, height: HEIGHT - BOTTOM }}
                  aria-pressed={start === selected}
                  aria-label={wordsOf(rows, measure)}
                  title={wordsOf(rows, measure)}
                  onClick={() => onSelect(start)}
                />
              );
            })}
          </div>
        </div>
      )}
      {series.length > 1 && <Legend series={series} />}
    </div>
  );
}

function Legend({ series }: { series: ChartSeries[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.legend}>
      {series.map(({ name, color }) => (
        <li key={name}>
          <span className={styles.swatch} style={{ background: color }} />{' '}
          {name || t('trends.periodChart.none', 'none')}
        </li>
      ))}
    </ul>
  );
}

const MOST_NAMED = 8;

function wordsOf(rows: TrendRow[], measure: Measure): string {
  const [first] = rows;
  const values = rows.slice(0, MOST_NAMED).map(({ group, now }) => {
    const value = formatMeasure(valueOf(now, measure), measure);
    return rows.length === 1 && group === '' ? value : `${group || t('trends.periodChart.none', 'none')} ${value}`;
  });
  return `${first?.label}${first?.unfinished ? t('trends.periodChart.so-far', ', so far') : ''}: ${values.join(', ')}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({ position: 'relative' }),
  label: css({ fill: theme.colors.text.secondary, fontSize: 11 }),
  slot: css({
    position: 'absolute',
    top: 0,
    padding: 0,
    border: 'none',
    background: 'none',
    '&:hover': { background: theme.colors.action.hover },
    '&[aria-pressed="true"]': { background: theme.colors.action.selected },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: -2 },
  }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 1.5),
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 0),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  swatch: css({ display: 'inline-block', width: 10, height: 10, borderRadius: 2 }),
});
