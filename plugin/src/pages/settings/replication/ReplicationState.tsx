import { Alert } from '@grafana/ui';
import { Facts } from '../../../components/common/Facts';
import { useNow } from '../../../components/hooks/useNow';
import { useJobHistory } from '../../../components/JobHistoryContext';
import { isRecord, toNumber, toText, type UnknownRecord } from '../../../components/model/narrow';
import { formatCount, plural } from '../../../components/model/numbers';
import { formatAgo, formatTime, toMs } from '../../../components/model/time';

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
          ['State', since === undefined ? 'off' : `on since ${formatTime(since, timeZone)}`],
          ['Waiting', oldest === undefined ? waiting : `${waiting}, the oldest since ${formatTime(oldest, timeZone)}`],
          ['Files written', formatCount(toNumber(state.files) ?? 0)],
          ['Last written', last === undefined ? 'never' : formatAgo(last, now)],
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
    <Alert severity="error" title="No file can be written">
      <p>{toText(problem.message)}</p>
      Tried {plural(toNumber(problem.attempts) ?? 0, 'time')}
      {since !== undefined && ` since ${formatTime(since, timeZone)}`}
      {next !== undefined && `, next at ${formatTime(next, timeZone)}`}. What finished meanwhile waits and is written
      then.
    </Alert>
  );
}
