import { describe, expect, test } from 'vitest';
import { parseDuration, parseSchedule } from './schedule.js';

const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

test.each([
  ['90', 90_000],
  [90, 90_000],
  ['15m', 900_000],
  ['1h 30m', 5_400_000],
  ['2d', 172_800_000],
  ['soon', undefined],
  [null, undefined],
])('the duration %j is %j ms', (given, expected) => {
  expect(parseDuration(given)).toBe(expected);
});

describe('schedules', () => {
  test('a cron expression in its zone, over daylight saving', () => {
    const schedule = parseSchedule('30 3 * * *', 'Europe/Berlin');
    expect(iso(schedule?.slotBefore(at('2026-10-25T12:00:00Z'), undefined))).toBe('2026-10-25T02:30:00.000Z');
    expect(iso(schedule?.slotBefore(at('2026-10-25T02:00:00Z'), undefined))).toBe('2026-10-24T01:30:00.000Z');
    expect(iso(schedule?.slotAfter(at('2026-10-25T12:00:00Z'), undefined))).toBe('2026-10-26T02:30:00.000Z');
  });

  test('the zone may stand in the expression', () => {
    expect(
      iso(parseSchedule('CRON_TZ=Asia/Kolkata 0 9 * * 1-5')?.slotAfter(at('2026-11-20T12:00:00Z'), undefined))
    ).toBe('2026-11-23T03:30:00.000Z');
  });

  test('a rare slot is found too', () => {
    expect(iso(parseSchedule('0 0 1 1 *')?.slotBefore(at('2026-11-22T00:00:00Z'), undefined))).toBe(
      '2026-01-01T00:00:00.000Z'
    );
  });

  test('an interval counts from the last run', () => {
    const schedule = parseSchedule('every 6h');
    const last = at('2026-11-22T00:00:00Z');
    expect(iso(schedule?.slotAfter(last + 1, last))).toBe('2026-11-22T06:00:00.000Z');
    expect(schedule?.slotBefore(last + 3_600_000, last)).toBe(last);
    expect(iso(schedule?.slotBefore(last + 7 * 3_600_000, last))).toBe('2026-11-22T06:00:00.000Z');
    expect(schedule?.slotBefore(last, undefined)).toBeUndefined();
  });

  test.each(['', 'whenever', '99 99 * * *', null])('%j is none', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});
