import type { RunAnswer } from '../../components/client/answers';
import type { Answer } from '../../components/hooks/useAnswer';
import { useQuestion } from '../common/useQuestion';
import { readComparison, type Comparison } from './comparison';

/** The run against the last success of its job before it; no data where there is none. */
export function useComparison(run: RunAnswer): Answer<Comparison | undefined> {
  return useQuestion({ question: 'compare', key: run.key, limit: SHOWN }, readComparison);
}

/** So many of the new lines are listed by themselves; all of them are marked in the log. */
const SHOWN = 100;
