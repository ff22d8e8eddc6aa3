import { NoSubject } from '../common/NoSubject';
import { PageBody } from '../common/PageBody';

/** Stands for a job's page where the link names none. */
export default function NoJob() {
  return (
    <PageBody>
      <NoSubject what="job" />
    </PageBody>
  );
}
