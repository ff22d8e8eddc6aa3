import { map } from 'rxjs';
import { toRun, type RunAnswer } from '../client/answers';
import type { Question } from '../client/types';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';
import { toErrorGroups, type ErrorGroup } from './errorGroups';

export interface Summary {
  /** The run of the job before this one; undefined while it is on its way, and where there is none. */
  previous?: RunAnswer;
  errors: ErrorGroup[];
  errorsBefore: ErrorGroup[];
}

/** What a run is to be compared with, and what went wrong in it. */
export function useSummary(run: RunAnswer) {
  const { client, range, refresh } = useJobHistory();
  const previous = useAnswer<RunAnswer | undefined>(
    () => (run.previous ? client.get('v1/run', { key: run.previous }).then(toRun) : Promise.resolve(undefined)),
    `${client.id} run ${run.previous}`,
    refresh
  );
  const before = previous.data;
  const errorsOf = (refId: string, { job, run }: RunAnswer): Question => ({ refId, question: 'errors', job, run });
  const questions = [errorsOf('errors', run), ...(before ? [errorsOf('errorsBefore', before)] : [])];
  const errors = useAnswer(
    () =>
      client.ask(questions, { range }).pipe(
        map((answers) => ({
          errors: toErrorGroups(answers.get('errors')?.[0]),
          errorsBefore: toErrorGroups(answers.get('errorsBefore')?.[0]),
        }))
      ),
    `${client.id} ${JSON.stringify(questions)}`,
    refresh
  );
  const summary: Summary = { previous: before, errors: [], errorsBefore: [], ...errors.data };
  return {
    summary,
    loading: previous.loading || errors.data === undefined,
    error: previous.error ?? errors.error,
  };
}
