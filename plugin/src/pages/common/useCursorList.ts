import { useCallback, useEffect, useRef, useState } from 'react';
import { map, type Observable, type Subscription } from 'rxjs';
import { readPaging, readRows, type Row } from '../../components/client/frames';
import { toServiceError, type ServiceError } from '../../components/client/ServiceError';
import { useLatest } from '../../components/hooks/useLatest';
import { useJobHistory } from '../../components/JobHistoryContext';
import type { PageQuestion } from './questions';

const FIRST = 100;
const NEXT = 500;
/** A refresh renews this many rows at most; those further down stay as they were read. */
const RENEWED = 1000;

interface Page<T> {
  rows: T[];
  next?: string;
  total?: number;
}

interface Held<T> extends Page<T> {
  subject: string;
  /** Which asking this answers. */
  asking: string;
  error?: ServiceError;
}

export interface CursorList<T> extends Pick<Page<T>, 'rows' | 'total'> {
  hasMore: boolean;
  loading: boolean;
  error?: ServiceError;
  loadMore(): void;
}

/** The rows of a question that answers page by page: the first page at once, the others as one scrolls to them. */
export function useCursorList<T>(question: PageQuestion, read: (row: Row) => T): CursorList<T> {
  const { client, range, refresh } = useJobHistory();
  const subject = `${client.id} ${JSON.stringify(question)} ${JSON.stringify(range.raw)}`;
  const asking = `${subject} ${String(refresh)}`;
  const [held, setHeld] = useState<Held<T>>();
  const mine = held?.subject === subject ? held : undefined;

  const ask = (page: { limit: number; cursor?: string }): Observable<Page<T>> =>
    client.ask([{ ...question, ...page, refId: 'A' }], { range }).pipe(
      map((answers) => {
        const frame = answers.get('A')?.[0];
        return { rows: readRows(frame).map(read), ...readPaging(frame) };
      })
    );
  const latest = useLatest({ mine, ask });

  useEffect(() => {
    const limit = Math.min(RENEWED, Math.max(FIRST, latest.current.mine?.rows.length ?? 0));
    const subscription = latest.current.ask({ limit }).subscribe({
      next: (page) => setHeld((before) => renew(before, page, { subject, asking })),
      error: (error: unknown) =>
        setHeld((before) => ({
          rows: [],
          ...(before?.subject === subject && before),
          subject,
          asking,
          error: toServiceError(error),
        })),
    });
    return () => subscription.unsubscribe();
  }, [latest, subject, asking]);

  const more = useRef<Subscription>();
  useEffect(() => () => more.current?.unsubscribe(), [subject]);
  // eslint-disable-next-line react-hooks/preserve-manual-memoization -- the compiler is not used here
  const loadMore = useCallback(() => {
    const { mine, ask } = latest.current;
    if (mine?.next === undefined || more.current?.closed === false) {
      return;
    }
    const { next: cursor } = mine;
    more.current = ask({ limit: NEXT, cursor }).subscribe({
      next: ({ rows, next }) =>
        setHeld((before) =>
          before?.subject === subject && before.next === cursor
            ? { ...before, rows: [...before.rows, ...rows], next, error: undefined }
            : before
        ),
      error: (error: unknown) => setHeld((before) => before && { ...before, error: toServiceError(error) }),
    });
  }, [latest, subject]);

  return {
    rows: mine?.rows ?? [],
    total: mine?.total,
    hasMore: mine?.next !== undefined,
    loading: held?.asking !== asking,
    error: mine?.error,
    loadMore,
  };
}

function renew<T>(before: Held<T> | undefined, page: Page<T>, names: Pick<Held<T>, 'subject' | 'asking'>): Held<T> {
  const longer = before?.subject === names.subject && before.rows.length > page.rows.length && page.next !== undefined;
  return longer
    ? {
        ...before,
        ...names,
        rows: [...page.rows, ...before.rows.slice(page.rows.length)],
        total: page.total,
        error: undefined,
      }
    : { ...page, ...names };
}
