import { toJob, type JobAnswer } from '../../../components/client/answers';
import { useAnswer, type Answer } from '../../../components/hooks/useAnswer';
import { useJobHistory } from '../../../components/JobHistoryContext';

/** What is known of a job beside its runs: its config, and when it is expected. */
export function useJobConfig(job: string): Answer<JobAnswer> {
  const { client, refresh } = useJobHistory();
  return useAnswer(() => client.get('v1/job', { job }).then(toJob), `${client.id} config of ${job}`, refresh);
}
