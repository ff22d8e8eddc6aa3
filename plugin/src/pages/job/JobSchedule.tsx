import { readRows } from '../../components/client/frames';
import { Section } from '../common/Section';
import { toJobRow } from '../common/jobs';
import { PageBody } from '../common/PageBody';
import { useQuestion } from '../common/useQuestion';
import { ConfigSection } from './schedule/ConfigSection';
import { ExpectedSection } from './schedule/ExpectedSection';
import { MissedSection } from './schedule/MissedSection';
import { useJobConfig } from './schedule/useJobConfig';
import { useJobName } from './useJobName';
import { t } from '../../i18n/t';

/** When a job is expected and whether it came, and what its config says. */
export default function JobSchedule() {
  const name = useJobName();
  const { data: job, error, loading } = useJobConfig(name);
  const usual = useQuestion({ question: 'jobs', limit: 1 }, ([frame]) => readRows(frame).map(toJobRow)[0]?.usual);
  return (
    <PageBody>
      {job ? (
        <ExpectedSection job={job} usual={usual.data} />
      ) : (
        <Section
          title={t('job.jobSchedule.when-it-is-expected', 'When it is expected')}
          loading={loading}
          error={error}
        />
      )}
      <MissedSection />
      {job && <ConfigSection job={job} />}
    </PageBody>
  );
}
