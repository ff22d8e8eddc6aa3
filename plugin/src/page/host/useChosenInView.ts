import { useEffect, useRef } from 'react';

/** Scrolls a row that is wider than the screen to what is chosen in it. @returns the ref of the row */
export function useChosenInView<T extends HTMLElement>(chosen: string | undefined) {
  const ref = useRef<T>(null);
  useEffect(() => {
    const selector = '[aria-current="page"], [role="tab"][aria-selected="true"]';
    ref.current?.querySelector(selector)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);
  return ref;
}
