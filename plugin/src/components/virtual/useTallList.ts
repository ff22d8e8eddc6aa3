import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { TallBox } from './TallBox';

interface Options {
  count: number;
  /** Of most rows, in pixels. */
  rowHeight: number;
  /** When it changes, all rows may have another height; they have to be new elements then. */
  layout?: unknown;
}

/** Rows that are drawn beyond the box on either side. */
const OVERSCAN = 20;

/**
 * Draws only the rows in view of a list of any length; rows may grow and shrink. `attach` is the ref of the box,
 * `measure` that of each row; `indexes` are the rows to draw, the first of them `y` down in an element of `height`.
 */
export function useTallList({ count, rowHeight, layout }: Options) {
  const [list] = useState(() => new TallBox(rowHeight));
  useSyncExternalStore(list.subscribe, list.getVersion);
  const [measured, setMeasured] = useState(layout);
  if (measured !== layout) {
    setMeasured(layout);
    list.scroll.heights.clear();
  }
  list.setCount(count);
  useLayoutEffect(() => list.settle());

  const { first, last, y } = list.scroll.window(OVERSCAN);
  const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { list, attach: list.attach, measure: list.measure, indexes, y, height: list.scroll.height };
}
