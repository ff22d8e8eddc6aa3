import { getDataSourceSrv } from '@grafana/runtime';
import { TextLink } from '@grafana/ui';
import { readRows } from '../../components/client/frames';
import { Table } from '../../components/common/Table';
import { useJobHistory } from '../../components/JobHistoryContext';
import { toNumber, toText } from '../../components/model/narrow';
import { formatCount } from '../../components/model/numbers';
import { Section } from '../common/Section';
import { useQuestion } from '../common/useQuestion';
import { useSourceUid } from '../scene/useSourceUid';
import { useScene } from '../scene/SceneContext';
import { useResource } from './useResource';

/** Which data source is asked, as whom, and how the service is. */
export function ServiceSection() {
  const { serviceUrl } = useJobHistory();
  const uid = useSourceUid(useScene());
  const source = getDataSourceSrv().getInstanceSettings(uid);
  const me = useResource('v1/me');
  const { data, error, loading } = useQuestion({ question: 'service' }, ([frame]) => readRows(frame));
  const scopes = Array.isArray(me.data?.scopes) ? me.data.scopes.join(', ') : '–';
  return (
    <Section
      title="Data source and service"
      loading={loading}
      error={error}
      actions={
        uid &&
        !serviceUrl && (
          <TextLink href={`/connections/datasources/edit/${uid}`} inline={false}>
            Settings of the data source
          </TextLink>
        )
      }
    >
      <p>
        The pages ask <b>{source?.name ?? 'the data source'}</b>
        {serviceUrl && ` at ${serviceUrl}`}; tenant <b>{toText(me.data?.tenant) ?? '–'}</b>, allowed: {scopes}.
      </p>
      <Table head={['Check', 'Value', 'What it means']}>
        {(data ?? []).map((row) => (
          <tr key={String(row('check'))}>
            <td>{toText(row('check'))}</td>
            <td>
              {formatCount(toNumber(row('value')) ?? 0)} {toText(row('unit'))}
            </td>
            <td>{toText(row('message'))}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
