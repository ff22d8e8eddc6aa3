import { forwardRef, type AnchorHTMLAttributes } from 'react';
import { NO_RUN } from '../model/urlState';
import { StateLink } from './StateLink';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** Key of the run. */
  run: string;
}

/** Opens a run at its beginning: nothing of the run that was open before stays. */
export const RunLink = forwardRef<HTMLAnchorElement, Props>(function RunLink({ run, ...rest }, ref) {
  return <StateLink {...rest} ref={ref} to={{ ...NO_RUN, run }} />;
});
