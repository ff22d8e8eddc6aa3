import { zoneClock } from '../model/zone.js';
import type { Random } from './random.js';
import type { Rhythm } from './types.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How busy each hour of a working day is, from midnight on. */
const BUSY = [1, 1, 1, 1, 2, 4, 10, 28, 62, 88, 100, 96, 74, 82, 95, 90, 76, 52, 26, 14, 9, 6, 3, 2];

/** The moments at which runs are due between `from` and `to`, in order. */
export function slots(rhythm: Rhythm, from: number, to: number, random: Random): number[] {
  if ('every' in rhythm) {
    return regular(rhythm.every * MINUTE, (rhythm.offset ?? 0) * MINUTE, from, to);
  }
  return 'at' in rhythm ? timesOfDay(rhythm, from, to) : events(rhythm, from, to, random);
}

/** The cron expression of a rhythm that has one, and its zone. */
export function schedule(rhythm: Rhythm): { schedule: string; timezone: string } | undefined {
  if ('every' in rhythm) {
    return { schedule: regularCron(rhythm.every, rhythm.offset ?? 0), timezone: 'UTC' };
  }
  if ('at' in rhythm) {
    const [hour = 0, minute = 0] = rhythm.at.split(':').map(Number);
    const days = rhythm.weekdays?.map((day) => day % 7).join(',') ?? '*';
    return { schedule: `${minute} ${hour} * * ${days.replace('1,2,3,4,5', '1-5')}`, timezone: rhythm.zone };
  }
  return undefined;
}

/** 0 at night to 1 at the busiest hour of a working day. */
export function busyness(at: number): number {
  const date = new Date(at);
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return ((BUSY[date.getUTCHours()] ?? 0) / 100) * (weekend ? 0.3 : 1);
}

function regular(every: number, offset: number, from: number, to: number): number[] {
  const first = Math.ceil((from - offset) / every) * every + offset;
  return Array.from({ length: Math.max(0, Math.ceil((to - first) / every)) }, (_, index) => first + index * every);
}

function regularCron(every: number, offset: number): string {
  if (every < 60) {
    return offset === 0 ? `*/${every} * * * *` : `${offset}-59/${every} * * * *`;
  }
  return every === 60 ? `${offset} * * * *` : `${offset} */${every / 60} * * *`;
}

function timesOfDay(rhythm: { at: string; zone: string; weekdays?: readonly number[] }, from: number, to: number) {
  const [hour = 0, minute = 0] = rhythm.at.split(':').map(Number);
  const clock = zoneClock(rhythm.zone);
  const found: number[] = [];
  for (let day = from - DAY; day < to + DAY; day += DAY) {
    const date = new Date(day);
    const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const at = clock({ ...wall, hour, minute, second: 0, ms: 0 });
    const weekday = date.getUTCDay() || 7;
    if (at >= from && at < to && (rhythm.weekdays?.includes(weekday) ?? true)) {
      found.push(at);
    }
  }
  return found;
}

function events(rhythm: { perHour: number }, from: number, to: number, random: Random): number[] {
  const found: number[] = [];
  for (let at = from; at < to;) {
    const rate = Math.max(rhythm.perHour * busyness(at), rhythm.perHour * 0.01);
    // The rate changes by the hour: a long wait is looked at again after one.
    const wait = (-Math.log(1 - random.next()) / rate) * HOUR;
    at += Math.min(wait, HOUR);
    if (wait <= HOUR && at < to) {
      found.push(Math.floor(at));
    }
  }
  return found;
}
