import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useJobSource } from './useJobSource';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { Modal } from '../common/Modal';
import { ValueTree } from '../common/ValueTree';
import { useJobHistory } from '../JobHistoryContext';
import { t } from '../../i18n/t';

/** What the run worked on, to be read and not changed. */
export function SourceInfo({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { update } = useJobHistory().location;
  const { source, of, error, loading } = useJobSource(run);
  return (
    <Modal
      title={t('run.sourceInfo.replicate-source-info', 'Replicate source info')}
      onDismiss={() => update({ show: undefined })}
    >
      {error && <ErrorMessage error={error} />}
      {loading && <p className={styles.quiet}>{t('run.sourceInfo.loading', 'Loading')}</p>}
      {source && (
        <>
          <p className={styles.quiet}>
            {of === 'run'
              ? t('run.sourceInfo.as-this-run-reported', 'As this run reported it.')
              : t('run.sourceInfo.from-the-job-s', "From the job's config as it is now; the run reported none.")}{' '}
            {t('run.sourceInfo.secrets-are-masked', 'Secrets are masked.')}
          </p>
          <ValueTree value={source} open />
        </>
      )}
      {!source && !loading && !error && (
        <p className={styles.quiet}>
          {t(
            'run.sourceInfo.neither-the-run-nor',
            'Neither the run nor the config of {{job}} says what it works on. Send it as “source” with the run, or with PUT /v1/jobs/{job}.',
            { job: run.job }
          )}
        </p>
      )}
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  quiet: css({ color: theme.colors.text.secondary, margin: theme.spacing(0, 0, 1.5) }),
});
