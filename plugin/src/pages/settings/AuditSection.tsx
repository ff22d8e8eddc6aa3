import { Table } from '../../components/common/Table';
import { useJobHistory } from '../../components/JobHistoryContext';
import { isRecord, toText } from '../../components/model/narrow';
import { formatTime, toMs } from '../../components/model/time';
import { Section } from '../common/Section';
import { useResource } from './useResource';
import { t } from '../../i18n/t';

const SHOWN = { limit: 50 };

/** Who changed what, the newest first; nothing changes these entries. */
export function AuditSection() {
  const { timeZone } = useJobHistory();
  const { data, error, loading } = useResource('v1/audit', SHOWN);
  const entries = Array.isArray(data?.entries) ? data.entries.filter(isRecord) : [];
  return (
    <Section
      title={t('settings.auditSection.audit-trail', 'Audit trail')}
      note={t('settings.auditSection.the-last-50-changes', 'the last 50 changes')}
      loading={loading}
      error={error}
    >
      {entries.length > 0 ? (
        <Table
          head={[
            t('settings.auditSection.when', 'When'),
            t('settings.auditSection.who', 'Who'),
            t('settings.auditSection.what', 'What'),
            t('settings.auditSection.job-and-run', 'Job and run'),
            t('settings.auditSection.how-it-ended', 'How it ended'),
          ]}
        >
          {entries.map((entry) => (
            <tr key={toText(entry.id) ?? ''}>
              <td>{formatTime(toMs(toText(entry.at)) ?? 0, timeZone)}</td>
              <td>{toText(entry.user) ?? toText(entry.token)}</td>
              <td>{toText(entry.action)}</td>
              <td>{[toText(entry.job), toText(entry.run)].filter(Boolean).join(' #')}</td>
              <td>{toText(entry.error) ?? toText(entry.outcome)}</td>
            </tr>
          ))}
        </Table>
      ) : (
        data && <p>{t('settings.auditSection.nothing-was-changed-yet', 'Nothing was changed yet.')}</p>
      )}
    </Section>
  );
}
