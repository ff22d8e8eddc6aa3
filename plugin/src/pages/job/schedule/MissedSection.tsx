import { useJobHistory } from '../../../components/JobHistoryContext';
import { Table } from '../../../components/common/Table';
import { formatExactTime, formatTime } from '../../../components/model/time';
import { plural } from '../../../components/model/numbers';
import { toRunRows } from '../../../components/model/run';
import { Section } from '../../common/Section';
import { useQuestion } from '../../common/useQuestion';
import { hrefTo } from '../../paths';
import { t } from '../../../i18n/t';

const MOST = 200;

/** The slots of the range that nobody kept; each has a page as every run has. */
export function MissedSection() {
  const { timeZone } = useJobHistory();
  const { data, error, loading } = useQuestion(
    { question: 'runs', filters: [{ field: 'status', op: '=', value: 'missed' }], limit: MOST },
    ([frame]) => toRunRows(frame)
  );
  const count = data?.length ?? 0;
  return (
    <Section
      title={t('schedule.missedSection.missed-runs', 'Missed runs')}
      note={
        count > 0 &&
        (count === MOST
          ? t('schedule.missedSection.the-newest', 'the newest {{most}}', { most: MOST })
          : t('schedule.missedSection.in-this-time-range', '{{n}} in this time range', { n: plural(count, 'run') }))
      }
      loading={loading}
      error={error}
    >
      {data && count === 0 && (
        <p>{t('schedule.missedSection.no-run-was-missed', 'No run was missed in this time range.')}</p>
      )}
      {data && count > 0 && (
        <Table
          head={[
            t('schedule.missedSection.expected', 'Expected'),
            t('schedule.missedSection.what-is-known-of', 'What is known of it'),
          ]}
        >
          {data.map(({ key, job, at, message }) => (
            <tr key={key}>
              <td>
                <a href={hrefTo('run', { key, job })} title={formatExactTime(at, timeZone)}>
                  {formatTime(at, timeZone)}
                </a>
              </td>
              <td>{message}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
