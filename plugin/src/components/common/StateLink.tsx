import { forwardRef, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { useLinkTo } from '../hooks/useLinkTo';
import type { HistoryState } from '../model/urlState';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** What the state becomes when the link is followed. */
  to: Partial<HistoryState>;
  replace?: boolean;
}

/** A real link to another state of the history. */
export const StateLink = forwardRef<HTMLAnchorElement, Props>(function StateLink(
  { to, replace, children, ...rest },
  ref
) {
  const { href, follow } = useLinkTo()(to, { replace });
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    rest.onClick?.(event);
    follow(event);
  };
  return (
    <a {...rest} ref={ref} href={href} onClick={onClick}>
      {children}
    </a>
  );
});
