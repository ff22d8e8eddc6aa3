import { useEffect, useRef, type KeyboardEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { ErrorMessage } from '../common/ErrorMessage';
import { MEDIUM } from '../common/styles';
import { useJobHistory } from '../JobHistoryContext';
import { NotesCard } from '../manage/NotesCard';
import { NO_RUN } from '../model/urlState';
import { PhasesCard } from './PhasesCard';
import { RelatedCard } from './RelatedCard';
import { RunActions } from './RunActions';
import { RunHeader } from './RunHeader';
import { RunTabs } from './RunTabs';
import { RunToolbar } from './RunToolbar';
import { SourceInfo } from './SourceInfo';
import { SummaryView } from '../summary/SummaryView';
import { StepsCard } from './StepsCard';
import { useRun } from './useRun';
import { WhyCard } from './WhyCard';
import { t } from '../../i18n/t';

/** Everything known of one run, the reason for a failure first. Fills its parent's height. */
export function RunView({ runKey }: { runKey: string }) {
  const styles = useStyles2(getStyles);
  const { location } = useJobHistory();
  const { data: run, error, loading } = useRun({ key: runKey });
  const ref = useRef<HTMLElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), [runKey]);

  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && ref.current?.contains(event.target as Node)) {
      event.stopPropagation();
      location.update(NO_RUN);
    }
  };
  return (
    <article
      ref={ref}
      tabIndex={-1}
      className={styles.view}
      aria-busy={loading}
      aria-label={t('run.runView.run', 'Run')}
      onKeyDown={closeOnEscape}
    >
      <RunToolbar run={run} />
      {error && <ErrorMessage error={error} />}
      {!run && loading && <LoadingPlaceholder text={t('run.runView.loading-the-run', 'Loading the run')} />}
      {run && location.state.show === 'summary' ? <SummaryView run={run} /> : run && <RunContent run={run} />}
      {run && location.state.show === 'source' && <SourceInfo run={run} />}
    </article>
  );
}

function RunContent({ run }: { run: RunAnswer }) {
  const styles = useStyles2(getStyles);
  const tabsRef = useRef<HTMLDivElement>(null);
  return (
    <>
      <RunHeader run={run}>
        <RunActions run={run} onViewLog={() => tabsRef.current?.scrollIntoView({ block: 'start' })} />
      </RunHeader>
      <div className={styles.columns}>
        <div className={styles.summary}>
          <WhyCard run={run} />
          <NotesCard run={run} />
          <PhasesCard run={run} />
          <RelatedCard run={run} />
          {run.steps.length > 0 && <StepsCard run={run} />}
        </div>
        <RunTabs run={run} ref={tabsRef} />
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.25),
    height: '100%',
    padding: theme.spacing(0.5, 1, 1),
    '&:focus': { outline: 'none' },
    [MEDIUM]: { height: 'auto', minHeight: '100%' },
  }),
  // Side by side, reason and failing line are in sight together; on a narrow panel they follow each other.
  columns: css({
    flex: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    gap: theme.spacing(1.5),
    [MEDIUM]: { display: 'flex', flexDirection: 'column' },
  }),
  summary: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.25),
    minHeight: 0,
    overflowY: 'auto',
    [MEDIUM]: { overflow: 'visible' },
    '& > *': { flex: 'none' },
  }),
});
