import { useEffect, useState } from 'react';
import { toRecords, type RecordAnswer } from '../client/answers';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import type { JobHistoryClient } from '../client/types';
import { useLatest } from '../hooks/useLatest';
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

const FIRST_PAGE = 100;
const NEXT_PAGE = 500;

/** The records of a run, page after page. An answer that comes after the query changed is dropped. */
export function useRecords(query: RecordQuery) {
  const { client } = useJobHistory();
  const subject = `${client.id} ${JSON.stringify(query)}`;
  const [held, setHeld] = useState<Held>(() => empty(subject));
  const mine = held.subject === subject ? held : empty(subject);
  const latest = useLatest({ client, query });

  useEffect(() => {
    let current = true;
    const { client, query } = latest.current;
    void readOn(client, query, empty(subject)).then((next) => current && setHeld(next));
    return () => {
      current = false;
    };
  }, [latest, subject]);

  const loadMore = () => {
    if (mine.next !== undefined && !mine.loading) {
      setHeld({ ...mine, loading: true, error: undefined });
      void readOn(client, query, mine).then((next) => setHeld((now) => (now.subject === subject ? next : now)));
    }
  };
  return { ...mine, loadMore };
}

/** The records so far and the page that follows them. */
function readOn(client: JobHistoryClient, query: RecordQuery, before: Held): Promise<Held> {
  const limit = before.next === undefined ? FIRST_PAGE : NEXT_PAGE;
  return client
    .get('v1/run/records', { ...query, q: query.q || undefined, limit, cursor: before.next })
    .then(toRecords)
    .then(
      ({ records, next }) => ({
        subject: before.subject,
        records: [...before.records, ...records],
        next: next ?? undefined,
        loading: false,
      }),
      (error: unknown) => ({ ...before, loading: false, error: toServiceError(error) })
    );
}

const empty = (subject: string): Held => ({ subject, records: [], loading: true });
