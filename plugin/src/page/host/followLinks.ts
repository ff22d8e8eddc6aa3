import { locationService } from '@grafana/runtime';
import { APP_URL } from '../../pages/paths';

/** As Grafana does: a plain click on a link to a page of the app opens it in place. @returns how to stop */
export function followLinks(): () => void {
  const follow = (event: MouseEvent) => {
    const modified = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const anchor = event.target instanceof Element ? event.target.closest('a') : null;
    const href = anchor?.getAttribute('href');
    if (event.defaultPrevented || modified || !href?.startsWith(APP_URL) || anchor?.target === '_blank') {
      return;
    }
    event.preventDefault();
    locationService.push(href);
  };
  document.addEventListener('click', follow);
  return () => document.removeEventListener('click', follow);
}
