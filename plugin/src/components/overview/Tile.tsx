import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Delta } from '../model/delta';
import { toneText } from '../status/tone';
import { t } from '../../i18n/t';

interface Props {
  label: string;
  value: string;
  delta?: Delta;
  /** What the figure was before, for the title. */
  before?: string;
  /** What it is compared with. */
  period?: 'period' | 'run';
  /** Stands in place of a change where there is none to name. */
  note?: React.ReactNode;
}

const MOOD_TONES = { good: 'success', bad: 'error', neutral: 'secondary' } as const;

export function Tile({ label, value, delta, before, period = 'period', note }: Props) {
  const styles = useStyles2(getStyles, delta?.mood ?? 'neutral');
  return (
    <div className={styles.tile} role="group" aria-label={label}>
      <div className={styles.label}>{label}</div>
      <div className={styles.value}>{value}</div>
      <div className={styles.change}>
        {delta ? (
          <span
            className={styles.delta}
            title={
              before && t('overview.tile.in-the-before', '{{before}} in the {{period}} before', { before, period })
            }
          >
            {delta.arrow && <span aria-hidden>{delta.arrow} </span>}
            {delta.text}
          </span>
        ) : (
          note
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2, mood: Delta['mood']) => ({
  tile: css({ minWidth: 0 }),
  label: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  value: css({
    fontSize: theme.typography.pxToRem(26),
    lineHeight: 1.2,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
  change: css({
    minHeight: theme.typography.pxToRem(18),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  delta: css({ color: toneText(theme, MOOD_TONES[mood]), whiteSpace: 'nowrap' }),
});
