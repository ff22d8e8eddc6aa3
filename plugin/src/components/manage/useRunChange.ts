import { useState } from 'react';
import type { Patch } from '../../../../ingest/src/model/operate';
import type { RunAnswer } from '../client/answers';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useJobHistory } from '../JobHistoryContext';
import { NO_RUN } from '../model/urlState';

export interface RunChange {
  busy: boolean;
  error?: ServiceError;
  /** @returns whether it was taken */
  change(patch: Patch): Promise<boolean>;
  /** Deletes the run with all that belongs to it, and goes back to the list. */
  remove(): Promise<boolean>;
}

/** Changes a run; what is shown is asked for anew once the service has taken it. */
export function useRunChange(run: Pick<RunAnswer, 'key'>): RunChange {
  const { client, location, reload } = useJobHistory();
  const [state, setState] = useState<{ busy: boolean; error?: ServiceError }>({ busy: false });
  const carryOut = async (send: () => Promise<unknown>) => {
    setState({ busy: true });
    try {
      await send();
      setState({ busy: false });
      reload();
      return true;
    } catch (error) {
      setState({ busy: false, error: toServiceError(error) });
      return false;
    }
  };
  return {
    ...state,
    change: (patch) => carryOut(() => client.send('PATCH', 'v1/run', { key: run.key }, patch)),
    remove: () =>
      carryOut(async () => {
        await client.send('DELETE', 'v1/run', { key: run.key });
        location.update(NO_RUN, { replace: true });
      }),
  };
}
