import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { ellipsis } from '../common/styles';
import { formatDuration } from '../model/duration';
import { statusLook, type Status } from '../model/status';
import type { WaterfallRow } from '../model/waterfall';
import { StatusIcon } from '../status/StatusIcon';
import { toneFill } from '../status/tone';

interface Props {
  row: WaterfallRow;
  /** How long the step took in the last success, in ms. */
  before?: number;
}

/** A change under this is noise. */
const MIN_CHANGE_MS = 500;

export function StepRow({ row, before }: Props) {
  const styles = useStyles2(getStyles, row.status);
  const change = row.duration !== undefined && before !== undefined ? row.duration - before : 0;
  const width = (row.to ?? 0) - (row.from ?? 0);
  return (
    <div role="listitem" className={styles.row} title={row.error}>
      <span className={styles.label} style={{ paddingLeft: row.depth * 14 }}>
        <StatusIcon status={row.status} size="sm" own />
        <span className={styles.name}>{row.label}</span>
      </span>
      <span className={styles.lane}>
        {row.from !== undefined && (
          <span className={styles.bar} style={{ left: percent(row.from), width: percent(width) }} />
        )}
        {row.from !== undefined && before !== undefined && row.duration !== undefined && row.duration > 0 && (
          <span
            className={styles.before}
            style={{ left: percent(row.from), width: percent(Math.min(1 - row.from, (width * before) / row.duration)) }}
          />
        )}
      </span>
      <span className={styles.duration}>
        {formatDuration(row.duration)}
        {Math.abs(change) >= MIN_CHANGE_MS && (
          <span className={styles.change}>{`${change > 0 ? '+' : '−'}${formatDuration(Math.abs(change))}`}</span>
        )}
      </span>
    </div>
  );
}

const percent = (share: number) => `${share * 100}%`;

const getStyles = (theme: GrafanaTheme2, status: Status) => ({
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(90px, 34%) minmax(0, 1fr) max-content',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minHeight: 22,
  }),
  label: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), minWidth: 0 }),
  name: css(ellipsis),
  lane: css({ position: 'relative', height: 18 }),
  bar: css({
    position: 'absolute',
    top: 2,
    height: 10,
    minWidth: 3,
    borderRadius: 2,
    background: toneFill(theme, statusLook(status).tone),
  }),
  before: css({
    position: 'absolute',
    bottom: 2,
    height: 2,
    minWidth: 2,
    background: theme.colors.text.secondary,
  }),
  duration: css({
    minWidth: 110,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  change: css({ marginLeft: theme.spacing(1), color: theme.colors.text.secondary }),
});
