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
import { t } from '../../i18n/t';

/** Which data source is asked, as whom, and how the service is. */
export function ServiceSection({ editable }: { editable: boolean }) {
  const { serviceUrl, timeZone } = useJobHistory();
  const uid = useSourceUid(useScene());
  const source = getDataSourceSrv().getInstanceSettings(uid);
  const { data: me } = useResource('v1/me');
  const { data: about, error, loading } = useResource('v1/about');
  return (
    <Section
      title={t('settings.serviceSection.data-source-and-service', 'Data source and service')}
      loading={loading}
      error={error}
      actions={
        uid &&
        !serviceUrl &&
        editable && (
          <TextLink href={`/connections/datasources/edit/${uid}`} inline={false}>
            {t('settings.serviceSection.settings-of-the-data', 'Settings of the data source')}
          </TextLink>
        )
      }
    >
      <Facts
        look="row"
        facts={[
          [
            t('settings.serviceSection.data-source', 'Data source'),
            serviceUrl
              ? t('settings.serviceSection.at', '{{name}} at {{serviceUrl}}', { name: source?.name ?? '–', serviceUrl })
              : (source?.name ?? '–'),
          ],
          [t('settings.serviceSection.tenant', 'Tenant'), toText(me?.tenant) ?? '–'],
          [
            t('settings.serviceSection.its-token-may', 'Its token may'),
            Array.isArray(me?.scopes) ? me.scopes.join(', ') : '–',
          ],
          [t('settings.serviceSection.version', 'Version'), toText(about?.version)],
          [
            t('settings.serviceSection.running-since', 'Running since'),
            about && formatTime(toMs(toText(about.started_at)) ?? 0, timeZone),
          ],
          [t('settings.serviceSection.storage', 'Storage'), about && storageWords(about)],
        ]}
      />
      {!serviceUrl && <SourceChoice editable={editable} />}
      {about && <ServiceChecks />}
    </Section>
  );
}

function storageWords(about: UnknownRecord): string {
  const storage = isRecord(about.storage) ? about.storage : {};
  const kind =
    storage.kind === 'server'
      ? t('settings.serviceSection.clickhouse-server', 'ClickHouse server')
      : t('settings.serviceSection.embedded-clickhouse', 'embedded ClickHouse');
  const [used, free] = [formatBytes(toNumber(storage.bytes) ?? 0), formatBytes(toNumber(storage.free) ?? 0)];
  return t('settings.serviceSection.free', '{{kind}} {{version}}, {{used}}, {{free}} free', {
    kind,
    version: toText(storage.version),
    used,
    free,
  });
}
