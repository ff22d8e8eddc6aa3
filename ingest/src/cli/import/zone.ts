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

/** Whether it is a zone of the IANA database, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * A function from a wall clock's time in `zone` to epoch milliseconds. A time that a clock change repeats is the first
 * of the two; one that it leaves out is moved on by what was left out, as a clock does.
 */
export function zoneClock(zone: string): (time: WallTime) => number {
  const offsetAt = offsets(zone);
  return (time) => {
    const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second, time.ms);
    const before = offsetAt(asUtc - 24 * 3600_000);
    const after = offsetAt(asUtc + 24 * 3600_000);
    const fits = [before, after].map((offset) => asUtc - offset).filter((ms) => ms + offsetAt(ms) === asUtc);
    return fits.length > 0 ? Math.min(...fits) : asUtc - before;
  };
}

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
    known.set(quarter, offset);
    return offset;
  };
}

function offsetOf(format: Intl.DateTimeFormat, ms: number): number {
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}
