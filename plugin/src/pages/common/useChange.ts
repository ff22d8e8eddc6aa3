import { useState } from 'react';
import { toServiceError, type ServiceError } from '../../components/client/ServiceError';
import { useJobHistory } from '../../components/JobHistoryContext';

/** A change of what is stored: once it is done the views ask anew; how it ended stays until the next try. */
export function useChange(onDone?: () => void) {
  const { reload } = useJobHistory();
  return useQuietChange(() => {
    reload();
    onDone?.();
  });
}

/** The same, but the views stay as they are. */
export function useQuietChange(onDone?: () => void) {
  const [state, setState] = useState<{ busy: boolean; done?: boolean; error?: ServiceError }>({ busy: false });
  const run = (change: () => Promise<unknown>) => {
    setState({ busy: true });
    change().then(
      () => {
        setState({ busy: false, done: true });
        onDone?.();
      },
      (error: unknown) => setState({ busy: false, error: toServiceError(error) })
    );
  };
  return { ...state, run };
}
