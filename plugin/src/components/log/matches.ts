import type { LogLines } from './LogLines';

/** Where a reader is among the lines that hold what was searched for. */
export interface MatchPlace {
  /** From 0; undefined while no match is marked. */
  index?: number;
  /** Number of the line to go to; undefined at the ends. */
  previous?: number;
  next?: number;
}

/** The matches before and after the marked line, which may be one of them or any other. */
export function placeAmong(matches: LogLines, line: number | undefined): MatchPlace {
  const numberAt = (index: number) => (index < 0 ? undefined : matches.line(index)?.n);
  if (line === undefined) {
    return { next: numberAt(0) };
  }
  const index = matches.indexOf(line);
  if (index !== undefined) {
    return { index, previous: numberAt(index - 1), next: numberAt(index + 1) };
  }
  // Somewhere between two matches.
  let after = 0;
  while (after < matches.count && (numberAt(after) ?? Infinity) < line) {
    after++;
  }
  return { previous: numberAt(after - 1), next: numberAt(after) };
}
