import type { Patch } from '../../../../ingest/src/model/operate';
import type { RunAnswer } from '../client/answers';
import { useChange, type Change } from '../hooks/useChange';
import { useJobHistory } from '../JobHistoryContext';
import { NO_RUN } from '../model/urlState';

export interface RunChange extends Pick<Change, 'busy' | 'error'> {
  /** @returns whether it was taken */
  change(patch: Patch): Promise<boolean>;
  /** Deletes the run with all that belongs to it, and goes back to the list. */
  remove(): Promise<boolean>;
}

/** Changes a run; what is shown is asked for anew once the service has taken it. */
export function useRunChange(run: Pick<RunAnswer, 'key'>): RunChange {
  const { client, location } = useJobHistory();
  const { run: carryOut, busy, error } = useChange();
  return {
    busy,
    error,
    change: (patch) => carryOut(() => client.send('PATCH', 'v1/run', { key: run.key }, patch)),
    remove: () =>
      carryOut(async () => {
        await client.send('DELETE', 'v1/run', { key: run.key });
        location.update(NO_RUN, { replace: true });
      }),
  };
}
