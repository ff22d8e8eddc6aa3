import { useRef } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../../components/client/answers';
import { MEDIUM } from '../../components/common/styles';
import { useJobHistory } from '../../components/JobHistoryContext';
import { NotesCard } from '../../components/manage/NotesCard';
import { PhasesCard } from '../../components/run/PhasesCard';
import { RelatedCard } from '../../components/run/RelatedCard';
import { RunActions } from '../../components/run/RunActions';
import { RunHeader } from '../../components/run/RunHeader';
import { RunTabs } from '../../components/run/RunTabs';
import { RunToolbar } from '../../components/run/RunToolbar';
import { SourceInfo } from '../../components/run/SourceInfo';
import { StepsCard } from '../../components/run/StepsCard';
import { WhyCard } from '../../components/run/WhyCard';
import { ComparedLog } from './ComparedLog';
import { CompareCard } from './CompareCard';
import { useComparison } from './useComparison';
import { t } from '../../i18n/t';

export function RunContent({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const { location } = useJobHistory();
  const tabs = useRef<HTMLDivElement>(null);
  const comparison = useComparison(run);
  return (
    <article aria-label={t('run.runContent.run', 'Run')} className={styles.run}>
      <RunToolbar run={run} />
      <RunHeader run={run} showJob={false}>
        <RunActions run={run} onViewLog={() => tabs.current?.scrollIntoView({ block: 'start' })} />
      </RunHeader>
      <div className={styles.cards}>
        <WhyCard run={run} />
        <PhasesCard run={run} />
        <NotesCard run={run} />
        <CompareCard run={run} comparison={comparison} />
        <RelatedCard run={run} />
      </div>
      {run.steps.length > 0 && <StepsCard run={run} />}
      <div className={styles.tabs}>
        <RunTabs run={run} ref={tabs} log={<ComparedLog run={run} comparison={comparison} />} />
      </div>
      {location.state.show === 'source' && <SourceInfo run={run} />}
    </article>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  run: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.25),
    '& section, & .joblens-card': { background: theme.colors.background.primary },
  }),
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(1.25),
    [MEDIUM]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  // The page scrolls, and the log scrolls in it: high enough to read, low enough to get past.
  tabs: css({ display: 'flex', height: 'max(420px, 75vh)', minHeight: 0 }),
});
