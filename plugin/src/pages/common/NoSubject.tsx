import { Alert, TextLink } from '@grafana/ui';
import { hrefTo } from '../paths';
import { t } from '../../i18n/t';

/** A page that is about one thing was opened without saying which. */
export function NoSubject({ what }: { what: 'job' | 'run' }) {
  return (
    <Alert severity="info" title={t('common.noSubject.this-link-names-no', 'This link names no {{what}}', { what })}>
      {what === 'job' ? (
        <>
          {t('common.noSubject.choose-one-among', 'Choose one among')}{' '}
          <TextLink href={hrefTo('jobs')}>{t('common.noSubject.all-jobs', 'all jobs')}</TextLink>.
        </>
      ) : (
        <>
          {t('common.noSubject.choose-one-in-the', 'Choose one in the')}{' '}
          <TextLink href={hrefTo('history')}>{t('common.noSubject.job-history', 'job history')}</TextLink>.
        </>
      )}
    </Alert>
  );
}
