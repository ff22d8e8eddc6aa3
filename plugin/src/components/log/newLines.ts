import { createContext, useContext } from 'react';
import type { LogLines } from './LogLines';

/** What a log has that the log of the job's last success has not. */
export interface NewLines {
  /** Numbers of the lines, in order, both ends included. */
  ranges: ReadonlyArray<readonly [from: number, to: number]>;
  count: number;
  /** The line to look at first: the first new error, else the first new line. */
  first?: number;
}

const Context = createContext<NewLines | undefined>(undefined);
export const NewLinesProvider = Context.Provider;

/** Undefined where the log was compared with nothing. */
export function useNewLines(): NewLines | undefined {
  return useContext(Context);
}

export function isNewLine({ ranges }: NewLines, n: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle] ?? [Infinity, Infinity];
    if (n >= from && n <= to) {
      return true;
    }
    if (n < from) {
      high = middle - 1;
    } else {
      low = middle + 1;
    }
  }
  return false;
}

/** Only the new lines of a whole log; their numbers leave gaps, as those of a search do. */
export function onlyNewLines(whole: LogLines, { ranges, count }: NewLines): LogLines {
  const numberAt = (index: number): number | undefined => {
    let left = index;
    for (const [from, to] of ranges) {
      if (left <= to - from) {
        return from + left;
      }
      left -= to - from + 1;
    }
    return undefined;
  };
  return {
    ...whole,
    count,
    total: count,
    line: (index) => {
      const n = numberAt(index);
      return n === undefined ? undefined : whole.line(n - 1);
    },
    indexOf: (n) => {
      let before = 0;
      for (const [from, to] of ranges) {
        if (n >= from && n <= to) {
          return before + n - from;
        }
        before += to - from + 1;
      }
      return undefined;
    },
    ensure: (first, last) => {
      for (let index = first; index <= last; index++) {
        const n = numberAt(index);
        if (n !== undefined && whole.line(n - 1) === undefined) {
          whole.ensure(n - 1, n - 1);
        }
      }
    },
  };
}
