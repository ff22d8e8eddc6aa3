import { useEffect, useMemo, useState } from 'react';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useLatest } from '../hooks/useLatest';
import { LineStore, type FetchLines } from './LineStore';
import type { LogLines } from './LogLines';

/** A run's log without filters: every line is at hand wherever one scrolls. */
export function useWholeLog(subject: string, knownTotal: number, fetchLines: FetchLines, active: boolean): LogLines {
  const [, redraw] = useState(0);
  const [seen, setSeen] = useState({ subject, total: 0 });
  const [failed, setFailed] = useState<{ subject: string; error: ServiceError }>();
  const latestFetch = useLatest(fetchLines);

  const store = useMemo(
    () =>
      new LineStore(
        (total) => {
          setFailed(undefined);
          setSeen({ subject, total: total ?? 0 });
          redraw((count) => count + 1);
        },
        (error) => setFailed({ subject, error: toServiceError(error) })
      ),
    [subject]
  );
  const total = Math.max(knownTotal, seen.subject === subject ? seen.total : 0);
  useEffect(() => {
    if (active && total > 0) {
      // What is asked for while scrolling comes through `ensure`; this keeps the end of a growing log fresh.
      store.ensure(total - 1, total - 1, total, latestFetch.current);
    }
  }, [store, total, active, latestFetch]);

  return {
    count: total,
    total,
    line: (index) => store.line(index),
    indexOf: (n) => (n <= total ? n - 1 : undefined),
    ensure: (first, last) => store.ensure(first, last, total, fetchLines),
    loading: false,
    error: failed?.subject === subject ? failed.error : undefined,
  };
}
