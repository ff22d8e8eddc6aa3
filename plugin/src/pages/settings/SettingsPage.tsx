import { useJobHistory } from '../../components/JobHistoryContext';
import { mayAs } from '../../components/model/role';
import { PageBody } from '../common/PageBody';
import { AdminsOnly } from './AdminsOnly';
import { AuditSection } from './AuditSection';
import { ReplicationSection } from './replication/ReplicationSection';
import { RetentionSection } from './retention/RetentionSection';
import { RulesSection } from './rules/RulesSection';
import { ServiceSection } from './ServiceSection';
import { TokensSection } from './tokens/TokensSection';

/** What the service says of itself, and what administrators set. */
export default function SettingsPage() {
  const { role } = useJobHistory();
  const admin = mayAs(role, 'admin');
  return (
    <PageBody>
      <ServiceSection editable={admin} />
      {admin && <ReplicationSection />}
      <RulesSection editable={admin} />
      <RetentionSection editable={admin} />
      {admin ? (
        <>
          <TokensSection />
          <AuditSection />
        </>
      ) : (
        <AdminsOnly role={role} />
      )}
    </PageBody>
  );
}
