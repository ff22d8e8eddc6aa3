import { toRun, type RunAnswer } from '../client/answers';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';

/** The job's last success before a run; undefined while it is on its way, and where there is none. */
export function useLastSuccess(run: RunAnswer): RunAnswer | undefined {
  const { client } = useJobHistory();
  const key = run.last_success;
  const answer = useAnswer<RunAnswer | undefined>(
    () => (key === null ? Promise.resolve(undefined) : client.get('v1/run', { key }).then(toRun)),
    `${client.id} last success ${key}`
  );
  return answer.data;
}
