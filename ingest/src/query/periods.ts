import { clockOf, type ZoneClock } from '../model/zone.js';

export const PERIODS = ['day', 'week', 'month'] as const;
export type PeriodKind = (typeof PERIODS)[number];

/** A day, week or month of the viewer's calendar. Epoch milliseconds; it holds `start`, and `end` no more. */
export interface Period {
  start: number;
  end: number;
  label: string;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

interface Calendar {
  kind: PeriodKind;
  timeZone: string;
  /** As Grafana says it: `monday`, `sunday`, `saturday`; anything else is Monday. */
  weekStart: string;
}

/** Every period that touches [from, to], whole, oldest first; undefined where there are more than `max`. */
export function periodsOf(calendar: Calendar, from: number, to: number, max: number): Period[] | undefined {
  const clock = clockOf(calendar.timeZone);
  const periods: Period[] = [];
  for (let wall = beginning(calendar, clock.wallAt(from)); ; wall = following(calendar.kind, wall)) {
    const start = momentOf(clock, wall);
    if (start > to) {
      return periods;
    }
    if (periods.length === max) {
      return undefined;
    }
    periods.push({
      start,
      end: momentOf(clock, following(calendar.kind, wall)),
      label: labelOf(calendar, wall),
    });
  }
}

/** The period before another one. */
export function periodBefore(calendar: Calendar, { start }: Period): Period {
  const clock = clockOf(calendar.timeZone);
  const wall = beginning(calendar, clock.wallAt(start) - DAY_MS / 2);
  return { start: momentOf(clock, wall), end: start, label: labelOf(calendar, wall) };
}

/** The moment up to which as much of `before` has passed as of `current` at `now`: by the wall, at the same time of day. */
export function sameShare(timeZone: string, current: Period, before: Period, now: number): number {
  const clock = clockOf(timeZone);
  const passed = clock.wallAt(now) - clock.wallAt(current.start);
  return Math.min(before.end, momentOf(clock, clock.wallAt(before.start) + passed));
}

/** Midnight, also on a day that begins later because a clock change leaves midnight out. */
const momentOf = (clock: ZoneClock, wall: number) => clock.shows(wall).at;

/** The midnight of the wall at which the period begins that a time of the wall lies in. */
function beginning({ kind, weekStart }: Calendar, wall: number): number {
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const date = new Date(midnight);
  switch (kind) {
    case 'day':
      return midnight;
    case 'week':
      return midnight - ((date.getUTCDay() - firstWeekday(weekStart) + 7) % 7) * DAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

function following(kind: PeriodKind, wall: number): number {
  const date = new Date(wall);
  return kind === 'month'
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
    : wall + (kind === 'week' ? 7 : 1) * DAY_MS;
}

function firstWeekday(weekStart: string): number {
  const known = WEEKDAYS.indexOf(weekStart.toLowerCase());
  return known === -1 ? 1 : known;
}

function labelOf({ kind, weekStart }: Calendar, wall: number): string {
  const date = new Date(wall).toISOString().slice(0, 10);
  switch (kind) {
    case 'day':
      return date;
    case 'week':
      return firstWeekday(weekStart) === 1 ? isoWeek(wall) : `week of ${date}`;
    case 'month':
      return date.slice(0, 7);
  }
}

/** A week belongs to the year of its Thursday. */
function isoWeek(monday: number): string {
  const thursday = new Date(monday + 3 * DAY_MS);
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY_MS));
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
