import { useEffect, useRef, useState } from 'react';
import { from, type Observable } from 'rxjs';
import { toServiceError, type ServiceError } from '../client/ServiceError';

export interface Answer<T> {
  /** The newest good answer; kept while the next one is on its way. */
  data?: T;
  error?: ServiceError;
  loading: boolean;
}

interface Held<T> extends Answer<T> {
  subject: string;
}

/**
 * Asks again whenever `subject` or `refresh` changes, and drops answers that come too late. A new subject drops the
 * old data at once; a refresh keeps showing it until the new answer is there.
 */
export function useAnswer<T>(ask: () => Observable<T> | Promise<T>, subject: string, refresh: unknown = 0): Answer<T> {
  const [held, setHeld] = useState<Held<T>>({ subject, loading: true });
  const latestAsk = useRef(ask);
  latestAsk.current = ask;

  useEffect(() => {
    setHeld((before) => ({ ...(before.subject === subject ? before : { subject }), loading: true }));
    const subscription = from(latestAsk.current()).subscribe({
      next: (data) => setHeld({ subject, data, loading: false }),
      error: (error) =>
        setHeld((before) => ({ subject, data: before.data, error: toServiceError(error), loading: false })),
    });
    return () => subscription.unsubscribe();
  }, [subject, refresh]);

  return held.subject === subject ? held : { loading: true };
}
