import { useEffect, useState } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { LogGap } from './LogGap';
import { LogLine } from './LogLine';
import { LINE_HEIGHT } from './logStyles';
import type { LogLines } from './LogLines';
import { useTallList } from '../virtual/useTallList';
import { useLogPosition } from './useLogPosition';
import { t } from '../../i18n/t';

interface Props {
  log: LogLines;
  /** Number of the line to show first. */
  target?: number;
  /** Keeps to the end while lines come in, until the reader scrolls away. */
  follow: boolean;
}

/** The lines in view of a log of any length, in a box that scrolls both ways. */
export function LogScroller({ log, target, follow }: Props) {
  const styles = useStyles2(getStyles);
  const { state } = useJobHistory().location;
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const { list, attach, measure, indexes, y, height } = useTallList({
    count: log.count,
    rowHeight: LINE_HEIGHT,
    layout: state.wrap,
  });
  const [first, last] = [indexes[0] ?? 0, indexes.at(-1) ?? 0];
  useEffect(() => log.ensure(first, last));
  useLogPosition(list, log, target, follow);

  const expand = (n: number) => setExpanded((before) => new Set([...before, n]));
  return (
    <div
      ref={attach}
      className={styles.box}
      tabIndex={0}
      role="region"
      aria-label={t('log.logScroller.log-lines', 'Log lines')}
    >
      <div className={styles.content} style={{ height }}>
        <div className={cx(styles.lines, state.wrap && styles.wrapped)} style={{ transform: `translateY(${y}px)` }}>
          {indexes.map((index) => {
            const line = log.line(index);
            const skipped = line && log.total !== undefined ? skippedBefore(log, index) : 0;
            return (
              <div
                key={`${index} ${state.wrap}`}
                data-index={index}
                ref={measure}
                className={cx(!line && styles.waiting)}
              >
                {skipped > 0 && line && <LogGap skipped={skipped} line={line.n} />}
                {line && (
                  <LogLine
                    line={line}
                    marked={line.n === (state.line ?? target)}
                    wrap={state.wrap}
                    find={state.find}
                    expanded={expanded.has(line.n)}
                    onExpand={expand}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** How many lines a filter left out between this line and the one shown before it. */
function skippedBefore(log: LogLines, index: number): number {
  const line = log.line(index);
  const before = index === 0 ? 0 : log.line(index - 1)?.n;
  return line && before !== undefined ? line.n - before - 1 : 0;
}

const getStyles = (theme: GrafanaTheme2) => ({
  // The box takes what is left of the height without its lines having a say in it.
  box: css({
    flex: '1 1 0',
    minHeight: 240,
    overflow: 'auto',
    // The list itself sees to it that nothing jumps.
    overflowAnchor: 'none',
    contain: 'strict',
    containerType: 'inline-size',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.canvas,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.text}`, outlineOffset: -2 },
  }),
  // The lines hang in the content without giving it a width, so the box measures them itself.
  content: css({ position: 'relative', minWidth: '100%' }),
  lines: css({ position: 'absolute', top: 0, left: 0, minWidth: '100%', width: 'max-content' }),
  wrapped: css({ width: '100%' }),
  waiting: css({ height: LINE_HEIGHT }),
});
