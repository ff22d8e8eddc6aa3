import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { rateDelta } from '../../components/model/delta';
import { formatCount, formatRate, plural } from '../../components/model/numbers';
import type { Tone } from '../../components/model/status';
import { toneText } from '../../components/status/tone';
import { hrefTo } from '../paths';
import type { AttentionState, Totals } from './attention';
import { t } from '../../i18n/t';

interface Props {
  totals: Totals | undefined;
  /** The state that the list below is narrowed to. */
  state: string;
}

/** How many jobs are in which trouble; each figure leads to those jobs. */
export function NowTiles({ totals, state }: Props) {
  const styles = useStyles2(getStyles);
  const change = rateDelta(totals?.successRate, totals?.successRateBefore);
  const toState = (name: AttentionState) => hrefTo('now', { state: state === name ? undefined : name });
  return (
    <nav className={styles.tiles} aria-label={t('now.nowTiles.jobs-by-trouble', 'Jobs by trouble')}>
      <Tile
        label={t('now.nowTiles.failing', 'Failing')}
        icon="times-circle"
        tone="error"
        count={totals?.failing}
        note={
          totals &&
          t('now.nowTiles.of-new', 'of {{jobs}}, {{newFailing}} new', {
            jobs: plural(totals.jobs, 'job'),
            newFailing: formatCount(totals.newFailing),
          })
        }
        href={toState('failing')}
        active={state === 'failing'}
      />
      <Tile
        label={t('now.nowTiles.late', 'Late')}
        icon="clock-nine"
        tone="warning"
        count={totals?.late}
        note={t('now.nowTiles.past-their-time-in', 'past their time, in grace')}
        href={hrefTo('jobs', { sort: 'next_at' })}
      />
      <Tile
        label={t('now.nowTiles.missed', 'Missed')}
        icon="calendar-slash"
        tone="warning"
        count={totals?.missed}
        note={t('now.nowTiles.grace-passed', 'grace passed')}
        href={toState('missed')}
        active={state === 'missed'}
      />
      <Tile
        label={t('now.nowTiles.running-too-long', 'Running too long')}
        icon="hourglass"
        tone="primary"
        count={totals?.stuck}
        note={t('now.nowTiles.over-their-limit', 'over their limit')}
        href={toState('stuck')}
        active={state === 'stuck'}
      />
      <Tile
        label={t('now.nowTiles.slower-than-usual', 'Slower than usual')}
        icon="stopwatch"
        tone="warning"
        count={totals?.slower}
        note={t('now.nowTiles.against-their-own-p95', 'against their own p95')}
        href={toState('slower')}
        active={state === 'slower'}
      />
      <Tile
        label={t('now.nowTiles.success-rate', 'Success rate')}
        icon="check-circle"
        tone={change?.mood === 'bad' ? 'error' : 'secondary'}
        value={formatRate(totals?.successRate)}
        note={
          change
            ? change.arrow
              ? t('now.nowTiles.than-before', '{{arrow}} {{text}} than before', {
                  arrow: change.arrow,
                  text: change.text,
                })
              : change.text
            : t('now.nowTiles.of-all-runs', 'of all runs')
        }
        href={hrefTo('history')}
      />
    </nav>
  );
}

interface TileProps {
  label: string;
  icon: IconName;
  tone: Tone;
  count?: number;
  /** Instead of a count. */
  value?: string;
  note?: string;
  href: string;
  active?: boolean;
}

function Tile({ label, icon, tone, count, value, note, href, active }: TileProps) {
  // Nothing to worry about, or nothing known, stands back.
  const styles = useStyles2(getStyles, value === undefined && !count ? 'secondary' : tone);
  const shown = value ?? (count === undefined ? '–' : formatCount(count));
  return (
    <a href={href} className={styles.tile} aria-current={active ? 'true' : undefined}>
      <span className={styles.label}>
        <Icon name={icon} size="sm" aria-hidden /> {label}
      </span>
      <span className={styles.value}>{shown}</span>
      <span className={styles.note}>{note}</span>
    </a>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone = 'secondary') => ({
  tiles: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 150px), 1fr))',
    gap: theme.spacing(1.25),
  }),
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    padding: theme.spacing(1, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    '&:hover': { background: theme.colors.action.hover },
    '&[aria-current]': {
      borderColor: theme.colors.primary.border,
      boxShadow: `inset 0 0 0 1px ${theme.colors.primary.border}`,
    },
  }),
  label: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
  }),
  value: css({
    fontSize: theme.typography.pxToRem(28),
    lineHeight: 1.2,
    fontVariantNumeric: 'tabular-nums',
    color: tone === 'secondary' ? theme.colors.text.primary : toneText(theme, tone),
  }),
  note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
