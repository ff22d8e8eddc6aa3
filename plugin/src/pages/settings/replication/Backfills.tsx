import { useState } from 'react';
import { rangeUtil, type TimeRange } from '@grafana/data';
import { Field, Input, TimeRangeInput, useStyles2 } from '@grafana/ui';
import { Table } from '../../../components/common/Table';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toNumber, toText } from '../../../components/model/narrow';
import { formatCount } from '../../../components/model/numbers';
import { formatTime, toMs } from '../../../components/model/time';
import { useChange } from '../../../components/hooks/useChange';
import { getFormStyles } from '../form';
import { SaveRow } from '../SaveRow';
import { t } from '../../../i18n/t';

/** Writing what finished before replication was switched on, or once more; and how far such orders are. */
export function Backfills({ backfills }: { backfills: unknown }) {
  const styles = useStyles2(getFormStyles);
  const { client, timeZone } = useJobHistory();
  const [range, setRange] = useState<TimeRange>(() => rangeUtil.convertRawToRange({ from: 'now-7d', to: 'now' }));
  const [job, setJob] = useState('');
  const change = useChange();
  const orders = Array.isArray(backfills) ? backfills.filter(isRecord) : [];
  const order = () =>
    change.run(() =>
      client.send(
        'POST',
        'v1/replication/backfill',
        {},
        {
          from: range.from.valueOf(),
          to: range.to.valueOf(),
          ...(job.trim() && { job: job.trim() }),
        }
      )
    );
  const time = (value: unknown) => formatTime(toMs(toText(value)) ?? 0, timeZone);
  return (
    <>
      <h3 className={styles.part}>{t('replication.backfills.write-a-time-range', 'Write a time range once more')}</h3>
      <div className={styles.row}>
        <Field
          label={t('replication.backfills.runs-between', 'Runs between')}
          description={t(
            'replication.backfills.written-before-or-not',
            'Written before or not: a file is overwritten by itself.'
          )}
        >
          <TimeRangeInput value={range} timeZone={timeZone} onChange={setRange} />
        </Field>
        <Field
          label={t('replication.backfills.job', 'Job')}
          description={t('replication.backfills.all-unless-given', 'All unless given.')}
        >
          <Input id="backfill-job" width={30} value={job} onChange={(event) => setJob(event.currentTarget.value)} />
        </Field>
      </div>
      <SaveRow
        label={t('replication.backfills.write-these-runs', 'Write these runs')}
        dirty
        state={change}
        onSave={order}
      />
      {orders.length > 0 && (
        <Table
          head={[
            t('replication.backfills.runs-between', 'Runs between'),
            t('replication.backfills.job', 'Job'),
            t('replication.backfills.asked-for', 'Asked for'),
            t('replication.backfills.by', 'By'),
            t('replication.backfills.written', 'Written'),
          ]}
        >
          {orders.map((entry) => (
            <tr key={toText(entry.id)}>
              <td>
                {time(entry.from)} – {time(entry.to)}
              </td>
              <td>{toText(entry.job) ?? t('replication.backfills.all', 'all')}</td>
              <td>{time(entry.requested_at)}</td>
              <td>{toText(entry.requested_by)}</td>
              <td>
                {t('replication.backfills.of', '{{written}} of {{runs}}', {
                  written: formatCount(toNumber(entry.written) ?? 0),
                  runs: formatCount(toNumber(entry.runs) ?? 0),
                })}
                {entry.done === true
                  ? t('replication.backfills.done', ', done')
                  : t('replication.backfills.going-on', ' …')}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
