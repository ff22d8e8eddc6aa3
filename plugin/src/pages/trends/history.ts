const DAY_MS = 86_400_000;

/** Whether the time before a range, as long as the range, lies partly before the first run of all. */
export function isShort(oldest: number | undefined, from: number, to: number): oldest is number {
  return oldest !== undefined && oldest > from - (to - from);
}

/** How many of the last whole days can be compared with as many before them. */
export const comparableDays = (oldest: number, now: number): number => Math.floor((now - oldest) / 2 / DAY_MS);
