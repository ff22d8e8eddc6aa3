import { Cron } from 'croner';
import { clockOf, type ZoneClock } from './zone.js';

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Nobody means a longer one, and dates end soon after it. */
const LONGEST_MS = 100 * 365 * 86_400_000;
/** Of what comes more often nobody counts what was missed: every slot would be looked at. */
const SHORTEST_INTERVAL_MS = 1000;

/** Milliseconds of `90`, `90s`, `15m`, `6h`, `1h 30m`, `1d`; a bare number is seconds. Undefined where it is none, or past 100 years. */
export function parseDuration(value: string | number | null | undefined): number | undefined {
  const ms = millisecondsOf(value);
  return ms !== undefined && ms <= LONGEST_MS ? ms : undefined;
}

function millisecondsOf(value: string | number | null | undefined): number | undefined {
  if (typeof value === 'number') {
    return value >= 0 ? value * 1000 : undefined;
  }
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  if (!/^(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+$/.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0),
    0
  );
}

/** A moment at which a job is expected to run. Epoch milliseconds. */
export interface Slot {
  at: number;
  /** The latest moment that may be meant: another one than `at` only where a clock change repeats or leaves out a time. */
  until: number;
  /** A clock change left this time out: some schedulers run the job as the clock jumps, some later, some not at all. */
  leftOut: boolean;
}

/** When a job is expected to run. An interval's slots count from the start of the last run: without one there are none. */
export interface Schedule {
  kind: 'cron' | 'interval';
  /** Milliseconds between two slots, at least. */
  shortest: number;
  /** The first slot after a moment. */
  after(moment: number, lastStart?: number): Slot | undefined;
  /** The newest slot at or before a moment. */
  before(moment: number, lastStart?: number): Slot | undefined;
}

/** What a schedule's text says: an interval in milliseconds, else what is to be a cron expression, and its zone. */
export function readSchedule(text: string | null | undefined, timezone?: string | null) {
  const [, zone, expression = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/.exec(text?.trim() ?? '') ?? [];
  const interval = parseDuration(expression.replace(/^@?every\s+/, ''));
  return {
    interval: interval !== undefined && interval >= SHORTEST_INTERVAL_MS ? interval : undefined,
    expression,
    zone: zone ?? (timezone || 'UTC'),
  };
}

/**
 * Reads a schedule: a cron expression, with its zone as `CRON_TZ=Europe/Berlin 0 3 * * *` or beside it, or an interval
 * such as `6h` or `every 6h`. Undefined for text that is neither.
 */
export function parseSchedule(text: string | null | undefined, timezone?: string | null): Schedule | undefined {
  const { interval, expression, zone } = readSchedule(text, timezone);
  if (interval !== undefined) {
    return every(interval);
  }
  try {
    return cron(expression, clockOf(zone));
  } catch {
    return undefined;
  }
}

const exactly = (at: number): Slot => ({ at, until: at, leftOut: false });

function every(interval: number): Schedule {
  // Without a run before, every number is NaN, and none is 1 or more.
  const nth = (lastStart: number, n: number) => (n >= 1 ? exactly(lastStart + n * interval) : undefined);
  return {
    kind: 'interval',
    shortest: interval,
    after: (moment, lastStart = NaN) => nth(lastStart, Math.max(1, Math.floor((moment - lastStart) / interval) + 1)),
    before: (moment, lastStart = NaN) => nth(lastStart, Math.floor((moment - lastStart) / interval)),
  };
}

/** No clock change moves a clock by more, but for the few that skipped a day. */
const NEAR_MS = 3 * 3_600_000;
const LONGEST_GAP_MS = 50 * 365 * 86_400_000;

/**
 * The library is asked in times of the wall, which have no clock changes; what they are in this zone is for us to say:
 * a job of every hour runs at every hour that passes, any other once on a day, also where the clock shows its time
 * twice or not at all.
 */
function cron(expression: string, clock: ZoneClock): Schedule {
  const pattern = new Cron(expression, { utcOffset: 0, paused: true });
  const nextWall = (wall: number) => pattern.nextRun(new Date(wall))?.getTime();
  const hourly = everyHour(pattern);

  function slotsOf(wall: number): Slot[] {
    const { at, again, how } = clock.shows(wall);
    if (how === 'once') {
      return [exactly(at)];
    }
    if (hourly) {
      return how === 'twice' ? [exactly(at), exactly(again)] : [];
    }
    return [{ at, until: again, leftOut: how === 'never' }];
  }

  function after(moment: number): Slot | undefined {
    const shift = shiftNear(clock, moment);
    let best: Slot | undefined;
    for (let wall = nextWall(clock.wallAt(moment) - shift); wall !== undefined; wall = nextWall(wall)) {
      for (const slot of slotsOf(wall)) {
        if (slot.at > moment && (best === undefined || slot.at < best.at)) {
          best = slot;
        }
      }
      // Near a clock change a later time of the wall may be an earlier moment.
      if (best !== undefined && wall >= clock.wallAt(best.at) + shift) {
        break;
      }
    }
    return best;
  }

  return { kind: 'cron', shortest: SHORTEST_INTERVAL_MS, after, before: (moment) => newestUpTo(after, moment) };
}

/** How far the clock is moved within a few hours of a moment; mostly not at all. */
function shiftNear(clock: ZoneClock, moment: number): number {
  const ahead = (ms: number) => clock.wallAt(ms) - ms;
  return Math.abs(ahead(moment + NEAR_MS) - ahead(moment - NEAR_MS));
}

/** True where the job runs in every hour of a day: its time of day is no matter of the wall. */
function everyHour(pattern: Cron): boolean {
  const day = pattern.nextRun(new Date(0))?.getTime();
  if (day === undefined) {
    return false;
  }
  const midnight = Math.floor(day / 86_400_000) * 86_400_000;
  return Array.from({ length: 24 }, (_, hour) => midnight + hour * 3_600_000).every((hour) => {
    const run = pattern.nextRun(new Date(hour - 1000))?.getTime();
    return run !== undefined && run < hour + 3_600_000;
  });
}

/** Look from further and further back until a slot is found, then take the newest. */
function newestUpTo(after: (moment: number) => Slot | undefined, moment: number): Slot | undefined {
  for (let back = 60_000; back < LONGEST_GAP_MS; back *= 8) {
    let slot = after(moment - back);
    if (slot !== undefined && slot.at <= moment) {
      for (let later = after(slot.at); later !== undefined && later.at <= moment; later = after(slot.at)) {
        slot = later;
      }
      return slot;
    }
  }
  return undefined;
}
