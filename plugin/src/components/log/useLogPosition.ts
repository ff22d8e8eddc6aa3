import { useEffect, useRef, type RefObject } from 'react';
import type { Virtualizer } from '@tanstack/react-virtual';
import type { LogLines } from './LogLines';

const NEAR_END_PX = 40;

/** Brings the wanted line into the middle once, and holds to the end of a log that is being written. */
export function useLogPosition(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  box: RefObject<HTMLDivElement>,
  log: LogLines,
  target: number | undefined,
  follow: boolean
): void {
  const shown = useRef<number>();
  const index = target === undefined ? undefined : log.indexOf(target);
  useEffect(() => {
    if (index !== undefined && shown.current !== target) {
      shown.current = target;
      virtualizer.scrollToIndex(index, { align: 'center' });
    }
  }, [virtualizer, index, target]);

  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    const note = () => {
      if (element) {
        atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
      }
    };
    element?.addEventListener('scroll', note, { passive: true });
    return () => element?.removeEventListener('scroll', note);
  }, [box]);
  useEffect(() => {
    if (follow && target === undefined && atEnd.current && log.count > 0) {
      virtualizer.scrollToIndex(log.count - 1, { align: 'end' });
    }
  }, [virtualizer, follow, target, log.count]);
}
