import { Alert } from '@grafana/ui';
import { Facts } from '../../../components/common/Facts';
import { useNow } from '../../../components/hooks/useNow';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toNumber, toText, type UnknownRecord } from '../../../components/model/narrow';
import { formatCount, plural } from '../../../components/model/numbers';
import { formatAgo, formatTime, toMs } from '../../../components/model/time';
import { t } from '../../../i18n/t';

/** How far replication is, and what keeps it from going on. */
export function ReplicationState({ state }: { state: UnknownRecord }) {
  const { timeZone } = useJobHistory();
  const now = useNow(30_000);
  const moment = (value: unknown) => toMs(toText(value));
  const [since, oldest, last] = [moment(state.enabled_at), moment(state.oldest_at), moment(state.last_written_at)];
  const backlog = toNumber(state.backlog) ?? 0;
  const waiting = backlog === 0 ? 'nothing' : plural(backlog, 'run');
  return (
    <>
      <Facts
        look="row"
        facts={[
          [
            t('replication.replicationState.state', 'State'),
            since === undefined
              ? 'off'
              : t('replication.replicationState.on-since', 'on since {{since}}', {
                  since: formatTime(since, timeZone),
                }),
          ],
          [
            t('replication.replicationState.waiting', 'Waiting'),
            oldest === undefined
              ? waiting
              : t('replication.replicationState.the-oldest-since', '{{waiting}}, the oldest since {{oldest}}', {
                  waiting,
                  oldest: formatTime(oldest, timeZone),
                }),
          ],
          [t('replication.replicationState.files-written', 'Files written'), formatCount(toNumber(state.files) ?? 0)],
          [
            t('replication.replicationState.last-written', 'Last written'),
            last === undefined ? 'never' : formatAgo(last, now),
          ],
        ]}
      />
      {isRecord(state.problem) && <Problem problem={state.problem} />}
    </>
  );
}

function Problem({ problem }: { problem: UnknownRecord }) {
  const { timeZone } = useJobHistory();
  const [since, next] = [toMs(toText(problem.since)), toMs(toText(problem.next_try_at))];
  return (
    <Alert severity="error" title={t('replication.replicationState.no-file-can-be', 'No file can be written')}>
      <p>{toText(problem.message)}</p>
      {t('replication.replicationState.tried', 'Tried {{attempts}}', {
        attempts: plural(toNumber(problem.attempts) ?? 0, 'time'),
      })}
      {since !== undefined &&
        t('replication.replicationState.since', ' since {{since}}', { since: formatTime(since, timeZone) })}
      {next !== undefined &&
        t('replication.replicationState.next-at', ', next at {{next}}', { next: formatTime(next, timeZone) })}
      {t(
        'replication.replicationState.what-finished-meanwhile-waits',
        '. What finished meanwhile waits and is written then.'
      )}
    </Alert>
  );
}
