import { useState } from 'react';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useJobHistory } from '../JobHistoryContext';

export interface Change {
  busy: boolean;
  done?: boolean;
  /** Why the last try failed; stays until the next one. */
  error?: ServiceError;
  /** @returns whether it was taken */
  run(change: () => Promise<unknown>): Promise<boolean>;
}

/** A change of what is stored: once it is done the views ask anew. */
export function useChange(onDone?: () => void): Change {
  const { reload } = useJobHistory();
  return useQuietChange(() => {
    reload();
    onDone?.();
  });
}

/** The same, but the views stay as they are. */
export function useQuietChange(onDone?: () => void): Change {
  const [state, setState] = useState<Omit<Change, 'run'>>({ busy: false });
  const run = async (change: () => Promise<unknown>) => {
    setState({ busy: true });
    try {
      await change();
    } catch (error) {
      setState({ busy: false, error: toServiceError(error) });
      return false;
    }
    setState({ busy: false, done: true });
    onDone?.();
    return true;
  };
  return { ...state, run };
}
