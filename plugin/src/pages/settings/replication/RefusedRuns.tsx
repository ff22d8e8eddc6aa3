import { Table } from '../../../components/common/Table';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toText } from '../../../components/model/narrow';
import { formatTime, toMs } from '../../../components/model/time';
import { useStyles2 } from '@grafana/ui';
import { hrefTo } from '../../paths';
import { getFormStyles } from '../form';
import { t } from '../../../i18n/t';

/** The runs that can't be written, however often it is tried, each with why; nothing where there are none. */
export function RefusedRuns({ refused }: { refused: unknown }) {
  const styles = useStyles2(getFormStyles);
  const { timeZone } = useJobHistory();
  const runs = Array.isArray(refused) ? refused.filter(isRecord) : [];
  if (runs.length === 0) {
    return null;
  }
  return (
    <>
      <h3 className={styles.part}>{t('replication.refusedRuns.runs-that-can-t', 'Runs that can’t be written')}</h3>
      <Table
        head={[
          t('replication.refusedRuns.run', 'Run'),
          t('replication.refusedRuns.when', 'When'),
          t('replication.refusedRuns.why', 'Why'),
        ]}
      >
        {runs.map((entry) => {
          const [job, run] = [toText(entry.job) ?? '', toText(entry.run) ?? ''];
          return (
            <tr key={`${job} ${run}`}>
              <td>
                <a href={hrefTo('run', { job, run })}>
                  {job} #{run}
                </a>
              </td>
              <td>{formatTime(toMs(toText(entry.at)) ?? 0, timeZone)}</td>
              <td>{toText(entry.problem)}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}
