import { hrefTo } from '../paths';
import type { TrendRow } from './trends';

/** The jobs, or the job, behind a group of a period. */
export function groupHref(
  group: string,
  { group: name, start, end }: Pick<TrendRow, 'group' | 'start' | 'end'>
): string {
  const range = { from: start, to: end };
  switch (group) {
    case 'job':
      return hrefTo('job', { job: name, ...range });
    case 'type':
    case 'owner':
      return hrefTo('jobs', { [group]: name, ...range });
    default:
      return hrefTo('jobs', { tag: `${group.replace(/^tag:/, '')}=${name}`, ...range });
  }
}
