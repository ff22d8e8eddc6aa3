import type { AttemptAnswer } from '../client/answers';
import { Table } from '../common/Table';
import { useJobHistory } from '../JobHistoryContext';
import { formatDuration } from '../model/duration';
import { isRecord, toText } from '../model/narrow';
import { formatExactTime, formatTime, toMs } from '../model/time';
import { StatusBadge } from '../status/StatusBadge';
import { t } from '../../i18n/t';

/** Every try of the run, the newest first; only the newest counts. */
export function AttemptsTable({ attempts }: { attempts: AttemptAnswer[] }) {
  const { timeZone } = useJobHistory();
  const rows = [...attempts].sort((a, b) => b.attempt - a.attempt);
  return (
    <Table
      head={[
        t('run.attemptsTable.attempt', 'Attempt'),
        t('run.attemptsTable.status', 'Status'),
        t('run.attemptsTable.started', 'Started'),
        t('run.attemptsTable.duration', 'Duration'),
        t('run.attemptsTable.message', 'Message'),
      ]}
    >
      {rows.map((attempt) => {
        const started = toMs(attempt.started_at);
        return (
          <tr key={attempt.attempt}>
            <td>{attempt.attempt}</td>
            <td>
              <StatusBadge status={attempt.status} />
            </td>
            <td title={started === undefined ? undefined : formatExactTime(started, timeZone)}>
              {started !== undefined && formatTime(started, timeZone)}
            </td>
            <td>{formatDuration(attempt.duration_ms)}</td>
            <td>{attempt.message ?? (isRecord(attempt.error) ? toText(attempt.error.message) : undefined)}</td>
          </tr>
        );
      })}
    </Table>
  );
}
