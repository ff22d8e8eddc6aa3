import { PageBody } from '../common/PageBody';
import { CorePanel } from '../scene/CorePanel';
import { FailureList } from './FailureList';

interface Props {
  /** On the page of one job its name says nothing. */
  showJobs?: boolean;
}

/** What goes wrong: failures grouped by error, over time. */
export default function FailuresPage({ showJobs }: Props) {
  return (
    <PageBody>
      <CorePanel name="failures" height={220} />
      <FailureList showJobs={showJobs} />
    </PageBody>
  );
}
