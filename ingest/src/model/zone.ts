/** The parts of a wall clock's time. */
export interface WallTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

/** Offsets only ever change at a quarter of an hour, so one look-up serves all times in it. */
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3600_000;

/** By their names in small letters: to ask takes a third of a millisecond. */
const named = new Map<string, string>();

/** A zone of the IANA database by its own name, such as `Europe/Berlin`, however it is written; undefined for none. */
export function zoneNamed(name: string): string | undefined {
  const key = name.toLowerCase();
  try {
    const zone = named.get(key) ?? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    named.set(key, zone);
    return zone;
  } catch {
    return undefined;
  }
}

export const isZone = (name: string): boolean => zoneNamed(name) !== undefined;

/** When a wall clock shows a time: once; twice where a clock change repeats it; never where one leaves it out. */
export interface Shown {
  /** Epoch milliseconds, the earlier first; of a time that is left out, when the clock jumped over it. */
  at: number;
  /** The second time; of one that is left out, the time moved on by what was left out, as a clock does. */
  again: number;
  how: 'once' | 'twice' | 'never';
}

/** A zone's clock. Times of the wall are milliseconds too: what `Date.UTC` makes of the numbers that the clock shows. */
export interface ZoneClock {
  wallAt(ms: number): number;
  shows(wall: number): Shown;
}

const clocks = new Map<string, ZoneClock>();

/** @throws RangeError for a zone that is none */
export function clockOf(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) {
    return known;
  }
  const offsetAt = offsets(zone);
  const clock: ZoneClock = {
    wallAt: (ms) => ms + offsetAt(ms),
    shows: (wall) => {
      const before = offsetAt(wall - DAY_MS);
      const after = offsetAt(wall + DAY_MS);
      if (before === after) {
        return { at: wall - before, again: wall - before, how: 'once' };
      }
      const fits = [...new Set([wall - before, wall - after])].filter((ms) => ms + offsetAt(ms) === wall);
      const [first, second] = fits.sort((a, b) => a - b);
      return first === undefined
        ? { at: jumpBefore(wall - before, offsetAt), again: wall - before, how: 'never' }
        : { at: first, again: second ?? first, how: second === undefined ? 'once' : 'twice' };
    },
  };
  clocks.set(zone, clock);
  return clock;
}

/** When the clock jumped that at `ms` has jumped already: a change falls on a quarter of an hour. */
function jumpBefore(ms: number, offsetAt: (ms: number) => number): number {
  let quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
  while (offsetAt(quarter - 1) === offsetAt(ms)) {
    quarter -= QUARTER_MS;
  }
  return quarter;
}

/**
 * A function from a wall clock's time in `zone` to epoch milliseconds. A time that a clock change repeats is the first
 * of the two; one that it leaves out is moved on by what was left out, as a clock does.
 */
export function zoneClock(zone: string): (time: WallTime) => number {
  const clock = clockOf(zone);
  return (time) => {
    const { at, again, how } = clock.shows(
      Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.ms)
    );
    return how === 'never' ? again : at;
  };
}

/** So many quarters are remembered of a zone: a hundred days. */
const REMEMBERED = 10_000;

/** What a zone's clock is ahead of UTC, in milliseconds, at a moment. */
function offsets(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
    const offset = known.get(quarter) ?? offsetOf(format, quarter);
    if (known.size >= REMEMBERED) {
      known.clear();
    }
    known.set(quarter, offset);
    return offset;
  };
}

function offsetOf(format: Intl.DateTimeFormat, ms: number): number {
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}
