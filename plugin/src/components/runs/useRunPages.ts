import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TimeRange } from '@grafana/data';
import { map, type Observable, type Subscription } from 'rxjs';
import { readPaging } from '../client/frames';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import type { Question } from '../client/types';
import { useLatest } from '../hooks/useLatest';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';
import { statusFilter, toFilters } from '../model/filters';
import { toRunRows, type RunRow } from '../model/run';

const FIRST_PAGE = 100;
const NEXT_PAGE = 500;

interface Page {
  rows: RunRow[];
  next?: string;
  total?: number;
  range: TimeRange;
}

/** The pages that were scrolled to, hung onto the first page as it was when that began. */
interface Tail {
  subject: string;
  first: Page;
  rows: RunRow[];
  next?: string;
  loading: boolean;
  error?: ServiceError;
}

export interface RunPages {
  rows: RunRow[];
  total?: number;
  hasMore: boolean;
  loading: boolean;
  loadingMore: boolean;
  error?: ServiceError;
  loadMore(): void;
  /** How many runs came while the list was scrolled down; `showNewer` takes them in. */
  newer: number;
  showNewer(): void;
}

/** The run list, page by page. A refresh never moves what a scrolled reader looks at. */
export function useRunPages(): RunPages {
  const { client, range, refresh, location } = useJobHistory();
  const { state } = location;
  const question: Question = {
    refId: 'runs',
    question: 'runs',
    filters: [...toFilters(state), ...statusFilter(state.statuses)],
    search: state.search || undefined,
  };
  const subject = `${client.id} ${JSON.stringify(question)} ${JSON.stringify(range.raw)}`;
  const askPage = (page: { limit: number; cursor?: string }, range: TimeRange): Observable<Page> =>
    client.ask([{ ...question, ...page }], { range }).pipe(
      map((answers) => {
        const frame = answers.get('runs')?.[0];
        return { rows: toRunRows(frame), ...readPaging(frame), range };
      })
    );
  const first = useAnswer(() => askPage({ limit: FIRST_PAGE }, range), subject, refresh);
  const { tail, loadMore, dropTail } = useTail(subject, first.data, askPage);

  const merged = useMemo(() => merge(tail, first.data), [tail, first.data]);
  return {
    ...merged,
    total: first.data?.total,
    hasMore: (tail ?? first.data)?.next !== undefined,
    loading: first.loading,
    loadingMore: tail?.loading ?? false,
    error: first.error ?? tail?.error,
    loadMore,
    showNewer: dropTail,
  };
}

type AskPage = (page: { limit: number; cursor?: string }, range: TimeRange) => Observable<Page>;

function useTail(subject: string, first: Page | undefined, askPage: AskPage) {
  const [held, setTail] = useState<Tail>();
  const tail = held?.subject === subject ? held : undefined;
  const latest = useLatest({ tail, first, askPage });
  const loading = useRef(false);
  const subscription = useRef<Subscription>();
  useEffect(() => () => subscription.current?.unsubscribe(), [subject]);

  const loadMore = useCallback(() => {
    const { tail, first, askPage } = latest.current;
    const cursor = (tail ?? first)?.next;
    if (!first || cursor === undefined || loading.current) {
      return;
    }
    const start: Tail = tail ?? { subject, first, rows: [], next: cursor, loading: true };
    loading.current = true;
    setTail({ ...start, loading: true, error: undefined });
    subscription.current = askPage({ limit: NEXT_PAGE, cursor }, start.first.range).subscribe({
      next: ({ rows, next }) =>
        setTail({ ...start, rows: [...start.rows, ...rows], next, loading: false, error: undefined }),
      error: (error) => setTail({ ...start, loading: false, error: toServiceError(error) }),
    });
    subscription.current.add(() => {
      loading.current = false;
    });
  }, [latest, subject]);
  const dropTail = useCallback(() => {
    subscription.current?.unsubscribe();
    setTail(undefined);
  }, []);
  return { tail, loadMore, dropTail };
}

/** Runs that the newest first page knows better are replaced in place; new ones are only counted. */
function merge(tail: Tail | undefined, fresh: Page | undefined): { rows: RunRow[]; newer: number } {
  if (!tail) {
    return { rows: fresh?.rows ?? [], newer: 0 };
  }
  const held = [...tail.first.rows, ...tail.rows];
  if (!fresh || fresh === tail.first) {
    return { rows: held, newer: 0 };
  }
  const byKey = new Map(fresh.rows.map((row) => [row.key, row]));
  const known = new Set(held.map(({ key }) => key));
  return {
    rows: held.map((row) => byKey.get(row.key) ?? row),
    newer: fresh.rows.filter(({ key }) => !known.has(key)).length,
  };
}
