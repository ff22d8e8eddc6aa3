import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';

/**
 * Arrow keys over a virtual list: one row stands in the tab order, the keys move it and the focus with it, and rows
 * that don't exist yet are scrolled to first.
 */
export function useArrowKeys(count: number, page: number, scrollTo: (index: number) => void) {
  const [current, setCurrent] = useState(-1);
  const elements = useRef(new Map<number, HTMLElement>());
  const pending = useRef(false);

  useEffect(() => {
    const element = elements.current.get(current);
    if (pending.current && element) {
      pending.current = false;
      element.focus({ preventScroll: true });
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, current, count, Math.max(1, page - 2));
    if (target === undefined || event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    event.preventDefault();
    pending.current = true;
    setCurrent(target);
    scrollTo(target);
  };

  const register = useCallback((index: number, element: HTMLElement | null) => {
    if (element) {
      elements.current.set(index, element);
    } else {
      elements.current.delete(index);
    }
  }, []);
  // The row last focused, while it is there; else the first in view, so that Tab always finds the list.
  const tabbable = (items: Array<{ index: number }>) =>
    items.some(({ index }) => index === current) ? current : (items[0]?.index ?? 0);

  return { onKeyDown, register, setCurrent, tabbable };
}

function targetOf(key: string, current: number, count: number, page: number): number | undefined {
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(current + 1);
    case 'ArrowUp':
      return clamp(current - 1);
    case 'PageDown':
      return clamp(current + page);
    case 'PageUp':
      return clamp(current - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
