import { useJobHistory } from '../../components/JobHistoryContext';
import { PrintCopy } from '../../components/summary/PrintCopy';
import { formatTime } from '../../components/model/time';
import { PageBody } from '../common/PageBody';
import { ChangesSection } from './ChangesSection';
import { PeriodsSection } from './PeriodsSection';
import { SloSection } from './SloSection';
import { TrendControls } from './TrendControls';
import { useTrendChoice } from './useTrends';

/** How execution time and success went, for those who plan: by period and group, with what changed most. */
export default function TrendsPage() {
  return (
    <PageBody>
      <TrendControls />
      <TrendsContent />
      <PrintCopy>
        <PrintHead />
        <TrendsContent />
      </PrintCopy>
    </PageBody>
  );
}

function TrendsContent() {
  const choice = useTrendChoice();
  return (
    <>
      <PeriodsSection choice={choice} />
      <ChangesSection group={choice.group} />
      <SloSection />
    </>
  );
}

/** A sheet of paper has no time picker. */
function PrintHead() {
  const { range, timeZone } = useJobHistory();
  const [from, to] = [range.from.valueOf(), range.to.valueOf()].map((at) => formatTime(at, timeZone));
  return (
    <h1>
      Trends, {from} to {to}
    </h1>
  );
}
