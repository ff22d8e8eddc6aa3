import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { useJobHistory } from '../JobHistoryContext';
import { formatExactTime, toMs } from '../model/time';
import { t } from '../../i18n/t';

/** Where job history replication wrote the run, or why it could not; nothing where it did not try. */
export function ReplicatedFile({ run: { replicated } }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  // A service of an earlier version says nothing of it.
  if (!replicated) {
    return null;
  }
  const { url, problem } = replicated;
  const written = formatExactTime(toMs(replicated.written_at) ?? 0, timeZone);
  return url === null ? (
    <p className={styles.file}>
      {t('run.replicatedFile.not-replicated', 'Not replicated: {{problem}}', { problem: problem ?? '' })}
    </p>
  ) : (
    <p className={styles.file}>
      {t('run.replicatedFile.replicated-file', 'Replicated file:')}{' '}
      <code title={t('run.replicatedFile.written', 'Written {{written}}', { written })}>{url}</code>
      <ClipboardButton
        getText={() => url}
        icon="copy"
        size="sm"
        variant="secondary"
        fill="text"
        aria-label={t('run.replicatedFile.copy-the-address-of', 'Copy the address of the replicated file')}
      />
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  file: css({
    flexBasis: '100%',
    margin: 0,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    '& code': { color: theme.colors.text.primary },
    '& button': { padding: theme.spacing(0, 0.5), height: 'auto' },
  }),
});
