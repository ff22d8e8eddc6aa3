import { useState } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LoadingBar, useStyles2 } from '@grafana/ui';
import { ErrorMessage } from './common/ErrorMessage';
import { FilterRow } from './filters/FilterRow';
import { useSize } from './hooks/useSize';
import { RestingScope, useJobHistory } from './JobHistoryContext';
import { plural } from './model/numbers';
import type { Status } from './model/status';
import { OverviewSection } from './overview/OverviewSection';
import { useOverview } from './overview/useOverview';
import { useFocusBack } from './runs/useFocusBack';
import { NoRuns } from './runs/NoRuns';
import { RunList } from './runs/RunList';
import { RunListHeader } from './runs/RunListHeader';
import { useRunPages } from './runs/useRunPages';
import { RunView } from './run/RunView';

const NARROW_WIDTH = 640;
const NO_COUNTS: ReadonlyMap<Status, number> = new Map();

/** The history of all jobs: figures, charts and list, or the run that the URL names. Fills its parent. */
export function JobHistory() {
  const styles = useStyles2(getStyles);
  const scope = useJobHistory();
  const { run } = scope.location.state;
  // Behind an open run the list rests as it was, so that closing the run leads back to the same row.
  const [resting, setResting] = useState<typeof scope>();
  if (run === undefined && resting !== scope) {
    setResting(scope);
  }
  return (
    <div className={styles.root}>
      {resting && (
        <RestingScope value={resting}>
          <HistoryList hidden={run !== undefined} />
        </RestingScope>
      )}
      {run !== undefined && (
        <div key={run} className={cx(styles.scroller, styles.run)}>
          <RunView runKey={run} />
        </div>
      )}
    </div>
  );
}

function HistoryList({ hidden }: { hidden: boolean }) {
  const styles = useStyles2(getStyles);
  const [scroller, scrollerRef] = useState<HTMLDivElement | null>(null);
  const [contentRef, { width }] = useSize<HTMLDivElement>();
  const [stickyRef, sticky] = useSize<HTMLDivElement>();
  const overview = useOverview();
  const pages = useRunPages();
  useFocusBack(scroller, hidden);
  const toTop = () => {
    pages.showNewer();
    scroller?.scrollTo({ top: 0 });
  };
  const error = overview.error ?? (pages.rows.length === 0 ? pages.error : undefined);
  if (error && !overview.data && pages.rows.length === 0) {
    return <div className={styles.scroller}>{!hidden && <ErrorMessage error={error} />}</div>;
  }

  return (
    <div ref={scrollerRef} className={cx(styles.scroller, hidden && styles.hidden)}>
      {(overview.loading || pages.loading) && (
        <div className={styles.loading}>{width > 0 && <LoadingBar width={width} />}</div>
      )}
      <div ref={contentRef}>
        {error && <ErrorMessage error={error} />}
        <OverviewSection overview={overview.data} stale={overview.loading} />
      </div>
      <div ref={stickyRef} className={styles.sticky}>
        <FilterRow counts={overview.data?.now.counts ?? NO_COUNTS} />
        <RunListHeader />
      </div>
      {pages.newer > 0 && (
        <Button size="sm" icon="arrow-up" className={styles.newer} onClick={toTop}>
          {plural(pages.newer, 'newer run')}
        </Button>
      )}
      <RunList
        pages={pages}
        scroller={scroller}
        stickyHeight={sticky.height}
        narrow={width > 0 && width < NARROW_WIDTH}
      />
      {pages.rows.length === 0 && !pages.loading && !pages.error && <NoRuns />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  root: css({ position: 'relative', height: '100%', containerType: 'size', containerName: 'joblens' }),
  scroller: css({ position: 'relative', height: '100%', overflowY: 'auto', overflowX: 'hidden' }),
  run: css({ position: 'absolute', inset: 0, background: theme.colors.background.primary }),
  // Unlike display: none, this keeps how far the list was scrolled.
  hidden: css({ visibility: 'hidden' }),
  sticky: css({
    position: 'sticky',
    top: 0,
    zIndex: 1,
    background: theme.colors.background.primary,
  }),
  loading: css({ position: 'sticky', top: 0, height: 0, zIndex: 2 }),
  newer: css({
    position: 'sticky',
    top: 84,
    left: '50%',
    transform: 'translateX(-50%)',
    zIndex: 2,
    height: 24,
    marginBottom: -24,
  }),
});
