import { useLayoutEffect, useState, type RefObject } from 'react';

/** How far an element stands below the top of the scroller's content, kept right while what is above it changes. */
export function useOffsetTop(element: RefObject<HTMLElement>, scroller: HTMLElement | null): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const inner = element.current;
    if (!inner || !scroller) {
      return;
    }
    const measure = () =>
      setOffset(
        Math.round(inner.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop)
      );
    const observer = new ResizeObserver(measure);
    for (const child of scroller.children) {
      observer.observe(child);
    }
    measure();
    return () => observer.disconnect();
  }, [element, scroller]);
  return offset;
}
