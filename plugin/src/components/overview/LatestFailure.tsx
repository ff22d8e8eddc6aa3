import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { RunLink } from '../common/RunLink';
import { ellipsis, errorLine, NARROW } from '../common/styles';
import { useNow } from '../hooks/useNow';
import { stripAnsi } from '../model/ansi';
import type { RunRow } from '../model/run';
import { formatAgo } from '../model/time';
import { StatusIcon } from '../status/StatusIcon';
import { t } from '../../i18n/t';

/** The newest error line; on a phone it is what on-call needs first, on a wide screen the list shows it anyway. */
export function LatestFailure({ run }: { run: RunRow }) {
  const styles = useStyles2(getStyles);
  const now = useNow(30_000);
  return (
    <RunLink run={run.key} className={styles.link}>
      <span className={styles.head}>
        <StatusIcon status={run.status} size="sm" />
        <strong className={styles.job}>{run.job}</strong>
        <span className={styles.ago}>{formatAgo(run.finishedAt ?? run.at, now)}</span>
      </span>
      <span className={styles.line}>
        {stripAnsi(
          run.errorLine ?? run.message ?? run.errorType ?? t('overview.latestFailure.no-error-line', 'no error line')
        )}
      </span>
    </RunLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({
    display: 'none',
    [NARROW]: { display: 'block' },
    padding: theme.spacing(1),
    borderRadius: theme.shape.radius.default,
    borderLeft: `3px solid ${theme.colors.error.main}`,
    background: theme.colors.background.secondary,
    '&:hover': { background: theme.colors.action.hover },
  }),
  head: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  job: css({ ...ellipsis, minWidth: 0, fontWeight: theme.typography.fontWeightMedium }),
  ago: css({ marginLeft: 'auto', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  line: css(errorLine(theme)),
});
