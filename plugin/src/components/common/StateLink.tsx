import { forwardRef, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { useJobHistory } from '../JobHistoryContext';
import type { HistoryState } from '../model/urlState';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** What the state becomes when the link is followed. */
  to: Partial<HistoryState>;
  replace?: boolean;
}

/** A real link to another state of the history: it opens in place, and in a new tab when asked for. */
export const StateLink = forwardRef<HTMLAnchorElement, Props>(function StateLink(
  { to, replace, children, ...rest },
  ref
) {
  const { location } = useJobHistory();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    rest.onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    location.update(to, { replace });
  };
  return (
    <a {...rest} ref={ref} href={location.hrefFor(to)} onClick={follow}>
      {children}
    </a>
  );
});
