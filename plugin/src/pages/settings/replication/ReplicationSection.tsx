import { Section } from '../../common/Section';
import { isRecord } from '../../../components/model/narrow';
import { useResource } from '../useResource';
import { Backfills } from './Backfills';
import { RefusedRuns } from './RefusedRuns';
import { ReplicationForm } from './ReplicationForm';
import { ReplicationState } from './ReplicationState';
import { t } from '../../../i18n/t';

/** Job history replication to S3: how far it is, its settings, and writing a time range once more. */
export function ReplicationSection() {
  const { data, error, loading } = useResource('v1/settings/replication');
  const state = isRecord(data?.state) ? data.state : {};
  const on = typeof state.enabled_at === 'string';
  return (
    <Section
      title={t('replication.replicationSection.job-history-replication', 'Job history replication')}
      note={t('replication.replicationSection.every-finished-run-as', 'every finished run as a file in an S3 bucket')}
      loading={loading}
      error={error}
    >
      {data && (
        <>
          <ReplicationState state={state} />
          <ReplicationForm settings={data} />
          <RefusedRuns refused={state.refused} />
          {on && <Backfills backfills={state.backfills} />}
        </>
      )}
    </Section>
  );
}
