import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { RunLink } from '../common/RunLink';
import { StateLink } from '../common/StateLink';
import { NO_RUN } from '../model/urlState';
import { t } from '../../i18n/t';

/** Ways out of a run: back to the list, and to its job's other runs. */
export function RunToolbar({ run }: { run: RunAnswer | undefined }) {
  const styles = useStyles2(getStyles);
  return (
    <nav className={styles.bar} aria-label={t('run.runToolbar.runs', 'Runs')}>
      <StateLink
        to={NO_RUN}
        className={styles.link}
        title={t('run.runToolbar.back-to-the-list', 'Back to the list (Esc)')}
      >
        <Icon name="arrow-left" aria-hidden /> {t('run.runToolbar.all-runs', 'All runs')}
      </StateLink>
      {run && (
        <div className={styles.siblings}>
          <Sibling run={run.previous} icon="angle-left" label={t('run.runToolbar.previous', 'Previous')} />
          <Sibling run={run.next} icon="angle-right" label={t('run.runToolbar.next', 'Next')} after />
          {run.last_success && (
            <Sibling
              run={run.last_success}
              icon="check-circle"
              label={t('run.runToolbar.last-success', 'Last success')}
            />
          )}
        </div>
      )}
    </nav>
  );
}

interface SiblingProps {
  run: string | null;
  icon: IconName;
  label: string;
  after?: boolean;
}

function Sibling({ run, icon, label, after }: SiblingProps) {
  const styles = useStyles2(getStyles);
  const content = (
    <>
      {!after && <Icon name={icon} aria-hidden />} {label} {after && <Icon name={icon} aria-hidden />}
    </>
  );
  return run ? (
    <RunLink run={run} className={styles.link}>
      {content}
    </RunLink>
  ) : (
    <span className={styles.off}>{content}</span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: theme.spacing(0.5, 2) }),
  siblings: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
  link: css({
    padding: theme.spacing(0.25, 0.75),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.link,
    '&:hover': { background: theme.colors.action.hover },
  }),
  off: css({ padding: theme.spacing(0.25, 0.75), color: theme.colors.text.disabled }),
});
