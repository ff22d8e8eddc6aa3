import { getDataSourceSrv } from '@grafana/runtime';
import { TextLink } from '@grafana/ui';
import { Facts } from '../../components/common/Facts';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatBytes } from '../../components/model/bytes';
import { isRecord, toNumber, toText, type UnknownRecord } from '../../components/model/narrow';
import { formatTime, toMs } from '../../components/model/time';
import { Section } from '../common/Section';
import { useScene } from '../scene/SceneContext';
import { useSourceUid } from '../scene/useSourceUid';
import { ServiceChecks } from './ServiceChecks';
import { SourceChoice } from './SourceChoice';
import { useResource } from './useResource';

/** Which data source is asked, as whom, and how the service is. */
export function ServiceSection({ editable }: { editable: boolean }) {
  const { serviceUrl, timeZone } = useJobHistory();
  const uid = useSourceUid(useScene());
  const source = getDataSourceSrv().getInstanceSettings(uid);
  const { data: me } = useResource('v1/me');
  const { data: about, error, loading } = useResource('v1/about');
  return (
    <Section
      title="Data source and service"
      loading={loading}
      error={error}
      actions={
        uid &&
        !serviceUrl &&
        editable && (
          <TextLink href={`/connections/datasources/edit/${uid}`} inline={false}>
            Settings of the data source
          </TextLink>
        )
      }
    >
      <Facts
        look="row"
        facts={[
          ['Data source', serviceUrl ? `${source?.name ?? '–'} at ${serviceUrl}` : (source?.name ?? '–')],
          ['Tenant', toText(me?.tenant) ?? '–'],
          ['Its token may', Array.isArray(me?.scopes) ? me.scopes.join(', ') : '–'],
          ['Version', toText(about?.version)],
          ['Running since', about && formatTime(toMs(toText(about.started_at)) ?? 0, timeZone)],
          ['Storage', about && storageWords(about)],
        ]}
      />
      {!serviceUrl && <SourceChoice editable={editable} />}
      {about && <ServiceChecks />}
    </Section>
  );
}

function storageWords(about: UnknownRecord): string {
  const storage = isRecord(about.storage) ? about.storage : {};
  const kind = storage.kind === 'server' ? 'ClickHouse server' : 'embedded ClickHouse';
  const [used, free] = [formatBytes(toNumber(storage.bytes) ?? 0), formatBytes(toNumber(storage.free) ?? 0)];
  return `${kind} ${toText(storage.version)}, ${used}, ${free} free`;
}
