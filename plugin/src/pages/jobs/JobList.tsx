import { useEffect, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useVirtualizer } from '@tanstack/react-virtual';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import { ErrorMessage } from '../../components/common/ErrorMessage';
import { useNow } from '../../components/hooks/useNow';
import { useSize } from '../../components/hooks/useSize';
import { useJobHistory } from '../../components/JobHistoryContext';
import { toJobRow } from '../common/jobs';
import type { PageQuestion } from '../common/questions';
import { useCursorList } from '../common/useCursorList';
import { JobListHeader } from './JobListHeader';
import { JobListRow } from './JobListRow';
import { NARROW_ROW_HEIGHT, ROW_HEIGHT } from './jobListStyles';
import { NoJobs } from './NoJobs';
import { t } from '../../i18n/t';

const NARROW_WIDTH = 640;
const AHEAD = 40;

/** The jobs in view of any number of jobs: the service sorts, searches and counts them. */
export function JobList({ question }: { question: PageQuestion }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useJobHistory();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [frame, { width }] = useSize<HTMLDivElement>();
  const { rows, total, hasMore, loading, error, loadMore } = useCursorList(question, toJobRow);
  const now = useNow(30_000);
  const narrow = width > 0 && width < NARROW_WIDTH;
  const rowHeight = narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not used here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) {
      loadMore();
    }
  }, [hasMore, last, rows.length, loadMore]);

  return (
    <div
      ref={frame}
      className={styles.frame}
      role="table"
      aria-label={t('jobs.jobList.jobs', 'Jobs')}
      aria-rowcount={(total ?? -2) + 1}
      aria-busy={loading}
    >
      {loading && width > 0 && (
        <div className={styles.loading}>
          <LoadingBar width={width} />
        </div>
      )}
      <JobListHeader total={total} />
      {error && <ErrorMessage error={error} />}
      {!loading && !error && rows.length === 0 && <NoJobs />}
      <div ref={setScroller} className={styles.scroller} role="rowgroup">
        <div className={styles.content} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={row.job}
                  role="row"
                  aria-rowindex={index + 2}
                  className={styles.item}
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                >
                  <JobListRow job={row} now={now} timeZone={timeZone} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'relative',
    flex: 1,
    display: 'flex',
    flexDirection: 'column',
    minHeight: 'calc(100vh - 240px)',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  loading: css({ position: 'absolute', top: 0, left: 0, right: 0, overflow: 'hidden', zIndex: 1 }),
  scroller: css({ flex: '1 1 0', minHeight: 0, overflowY: 'auto', overflowX: 'hidden', scrollbarGutter: 'stable' }),
  content: css({ position: 'relative' }),
  item: css({ position: 'absolute', top: 0, left: 0, width: '100%' }),
});
