import { Cron } from 'croner';

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `90`, `90s`, `15m`, `6h`, `1h 30m`, `1d`; a bare number is seconds. Undefined where it is none. */
export function parseDuration(value: string | number | null | undefined): number | undefined {
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

/** When a job is expected to run. */
export interface Schedule {
  /** The newest slot at or before a moment, given when the job last ran; undefined where none is known. */
  slotBefore(moment: number, lastRun: number | undefined): number | undefined;
  /** The first slot after a moment. */
  slotAfter(moment: number, lastRun: number | undefined): number | undefined;
}

/**
 * Reads a schedule: a cron expression, with its zone as `CRON_TZ=Europe/Berlin 0 3 * * *` or beside it, or an interval
 * such as `6h` or `every 6h`. Undefined for text that is neither.
 */
export function parseSchedule(text: string | null | undefined, timezone?: string | null): Schedule | undefined {
  const [, zone, rest] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.*)$/.exec(text?.trim() ?? '') ?? [];
  const interval = parseDuration(rest?.replace(/^@?every\s+/, ''));
  if (interval !== undefined && interval > 0) {
    return every(interval);
  }
  try {
    return cron(new Cron(rest ?? '', { timezone: zone ?? timezone ?? 'UTC', paused: true }));
  } catch {
    return undefined;
  }
}

function every(interval: number): Schedule {
  return {
    slotBefore: (moment, lastRun) => {
      const due = lastRun === undefined ? undefined : lastRun + interval;
      return due !== undefined && due <= moment ? due : lastRun;
    },
    slotAfter: (moment, lastRun) => (lastRun === undefined ? undefined : Math.max(lastRun + interval, moment)),
  };
}

function cron(pattern: Cron): Schedule {
  const next = (moment: number) => pattern.nextRun(new Date(moment))?.getTime();
  return {
    slotBefore: (moment) => newestUpTo(next, moment),
    slotAfter: next,
  };
}

/** Cron libraries look forward only: look from further and further back until a slot is found, then take the newest. */
function newestUpTo(next: (moment: number) => number | undefined, moment: number): number | undefined {
  for (let back = 60_000; back < 50 * 365 * 86_400_000; back *= 8) {
    let slot = next(moment - back);
    if (slot !== undefined && slot <= moment) {
      for (let later = next(slot); later !== undefined && later <= moment; later = next(slot)) {
        slot = later;
      }
      return slot;
    }
  }
  return undefined;
}
