import { useEffect, useRef } from 'react';
import type { TallBox } from '../virtual/TallBox';
import type { LogLines } from './LogLines';

/** Brings the wanted line into the middle once, and holds to the end of a log that is being written. */
export function useLogPosition(list: TallBox, log: LogLines, target: number | undefined, follow: boolean): void {
  const shown = useRef<number>();
  const index = target === undefined ? undefined : log.indexOf(target);
  useEffect(() => {
    if (index !== undefined && shown.current !== target) {
      shown.current = target;
      list.scrollTo(index, 'center');
    }
  }, [list, index, target]);

  const before = useRef({ count: 0, atEnd: true });
  useEffect(() => {
    // Whether the reader was at the end is known from before the new lines were counted in.
    if (follow && target === undefined && before.current.atEnd && log.count > before.current.count) {
      list.scrollTo(log.count - 1, 'end');
    }
    before.current = { count: log.count, atEnd: list.scroll.isAtEnd };
  });
}
