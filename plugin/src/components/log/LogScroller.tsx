import { useEffect, useRef, useState } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useStyles2 } from '@grafana/ui';
import { useJobHistory } from '../JobHistoryContext';
import { LogGap } from './LogGap';
import { LogLine } from './LogLine';
import { LINE_HEIGHT } from './logStyles';
import type { LogLines } from './LogLines';
import { useLogPosition } from './useLogPosition';

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
  const boxRef = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not used here
  const virtualizer = useVirtualizer({
    count: log.count,
    getScrollElement: () => boxRef.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => log.ensure(first, last));
  useLogPosition(virtualizer, boxRef, log, target, follow);
  useEffect(() => virtualizer.measure(), [virtualizer, state.wrap]);

  const expand = (n: number) => setExpanded((before) => new Set([...before, n]));
  return (
    <div ref={boxRef} className={styles.box} tabIndex={0} role="region" aria-label="Log lines">
      <div className={styles.content} style={{ height: virtualizer.getTotalSize() }}>
        <div
          className={cx(styles.lines, state.wrap && styles.wrapped)}
          style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}
        >
          {items.map(({ index }) => {
            const line = log.line(index);
            const skipped = line && log.total !== undefined ? skippedBefore(log, index) : 0;
            return (
              <div
                key={index}
                data-index={index}
                ref={virtualizer.measureElement}
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
