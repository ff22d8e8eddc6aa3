import { useMemo } from 'react';
import type { PageQuestion } from '../common/questions';
import { useChoice, useParam } from '../common/useParam';
import { fieldFilters, isDescendingAtFirst, SORTS, STATES } from './jobsState';

/** The question that the URL asks about jobs. */
export function useJobsQuestion(): PageQuestion {
  const [search] = useParam('q');
  const [type] = useParam('type');
  const [owner] = useParam('owner');
  const [tag] = useParam('tag');
  const [state] = useChoice('state', STATES);
  const [sort] = useChoice('sort', SORTS);
  const [reversed] = useParam('reversed');
  return useMemo(
    () => ({
      question: 'jobs',
      search: search || undefined,
      filters: fieldFilters({ type, owner, tag }),
      state: state === 'all' ? undefined : state,
      sort,
      descending: isDescendingAtFirst(sort) !== (reversed !== ''),
    }),
    [search, type, owner, tag, state, sort, reversed]
  );
}
