import { forwardRef } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import type { RunAnswer } from '../client/answers';
import { MEDIUM } from '../common/styles';
import { useJobHistory } from '../JobHistoryContext';
import { LogView } from '../log/LogView';
import { RECORD_GROUPS } from '../model/recordGroups';
import type { RunTab } from '../model/urlState';
import { RecordsView } from '../records/RecordsView';
import { AttemptsTable } from './AttemptsTable';
import { DetailsView } from './DetailsView';
import { t } from '../../i18n/t';

interface Props {
  run: RunAnswer;
  /** Stands in place of the plain log. */
  log?: React.ReactNode;
}

/** What a run left behind: its log, its records, everything else it said, and its earlier attempts. */
export const RunTabs = forwardRef<HTMLDivElement, Props>(function RunTabs({ run, log }, ref) {
  const styles = useStyles2(getStyles);
  const { state, update } = useJobHistory().location;
  const records = RECORD_GROUPS.reduce((sum, { phase, outcome }) => sum + run.records[phase][outcome], 0);
  const tab = (name: RunTab, label: string, counter?: number) => (
    <Tab
      key={name}
      label={label}
      counter={counter || undefined}
      active={state.tab === name}
      onChangeTab={() => update({ tab: name, phase: undefined, outcome: undefined, recordSearch: '' })}
    />
  );
  return (
    <div ref={ref} className={styles.tabs}>
      <TabsBar>
        {tab('log', t('run.runTabs.log', 'Log'), run.log.lines)}
        {tab('records', t('run.runTabs.records', 'Records'), records)}
        {tab('details', t('run.runTabs.details', 'Details'))}
        {(run.attempts.length > 1 || state.tab === 'attempts') &&
          tab('attempts', t('run.runTabs.attempts', 'Attempts'), run.attempts.length)}
      </TabsBar>
      <div className={styles.content}>
        {state.tab === 'log' && (log ?? <LogView run={run} />)}
        {state.tab === 'records' && <RecordsView run={run} />}
        {state.tab === 'details' && <DetailsView run={run} />}
        {state.tab === 'attempts' && <AttemptsTable attempts={run.attempts} />}
      </div>
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  tabs: css({
    flex: 1,
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    minWidth: 0,
    [MEDIUM]: { minHeight: 'max(360px, 70cqh)' },
  }),
  content: css({
    flex: 1,
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    paddingTop: theme.spacing(1),
    overflowY: 'auto',
    [MEDIUM]: { overflow: 'visible' },
  }),
});
