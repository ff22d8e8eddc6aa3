import { useLayoutEffect, useState, type RefObject } from 'react';

/** How far an element stands below the top of the scroller's content, kept right while what is above it changes. */
export function useOffsetTop(element: RefObject<HTMLElement>, scroller: RefObject<HTMLElement>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const [inner, outer] = [element.current, scroller.current];
    if (!inner || !outer) {
      return;
    }
    const measure = () =>
      setOffset(Math.round(inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop));
    const observer = new ResizeObserver(measure);
    for (const child of outer.children) {
      observer.observe(child);
    }
    measure();
    return () => observer.disconnect();
  }, [element, scroller]);
  return offset;
}
