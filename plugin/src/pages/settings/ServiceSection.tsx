import { getDataSourceSrv } from '@grafana/runtime';
import { TextLink } from '@grafana/ui';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatBytes } from '../../components/model/bytes';
import { isRecord, toNumber, toText } from '../../components/model/narrow';
import { formatTime, toMs } from '../../components/model/time';
import { Section } from '../common/Section';
import { useScene } from '../scene/SceneContext';
import { useSourceUid } from '../scene/useSourceUid';
import { Fact, Facts } from './Facts';
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
  const storage = isRecord(about?.storage) ? about.storage : {};
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
      <Facts>
        <Fact name="Data source">
          {source?.name ?? '–'}
          {serviceUrl && ` at ${serviceUrl}`}
        </Fact>
        <Fact name="Tenant">{toText(me?.tenant) ?? '–'}</Fact>
        <Fact name="Its token may">{Array.isArray(me?.scopes) ? me.scopes.join(', ') : '–'}</Fact>
        {about && (
          <>
            <Fact name="Version">{toText(about.version)}</Fact>
            <Fact name="Running since">{formatTime(toMs(toText(about.started_at)) ?? 0, timeZone)}</Fact>
            <Fact name="Storage">
              {storage.kind === 'server' ? 'ClickHouse server' : 'embedded ClickHouse'} {toText(storage.version)},{' '}
              {formatBytes(toNumber(storage.bytes) ?? 0)}, {formatBytes(toNumber(storage.free) ?? 0)} free
            </Fact>
          </>
        )}
      </Facts>
      {!serviceUrl && <SourceChoice editable={editable} />}
      {about && <ServiceChecks />}
    </Section>
  );
}
