import { toJob, type RunAnswer } from '../client/answers';
import { useAnswer } from '../hooks/useAnswer';
import { useJobHistory } from '../JobHistoryContext';

/** What a run worked on: as it said itself, else as its job's config says. */
export function useJobSource(run: RunAnswer) {
  const { client } = useJobHistory();
  const own = Object.keys(run.source).length > 0;
  const answer = useAnswer(
    () => (own ? Promise.resolve(run.source) : client.get('v1/job', { job: run.job }).then((job) => toJob(job).source)),
    `${client.id} source of ${run.key}`
  );
  const known = answer.data !== undefined && Object.keys(answer.data).length > 0;
  // A job without a config has no source either: that is no error.
  const error = answer.error?.kind === 'not_found' ? undefined : answer.error;
  return { source: known ? answer.data : undefined, of: own ? 'run' : 'job', loading: answer.loading, error } as const;
}
