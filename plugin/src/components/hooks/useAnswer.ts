import { useEffect, useState } from 'react';
import { from, type Observable } from 'rxjs';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useLatest } from './useLatest';

export interface Answer<T> {
  /** The newest good answer; kept while the next one is on its way. */
  data?: T;
  error?: ServiceError;
  loading: boolean;
}

interface Held<T> {
  subject: string;
  /** Of which asking this is the answer. */
  asking: string;
  data?: T;
  error?: ServiceError;
}

/**
 * Asks again whenever `subject` or `refresh` changes, and drops answers that come too late. A new subject drops the
 * old data at once; a refresh keeps showing it until the new answer is there.
 */
export function useAnswer<T>(ask: () => Observable<T> | Promise<T>, subject: string, refresh: unknown = 0): Answer<T> {
  const [held, setHeld] = useState<Held<T>>();
  const latestAsk = useLatest(ask);
  const asking = `${subject} ${String(refresh)}`;

  useEffect(() => {
    const subscription = from(latestAsk.current()).subscribe({
      next: (data) => setHeld({ subject, asking, data }),
      error: (error: unknown) =>
        setHeld((before) => ({
          subject,
          asking,
          data: before?.subject === subject ? before.data : undefined,
          error: toServiceError(error),
        })),
    });
    return () => subscription.unsubscribe();
  }, [latestAsk, subject, asking]);

  return held?.subject === subject
    ? { data: held.data, error: held.error, loading: held.asking !== asking }
    : { loading: true };
}
