import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { RetentionForm } from './RetentionForm';
import { t } from '../../../i18n/t';

/** How many days what is kept. */
export function RetentionSection({ editable }: { editable: boolean }) {
  const { data, error, loading } = useResource('v1/settings/retention');
  return (
    <Section
      title={t('retention.retentionSection.retention', 'Retention')}
      note={t(
        'retention.retentionSection.counted-from-receipt-so',
        'counted from receipt, so that imported history stays'
      )}
      loading={loading}
      error={error}
    >
      {data && <RetentionForm settings={data} editable={editable} />}
    </Section>
  );
}
