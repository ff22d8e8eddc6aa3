import { dateTimeFormat, dateTimeForTimeZone, type TimeZone } from '@grafana/data';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 3, 7, 14, 28, 56, 91, 182, 364].map((n) => n * DAY),
];

export interface Tick {
  at: number;
  label: string;
}

/**
 * Round moments of a range in a time zone, at most `most` of them. Days begin at that zone's midnight, also over the
 * change to and from daylight saving.
 */
export function timeTicks(from: number, to: number, most: number, timeZone: TimeZone): Tick[] {
  const step = STEPS.find((step) => (to - from) / step <= most) ?? STEPS.at(-1)!;
  const format = step >= DAY ? 'D MMM' : to - from > DAY ? 'D MMM HH:mm' : 'HH:mm';
  const midnight = dateTimeForTimeZone(timeZone, from).startOf('day');
  const ticks: Tick[] = [];
  for (let n = 0; ; n++) {
    // Whole days are added as days, so that a day of 23 or 25 hours moves nothing after it.
    const at =
      step >= DAY
        ? dateTimeForTimeZone(timeZone, midnight.valueOf())
            .add((n * step) / DAY, 'days')
            .valueOf()
        : midnight.valueOf() + n * step;
    if (at > to) {
      return ticks;
    }
    if (at >= from) {
      ticks.push({ at, label: dateTimeFormat(at, { timeZone, format }) });
    }
  }
}
