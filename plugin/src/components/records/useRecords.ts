import { useCallback, useEffect, useRef, useState } from 'react';
import { toRecords, type RecordAnswer } from '../client/answers';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useJobHistory } from '../JobHistoryContext';

export interface RecordQuery {
  key: string;
  phase?: string;
  outcome?: string;
  q?: string;
}

interface Held {
  subject: string;
  records: RecordAnswer[];
  next?: string;
  loading: boolean;
  error?: ServiceError;
}

const PAGE = 100;

/** The records of a run, page after page. */
export function useRecords(query: RecordQuery) {
  const { client } = useJobHistory();
  const subject = `${client.id} ${JSON.stringify(query)}`;
  const [held, setHeld] = useState<Held>({ subject, records: [], loading: true });
  const latest = useRef(subject);
  latest.current = subject;

  const load = useCallback(
    async (before: RecordAnswer[], cursor: string | undefined) => {
      const [page, error] = await client
        .get('v1/run/records', { ...query, q: query.q || undefined, limit: PAGE, cursor })
        .then((value) => [toRecords(value), undefined] as const)
        .catch((error: unknown) => [undefined, toServiceError(error)] as const);
      if (latest.current === subject) {
        setHeld({
          subject,
          records: [...before, ...(page?.records ?? [])],
          next: page ? (page.next ?? undefined) : cursor,
          loading: false,
          error,
        });
      }
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- subject says when client or query changed
    [subject]
  );
  useEffect(() => {
    setHeld({ subject, records: [], loading: true });
    void load([], undefined);
  }, [subject, load]);

  const loadMore = () => {
    setHeld({ ...held, loading: true });
    void load(held.records, held.next);
  };
  return { ...held, loadMore };
}
