import { useCallback, useEffect, useRef, useState } from 'react';
import type { LineAnswer } from '../client/answers';
import { toServiceError, type ServiceError } from '../client/ServiceError';
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
  const latest = useRef({ subject, held, fetchLines });
  latest.current = { subject, held, fetchLines };

  const load = useCallback(async () => {
    const { subject, held, fetchLines } = latest.current;
    const before = held.subject === subject ? held : empty(subject);
    setHeld({ ...before, loading: true });
    const fromLine = (before.lines.at(-1)?.n ?? 0) + 1;
    const next: Held = await fetchLines({ fromLine, limit: CHUNK }).then(
      ({ lines, total }) => ({
        subject,
        lines: [...before.lines, ...lines],
        total,
        done: lines.length < CHUNK,
        loading: false,
      }),
      (error) => ({ ...before, loading: false, error: toServiceError(error) })
    );
    if (latest.current.subject === subject) {
      setHeld(next);
    }
  }, []);
  useEffect(() => {
    if (active) {
      void load();
    }
  }, [subject, refresh, active, load]);

  const mine = held.subject === subject ? held : empty(subject);
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
        void load();
      }
    },
    loading: mine.loading,
    error: mine.error,
  };
}

const empty = (subject: string): Held => ({ subject, lines: [], done: false, loading: true });
