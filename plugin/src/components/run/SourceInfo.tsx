import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useJobSource } from './useJobSource';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { Modal } from '../common/Modal';
import { ValueTree } from '../common/ValueTree';
import { useJobHistory } from '../JobHistoryContext';

/** What the run worked on, to be read and not changed. */
export function SourceInfo({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { update } = useJobHistory().location;
  const { source, of, error, loading } = useJobSource(run);
  return (
    <Modal title="Replicate source info" onDismiss={() => update({ show: undefined })}>
      {error && <ErrorMessage error={error} />}
      {loading && <p className={styles.quiet}>Loading</p>}
      {source && (
        <>
          <p className={styles.quiet}>
            {of === 'run' ? 'As this run reported it.' : "From the job's config as it is now; the run reported none."}{' '}
            Secrets are masked.
          </p>
          <ValueTree value={source} open />
        </>
      )}
      {!source && !loading && !error && (
        <p className={styles.quiet}>
          Neither the run nor the config of {run.job} says what it works on. Send it as “source” with the run, or with
          PUT /v1/jobs/{'{job}'}.
        </p>
      )}
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  quiet: css({ color: theme.colors.text.secondary, margin: theme.spacing(0, 0, 1.5) }),
});
