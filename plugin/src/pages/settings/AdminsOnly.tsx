import { Section } from '../common/Section';
import { t } from '../../i18n/t';

/** Stands where an administrator finds settings, and says why they are not shown. */
export function AdminsOnly({ role }: { role: string | undefined }) {
  return (
    <Section
      title={t('settings.adminsOnly.for-administrators', 'For administrators')}
      note={t('settings.adminsOnly.job-history-replication-tokens', 'job history replication, tokens, the audit trail')}
    >
      <p>
        {t('settings.adminsOnly.you-are', 'You are')}{' '}
        {role === 'editor'
          ? t('settings.adminsOnly.an-editor', 'an editor')
          : t('settings.adminsOnly.a-viewer', 'a viewer')}{' '}
        {t(
          'settings.adminsOnly.in-this-grafana-where',
          'in this Grafana. Where data goes, who may send it and who changed what is shown to its administrators, who can also change what stands above.'
        )}
      </p>
    </Section>
  );
}
