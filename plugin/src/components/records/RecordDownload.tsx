import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Dropdown, Menu, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { fileName, useDownload } from '../hooks/useDownload';
import { useJobHistory } from '../JobHistoryContext';
import type { RecordGroup } from '../model/recordGroups';
import type { RecordQuery } from './useRecords';
import { t } from '../../i18n/t';

const formats = () =>
  [
    {
      format: 'csv',
      label: t('records.recordDownload.csv', 'CSV'),
      description: t('records.recordDownload.for-spreadsheets', 'For spreadsheets'),
    },
    {
      format: 'ndjson',
      label: t('records.recordDownload.ndjson', 'NDJSON'),
      description: t('records.recordDownload.a-json-object-per', 'A JSON object per line'),
    },
  ] as const;

interface Props {
  run: RunAnswer;
  group: RecordGroup | undefined;
  query: RecordQuery;
}

/** Saves all records of the list, those not scrolled to as well. */
export function RecordDownload({ run, group, query }: Props) {
  const styles = useStyles2(getStyles);
  const { client } = useJobHistory();
  const { start, busy, error } = useDownload();
  const save = (format: string) =>
    start(fileName([run.job, run.run, group?.name ?? 'records'], format), () =>
      client.getFile('v1/run/records', { ...query, q: query.q || undefined, format })
    );
  const menu = (
    <Menu>
      {formats().map(({ format, label, description }) => (
        <Menu.Item key={format} label={label} description={description} onClick={() => void save(format)} />
      ))}
    </Menu>
  );
  return (
    <span className={styles}>
      {error && <span role="alert">{error.message}</span>}
      <Dropdown overlay={menu} placement="bottom-end">
        <Button icon={busy ? 'spinner' : 'download-alt'} size="sm" variant="secondary" disabled={busy}>
          {busy
            ? t('records.recordDownload.downloading', 'Downloading')
            : t('records.recordDownload.download', 'Download')}
        </Button>
      </Dropdown>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    '& [role=alert]': { color: theme.colors.error.text },
  });
