import { useEffect, useState } from 'react';
import type { LineAnswer } from '../client/answers';
import { toServiceError, type ServiceError } from '../client/ServiceError';
import { useLatest } from '../hooks/useLatest';
import { CHUNK, type FetchLines } from './LineStore';
import type { LogLines } from './LogLines';

interface Held {
  subject: string;
  lines: LineAnswer[];
  total?: number;
  done: boolean;
  loading: boolean;
  error?: ServiceError;
}

const AHEAD = 100;

/** The lines that match a search or a level, read on from the first as one scrolls: their numbers leave gaps. */
export function useFilteredLog(subject: string, refresh: unknown, fetchLines: FetchLines, active: boolean): LogLines {
  const [held, setHeld] = useState<Held>(() => empty(subject));
  const mine = held.subject === subject ? held : empty(subject);
  const latest = useLatest({ mine, fetchLines });

  useEffect(() => {
    if (!active) {
      return;
    }
    let current = true;
    void readOn(latest.current.mine, latest.current.fetchLines).then((next) => current && setHeld(next));
    return () => {
      current = false;
    };
  }, [latest, subject, refresh, active]);

  return {
    count: mine.lines.length,
    total: mine.total,
    line: (index) => mine.lines[index],
    indexOf: (n) => {
      const index = mine.lines.findIndex((line) => line.n === n);
      return index < 0 ? undefined : index;
    },
    ensure: (_first, last) => {
      if (active && !mine.done && !mine.loading && !mine.error && last >= mine.lines.length - AHEAD) {
        setHeld({ ...mine, loading: true });
        void readOn(mine, fetchLines).then((next) => setHeld((now) => (now.subject === subject ? next : now)));
      }
    },
    loading: mine.loading,
    error: mine.error,
  };
}

/** The lines so far and those that follow them. */
function readOn(before: Held, fetchLines: FetchLines): Promise<Held> {
  const fromLine = (before.lines.at(-1)?.n ?? 0) + 1;
  return fetchLines({ fromLine, limit: CHUNK }).then(
    ({ lines, total }) => ({
      subject: before.subject,
      lines: [...before.lines, ...lines],
      total,
      done: lines.length < CHUNK,
      loading: false,
    }),
    (error: unknown) => ({ ...before, loading: false, error: toServiceError(error) })
  );
}

const empty = (subject: string): Held => ({ subject, lines: [], done: false, loading: true });
