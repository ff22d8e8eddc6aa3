import { useStyles2 } from '@grafana/ui';
import { getRunListStyles } from './runListStyles';
import { t } from '../../i18n/t';

/** Names over the columns; each row says the same in its label, so screen readers skip this. */
export function RunListHeader() {
  const styles = useStyles2(getRunListStyles);
  return (
    <div className={styles.header} aria-hidden>
      <span>
        <span className={styles.statusWord}>{t('runs.runListHeader.status', 'Status')}</span>
      </span>
      <span>{t('runs.runListHeader.job', 'Job')}</span>
      <span className={styles.run}>{t('runs.runListHeader.run', 'Run')}</span>
      <span>{t('runs.runListHeader.started', 'Started')}</span>
      <span>{t('runs.runListHeader.duration', 'Duration')}</span>
      <span title={t('runs.runListHeader.the-tick-is-what', 'The tick is what the job usually takes')}>
        {t('runs.runListHeader.vs-usual', 'vs usual')}
      </span>
      <span className={styles.connection}>{t('runs.runListHeader.connection', 'Connection')}</span>
      <span className={styles.user}>{t('runs.runListHeader.user', 'User')}</span>
      <span>{t('runs.runListHeader.message', 'Message')}</span>
    </div>
  );
}
