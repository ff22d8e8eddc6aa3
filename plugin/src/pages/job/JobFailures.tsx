import FailuresPage from '../failures/FailuresPage';

/** How a job fails. */
export default function JobFailures() {
  return <FailuresPage showJobs={false} />;
}
