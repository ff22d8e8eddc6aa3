const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MARKS = [1, 10, 100, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 10 * HOUR, 100 * HOUR, 1000 * HOUR];

/** Where the longest is that many times the shortest, a straight axis would leave the lower line on the floor. */
const WIDE = 50;

/** The marks of a logarithmic axis around durations that are far apart; undefined where a straight axis shows them all. */
export function marksFor(columns: ReadonlyArray<ReadonlyArray<number | null>>): number[] | undefined {
  const known = columns.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const first = MARKS.findLastIndex((mark) => mark <= low);
  const last = MARKS.findIndex((mark) => mark >= high);
  return first >= 0 && last > first && high / low > WIDE ? MARKS.slice(first, last + 1) : undefined;
}
