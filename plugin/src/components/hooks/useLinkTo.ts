import { useCallback, type MouseEvent } from 'react';
import { useJobHistory } from '../JobHistoryContext';
import type { HistoryState } from '../model/urlState';

/** What makes an anchor a link to another state: it opens in place, and in a new tab when asked for. */
export function useLinkTo() {
  const { hrefFor, update } = useJobHistory().location;
  return useCallback(
    (to: Partial<HistoryState>, options?: { replace?: boolean }) => ({
      href: hrefFor(to),
      follow: (event: MouseEvent<HTMLElement>) => {
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
          return;
        }
        event.preventDefault();
        update(to, options);
      },
    }),
    [hrefFor, update]
  );
}
