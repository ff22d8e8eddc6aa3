import { useEffect, useRef } from 'react';

/** Gives the focus back to the row that was left, once the list shows again. */
export function useFocusBack(list: HTMLElement | null, hidden: boolean): void {
  const wasHidden = useRef(hidden);
  useEffect(() => {
    if (wasHidden.current && !hidden) {
      list?.querySelector<HTMLElement>('a[data-run][tabindex="0"]')?.focus({ preventScroll: true });
    }
    wasHidden.current = hidden;
  }, [list, hidden]);
}
