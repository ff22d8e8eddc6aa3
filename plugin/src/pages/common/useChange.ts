import { useState } from 'react';
import { toServiceError, type ServiceError } from '../../components/client/ServiceError';
import { useJobHistory } from '../../components/JobHistoryContext';

/** A change of what is stored: once it is done the views ask anew; an error stays until the next try. */
export function useChange(onDone?: () => void) {
  const { reload } = useJobHistory();
  const [state, setState] = useState<{ busy: boolean; error?: ServiceError }>({ busy: false });
  const run = (change: () => Promise<unknown>) => {
    setState({ busy: true });
    change().then(
      () => {
        setState({ busy: false });
        reload();
        onDone?.();
      },
      (error: unknown) => setState({ busy: false, error: toServiceError(error) })
    );
  };
  return { ...state, run };
}
