import type { Answer } from '../../components/hooks/useAnswer';
import { useJobHistory } from '../../components/JobHistoryContext';
import { formatTime } from '../../components/model/time';
import { PrintCopy } from '../../components/summary/PrintCopy';
import { PageBody } from '../common/PageBody';
import { useQuestion } from '../common/useQuestion';
import { useChanges, type Changes } from './changes';
import { ChangesSection } from './ChangesSection';
import { PeriodsSection } from './PeriodsSection';
import { readSlos, type SloRow } from './slo/slos';
import { SloSection } from './slo/SloSection';
import { TrendControls } from './TrendControls';
import type { TrendRow } from './trends';
import { useTrendChoice, useTrends, type TrendChoice } from './useTrends';
import { t } from '../../i18n/t';

/** How execution time and success went, for those who plan: by period and group, with what changed most. */
export default function TrendsPage() {
  const choice = useTrendChoice();
  const content: Content = {
    choice,
    trends: useTrends(choice),
    changes: useChanges(choice.group),
    slos: useQuestion({ question: 'slo' }, ([frame]) => readSlos(frame)),
  };
  return (
    <PageBody>
      <TrendControls />
      <TrendsContent {...content} />
      <PrintCopy>
        <PrintHead />
        <TrendsContent {...content} />
      </PrintCopy>
    </PageBody>
  );
}

/** Asked once, for the screen and for the printer. */
interface Content {
  choice: TrendChoice;
  trends: Answer<TrendRow[]>;
  changes: Changes;
  slos: Answer<SloRow[]>;
}

function TrendsContent({ choice, trends, changes, slos }: Content) {
  return (
    <>
      <PeriodsSection choice={choice} trends={trends} />
      <ChangesSection changes={changes} />
      <SloSection slos={slos} />
    </>
  );
}

/** A sheet of paper has no time picker. */
function PrintHead() {
  const { range, timeZone } = useJobHistory();
  const [from, to] = [range.from.valueOf(), range.to.valueOf()].map((at) => formatTime(at, timeZone));
  return <h1>{t('trends.trendsPage.trends-to', 'Trends, {{from}} to {{to}}', { from, to })}</h1>;
}
