import { LoadingPlaceholder } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useJobHistory } from '../../components/JobHistoryContext';
import { SummaryView } from '../../components/summary/SummaryView';
import { useRun, type RunPlace } from '../../components/run/useRun';
import { PageBody } from '../common/PageBody';
import { NoSubject } from '../common/NoSubject';
import { RunContent } from './RunContent';
import { useJobInUrl, useRunPlace } from './useRunPlace';
import { t } from '../../i18n/t';

/** Everything of one run: what happened and why first, then its steps, its log and all that it said. */
export default function RunPage() {
  const place = useRunPlace();
  return place ? <Run place={place} /> : <NoSubject what="run" />;
}

function Run({ place }: { place: RunPlace }) {
  const { location } = useJobHistory();
  const { data: run, error, loading } = useRun(place);
  useJobInUrl(run);
  return (
    <PageBody>
      {error && <ErrorMessage error={error} />}
      {!run && loading && <LoadingPlaceholder text={t('run.runPage.loading-the-run', 'Loading the run')} />}
      {run && (location.state.show === 'summary' ? <SummaryView run={run} /> : <RunContent key={run.key} run={run} />)}
    </PageBody>
  );
}
