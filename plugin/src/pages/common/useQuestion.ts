import type { DataFrame, TimeRange } from '@grafana/data';
import { map } from 'rxjs';
import { useAnswer, type Answer } from '../../components/hooks/useAnswer';
import { useJobHistory } from '../../components/JobHistoryContext';
import type { PageQuestion } from './questions';

interface Options {
  /** Instead of the page's own range. */
  range?: TimeRange;
  intervalMs?: number;
  maxDataPoints?: number;
}

/** Asks one question for the page's time range, again with every refresh; `read` makes of its frames what is shown. */
export function useQuestion<T>(
  question: PageQuestion,
  read: (frames: DataFrame[]) => T,
  { range: own, ...options }: Options = {}
): Answer<T> {
  const { client, range: pageRange, refresh } = useJobHistory();
  const range = own ?? pageRange;
  const asked = { ...question, refId: 'A' };
  return useAnswer(
    () => client.ask([asked], { range, ...options }).pipe(map((answers) => read(answers.get('A') ?? []))),
    `${client.id} ${JSON.stringify(question)} ${JSON.stringify(range.raw)} ${JSON.stringify(options)}`,
    refresh
  );
}
