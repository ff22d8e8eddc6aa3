import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { RetentionForm } from './RetentionForm';

/** How many days what is kept. */
export function RetentionSection({ editable }: { editable: boolean }) {
  const { data, error, loading } = useResource('v1/settings/retention');
  return (
    <Section
      title="Retention"
      note="counted from receipt, so that imported history stays"
      loading={loading}
      error={error}
    >
      {data && <RetentionForm settings={data} editable={editable} />}
    </Section>
  );
}
