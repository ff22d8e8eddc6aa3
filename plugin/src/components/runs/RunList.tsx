import { useEffect, useRef, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconButton, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { ErrorMessage } from '../common/ErrorMessage';
import { useNow } from '../hooks/useNow';
import { useJobHistory } from '../JobHistoryContext';
import { RowMenu, type OpenMenu } from './RowMenu';
import { RunListRow } from './RunListRow';
import { getRunListStyles, NARROW_ROW_HEIGHT, ROW_HEIGHT } from './runListStyles';
import { useArrowKeys } from './useArrowKeys';
import { useOffsetTop } from './useOffsetTop';
import type { RunPages } from './useRunPages';
import { t } from '../../i18n/t';

interface Props {
  pages: RunPages;
  /** The element that scrolls: the list may stand below other content in it. */
  scroller: HTMLElement | null;
  /** Height of what sticks to the scroller's top, under which no row may hide. */
  stickyHeight: number;
  narrow: boolean;
}

/** Pages are fetched when the reader comes within this many rows of the end. */
const AHEAD = 60;

/** The runs, newest first; only the rows in view exist, so that 100,000 of them scroll smoothly. */
export function RunList({ pages, scroller, stickyHeight, narrow }: Props) {
  const styles = useStyles2(getStyles);
  const rowStyles = useStyles2(getRunListStyles);
  const { timeZone } = useJobHistory();
  const { rows, hasMore, loadMore } = pages;
  const listRef = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<OpenMenu>();
  const rowHeight = narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const offsetTop = useOffsetTop(listRef, scroller);
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not used here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: offsetTop,
    scrollPaddingStart: stickyHeight,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) {
      loadMore();
    }
  }, [hasMore, last, rows.length, loadMore]);

  const keys = useArrowKeys(rows.length, Math.floor((scroller?.clientHeight ?? 0) / rowHeight), (index) =>
    virtualizer.scrollToIndex(index)
  );
  const now = useNow(rows.some(({ status }) => status === 'running') ? 1000 : undefined);

  return (
    <>
      <div
        ref={listRef}
        role="list"
        aria-label={t('runs.runList.runs-newest-first', 'Runs, newest first')}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={keys.onKeyDown}
      >
        {items.map(({ index, key, start }) => {
          const run = rows[index];
          return (
            run && (
              <div
                key={key}
                role="listitem"
                aria-posinset={index + 1}
                aria-setsize={pages.total ?? -1}
                className={styles.item}
                style={{ height: rowHeight, transform: `translateY(${start - offsetTop}px)` }}
              >
                <RunListRow
                  run={run}
                  index={index}
                  now={run.status === 'running' ? now : 0}
                  timeZone={timeZone}
                  tabbable={index === keys.tabbable(items)}
                  register={keys.register}
                  onFocus={keys.setCurrent}
                />
                <span className={rowStyles.actions}>
                  <IconButton
                    name="ellipsis-v"
                    size="md"
                    aria-label={t('runs.runList.actions-run', 'Actions: {{job}}, run {{run}}', {
                      job: run.job,
                      run: run.run,
                    })}
                    aria-haspopup="menu"
                    aria-expanded={menu?.run.key === run.key}
                    tabIndex={index === keys.tabbable(items) ? 0 : -1}
                    onClick={({ currentTarget }) => setMenu({ run, button: currentTarget })}
                  />
                </span>
              </div>
            )
          );
        })}
      </div>
      {menu && <RowMenu menu={menu} onClose={() => setMenu(undefined)} />}
      {pages.loadingMore && (
        <LoadingPlaceholder text={t('runs.runList.loading-older-runs', 'Loading older runs')} className={styles.more} />
      )}
      {pages.error && rows.length > 0 && <ErrorMessage error={pages.error} onRetry={loadMore} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ position: 'relative' }),
  item: css({ position: 'absolute', top: 0, left: 0, width: '100%' }),
  more: css({ padding: theme.spacing(1), margin: 0, textAlign: 'center' }),
});
