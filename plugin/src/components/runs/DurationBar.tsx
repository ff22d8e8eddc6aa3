import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatDuration } from '../model/duration';
import { statusLook, type Status } from '../model/status';
import { toneFill } from '../status/tone';
import { t } from '../../i18n/t';

/** A duration as a bar; the tick is the job's usual, in the middle unless the run took over twice as long. */
export function DurationBar({ duration, usual, status }: { duration: number; usual: number; status: Status }) {
  const styles = useStyles2(getStyles, status);
  const full = Math.max(duration, usual * 2, 1);
  const percent = (ms: number) => `${(Math.max(0, ms) / full) * 100}%`;
  return (
    <span
      className={styles.track}
      title={t('runs.durationBar.usually', '{{duration}}, usually {{usual}}', {
        duration: formatDuration(duration),
        usual: formatDuration(usual),
      })}
      aria-hidden
    >
      <span className={styles.fill} style={{ width: percent(duration) }} />
      <span className={styles.tick} style={{ left: percent(usual) }} />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2, status: Status) => ({
  track: css({
    position: 'relative',
    display: 'block',
    height: 6,
    borderRadius: 3,
    background: theme.colors.action.hover,
  }),
  fill: css({
    display: 'block',
    height: '100%',
    minWidth: 2,
    borderRadius: 3,
    background: toneFill(theme, statusLook(status).tone),
  }),
  tick: css({
    position: 'absolute',
    top: -3,
    bottom: -3,
    width: 2,
    marginLeft: -1,
    background: theme.colors.text.primary,
    boxShadow: `0 0 0 1px ${theme.colors.background.primary}`,
  }),
});
