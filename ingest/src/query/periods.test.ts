import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodBefore, periodsOf, PERIODS, sameShare, type Period } from './periods.js';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString().slice(0, 16));
const calendar = (kind: 'day' | 'week' | 'month', timeZone: string, weekStart = 'monday') => ({
  kind,
  timeZone,
  weekStart,
});
const hours = ({ start, end }: Period) => (end - start) / HOUR;

describe('days, weeks and months are the viewer’s', () => {
  test('a day with a clock change has 23 or 25 hours', () => {
    const spring = periodsOf(calendar('day', 'Europe/Berlin'), at('2026-03-28T12:00Z'), at('2026-03-30T12:00Z'), 10);
    expect(spring?.map(hours)).toEqual([24, 23, 24]);
    expect(spring?.map(({ start }) => iso(start))).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ]);
    const autumn = periodsOf(calendar('day', 'America/New_York'), at('2026-11-01T12:00Z'), at('2026-11-01T12:00Z'), 10);
    expect(autumn?.map(hours)).toEqual([25]);
  });

  test('half an hour counts too', () => {
    const [day] =
      periodsOf(calendar('day', 'Asia/Kolkata'), at('2026-11-22T18:00Z'), at('2026-11-22T18:00Z'), 10) ?? [];
    expect([iso(day?.start), iso(day?.end), day?.label]).toEqual([
      '2026-11-21T18:30',
      '2026-11-22T18:30',
      '2026-11-22',
    ]);
    const lordHowe = periodsOf(
      calendar('day', 'Australia/Lord_Howe'),
      at('2026-10-03T15:00Z'),
      at('2026-10-03T15:00Z'),
      10
    );
    expect(lordHowe?.map(hours)).toEqual([23.5]);
  });

  test('a day that begins at one, for midnight is left out', () => {
    const days = periodsOf(calendar('day', 'America/Santiago'), at('2026-09-05T12:00Z'), at('2026-09-06T12:00Z'), 10);
    expect(days?.map(hours)).toEqual([24, 23]);
  });

  test('a week begins on the day that the viewer says', () => {
    const week = (weekStart: string) =>
      periodsOf(calendar('week', 'UTC', weekStart), at('2026-11-22T12:00Z'), at('2026-11-22T12:00Z'), 10)?.[0];
    expect([iso(week('monday')?.start), week('monday')?.label]).toEqual(['2026-11-16T00:00', '2026-W47']);
    expect([iso(week('sunday')?.start), week('sunday')?.label]).toEqual(['2026-11-22T00:00', 'week of 2026-11-22']);
    expect(iso(week('saturday')?.start)).toBe('2026-11-21T00:00');
    expect(iso(week('browser')?.start)).toBe('2026-11-16T00:00');
  });

  test('weeks are numbered as ISO 8601 has it', () => {
    const weeks = periodsOf(calendar('week', 'UTC'), at('2026-12-27T12:00Z'), at('2027-01-05T12:00Z'), 10);
    expect(weeks?.map(({ label }) => label)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
  });

  test('months', () => {
    const months = periodsOf(calendar('month', 'Europe/Berlin'), at('2026-01-31T23:30Z'), at('2026-03-31T12:00Z'), 10);
    expect(months?.map(({ label }) => label)).toEqual(['2026-02', '2026-03']);
    expect(months?.map(hours)).toEqual([28 * 24, 31 * 24 - 1]);
  });

  test('too many are none', () => {
    expect(periodsOf(calendar('day', 'UTC'), 0, at('2026-01-01T00:00Z'), 400)).toBeUndefined();
  });
});

describe('an unfinished period is compared like for like', () => {
  test('up to the same time of the day, over a clock change too', () => {
    const week = calendar('week', 'Europe/Berlin');
    const now = at('2026-10-28T09:00Z');
    const [current] = periodsOf(week, now, now, 1) ?? [];
    const before = current && periodBefore(week, current);
    // Wednesday at 10 in winter is Wednesday at 10 in summer.
    expect(current && before && iso(sameShare('Europe/Berlin', current, before, now))).toBe('2026-10-21T08:00');
  });

  test('a longer month is never compared past the end of a shorter one', () => {
    const month = calendar('month', 'UTC');
    const now = at('2026-03-30T12:00Z');
    const [current] = periodsOf(month, now, now, 1) ?? [];
    const before = current && periodBefore(month, current);
    expect(current && before && sameShare('UTC', current, before, now)).toBe(before?.end);
  });
});

test('periods follow each other without gap or overlap', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia'
  );
  const moment = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(
      fc.constantFrom(...PERIODS),
      zones,
      moment,
      fc.integer({ min: 0, max: 90 }),
      (kind, zone, from, days) => {
        const to = from + days * 24 * HOUR;
        const periods = periodsOf(calendar(kind, zone), from, to, 200) ?? [];
        expect(periods[0]?.start).toBeLessThanOrEqual(from);
        expect(periods.at(-1)?.start).toBeLessThanOrEqual(to);
        expect(periods.at(-1)?.end).toBeGreaterThan(to);
        periods.slice(1).forEach((period, i) => {
          expect(period.start).toBe(periods[i]?.end);
          expect(periodBefore(calendar(kind, zone), period)).toEqual(periods[i]);
        });
      }
    ),
    { numRuns: 200 }
  );
});
