import { Alert } from '@grafana/ui';
import { useJobHistory } from '../../components/JobHistoryContext';
import { mayAs } from '../../components/model/role';
import { PageBody } from '../common/PageBody';
import { AuditSection } from './AuditSection';
import { RetentionSection } from './RetentionSection';
import { RulesSection } from './RulesSection';
import { ServiceSection } from './ServiceSection';
import { TokensSection } from './TokensSection';

/** What the service says of itself, and what administrators set. */
export default function SettingsPage() {
  const { role } = useJobHistory();
  const admin = mayAs(role, 'admin');
  return (
    <PageBody>
      <ServiceSection />
      <RulesSection editable={admin} />
      {admin ? (
        <>
          <RetentionSection />
          <TokensSection />
          <AuditSection />
        </>
      ) : (
        <Alert severity="info" title="Retention, tokens and the audit trail are for administrators" />
      )}
    </PageBody>
  );
}
