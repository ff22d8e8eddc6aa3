import { useState, type KeyboardEvent } from 'react';

/**
 * Many links in a row are one stop for Tab; the arrow keys go through them. The last one is where it starts: with runs
 * in order of time that is the newest.
 */
export function useRovingFocus(count: number) {
  const [chosen, setChosen] = useState<number>();
  const current = Math.min(chosen ?? count - 1, count - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = targetOf(event.key, current, count);
    if (target === undefined || event.altKey || event.metaKey || event.ctrlKey) {
      return;
    }
    event.preventDefault();
    setChosen(target);
    event.currentTarget.querySelectorAll<HTMLElement>('[data-roving]')[target]?.focus();
  };
  const itemProps = (index: number) => ({
    'data-roving': index,
    tabIndex: index === current ? 0 : -1,
    onFocus: () => setChosen(index),
  });
  return { onKeyDown, itemProps };
}

function targetOf(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, current - 1);
    case 'ArrowRight':
      return Math.min(count - 1, current + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
