import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration, parseSchedule, type Slot } from './schedule.js';
import { clockOf } from './zone.js';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (slot: Slot | undefined) => (slot === undefined ? undefined : new Date(slot.at).toISOString());

/** The slots in (from, to]. */
function slots(expression: string, zone: string, from: string, to: string): Slot[] {
  const schedule = parseSchedule(expression, zone);
  const found: Slot[] = [];
  for (let slot = schedule?.after(at(from)); slot && slot.at <= at(to); slot = schedule?.after(slot.at)) {
    found.push(slot);
  }
  return found;
}
const minutes = (found: readonly Slot[]) => found.map((slot) => new Date(slot.at).toISOString().slice(11, 16));

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
    expect(iso(schedule?.before(at('2026-10-25T12:00:00Z')))).toBe('2026-10-25T02:30:00.000Z');
    expect(iso(schedule?.before(at('2026-10-25T02:00:00Z')))).toBe('2026-10-24T01:30:00.000Z');
    expect(iso(schedule?.after(at('2026-10-25T12:00:00Z')))).toBe('2026-10-26T02:30:00.000Z');
  });

  test('the zone may stand in the expression', () => {
    expect(iso(parseSchedule('CRON_TZ=Asia/Kolkata 0 9 * * 1-5')?.after(at('2026-11-20T12:00:00Z')))).toBe(
      '2026-11-23T03:30:00.000Z'
    );
  });

  test('a rare slot is found too', () => {
    expect(iso(parseSchedule('0 0 1 1 *')?.before(at('2026-11-22T00:00:00Z')))).toBe('2026-01-01T00:00:00.000Z');
  });

  test('an interval counts from the last run, and on from slots that nobody kept', () => {
    const schedule = parseSchedule('every 6h');
    const last = at('2026-11-22T00:00:00Z');
    expect(iso(schedule?.after(last + 1, last))).toBe('2026-11-22T06:00:00.000Z');
    expect(schedule?.before(last + HOUR, last)).toBeUndefined();
    expect(iso(schedule?.before(last + 7 * HOUR, last))).toBe('2026-11-22T06:00:00.000Z');
    expect(iso(schedule?.after(last + 7 * HOUR, last))).toBe('2026-11-22T12:00:00.000Z');
    expect(schedule?.before(last)).toBeUndefined();
    expect(schedule?.after(last)).toBeUndefined();
  });

  test.each(['', 'whenever', '99 99 * * *', null])('%j is none', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });

  test('a zone that is none makes no schedule', () => {
    expect(parseSchedule('0 3 * * *', 'Europe/Viena')).toBeUndefined();
  });
});

describe('where a clock change leaves a time out', () => {
  test('a daily job may come as the clock jumps or as much later, and says so', () => {
    const [slot, next] = slots('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z');
    expect(slot).toEqual({ at: at('2026-03-29T01:00:00Z'), until: at('2026-03-29T01:30:00Z'), leftOut: true });
    expect(next).toEqual({ at: at('2026-03-30T00:30:00Z'), until: at('2026-03-30T00:30:00Z'), leftOut: false });
  });

  test('an hourly job runs in every hour that passes', () => {
    const day = slots('0 * * * *', 'Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-29T21:59:59Z');
    expect(day).toHaveLength(23);
    expect(day.every((slot, i) => slot.at === at('2026-03-28T23:00:00Z') + i * HOUR && slot.until === slot.at)).toBe(
      true
    );
  });

  test('half an hour on Lord Howe', () => {
    expect(
      minutes(slots('15,45 * * * *', 'Australia/Lord_Howe', '2026-10-03T14:20:00Z', '2026-10-03T16:20:00Z'))
    ).toEqual(['14:45', '15:15', '15:45', '16:15']);
    const [left] = slots('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', '2026-10-04T00:00:00Z');
    expect(left).toEqual({ at: at('2026-10-03T15:30:00Z'), until: at('2026-10-03T15:45:00Z'), leftOut: true });
  });
});

describe('where a clock change repeats a time', () => {
  test('a daily job runs once, at either of the two', () => {
    expect(slots('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      { at: at('2026-10-25T00:30:00Z'), until: at('2026-10-25T01:30:00Z'), leftOut: false },
    ]);
    expect(slots('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', '2026-11-01T12:00:00Z')).toEqual([
      { at: at('2026-11-01T05:30:00Z'), until: at('2026-11-01T06:30:00Z'), leftOut: false },
    ]);
  });

  test('an hourly job runs in both', () => {
    expect(slots('0 * * * *', 'Europe/Berlin', '2026-10-24T21:59:59Z', '2026-10-25T22:59:59Z')).toHaveLength(25);
    expect(
      minutes(slots('*/15 * * * *', 'Australia/Lord_Howe', '2026-04-04T14:29:00Z', '2026-04-04T15:35:00Z'))
    ).toEqual(['14:30', '14:45', '15:00', '15:15', '15:30']);
  });

  test('Kolkata knows no such thing', () => {
    expect(minutes(slots('0 9 * * *', 'Asia/Kolkata', '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z'))).toEqual([
      '03:30',
      '03:30',
      '03:30',
    ]);
  });
});

describe('in any zone, at any time', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
  const near = fc.oneof(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
    // Within a day of a clock change of one of these zones.
    fc
      .tuple(
        fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z').map(at),
        fc.integer({ min: -26 * HOUR, max: 26 * HOUR })
      )
      .map(([change, by]) => change + by),
    fc
      .tuple(
        fc.constantFrom('2026-04-04T15:00Z', '2026-10-03T15:30Z').map(at),
        fc.integer({ min: -26 * HOUR, max: 26 * HOUR })
      )
      .map(([change, by]) => change + by)
  );
  const daily = fc
    .tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }))
    .map(([minute, hour]) => `${minute} ${hour} * * *`);
  const any = fc.oneof(
    daily,
    fc.constantFrom('*/10 * * * *', '7 * * * *', '0 */6 * * *', '30 1,2,3 * * *', '15 2 * * 0')
  );

  test('a daily job has one slot on every day of the calendar', () => {
    fc.assert(
      fc.property(near, zones, daily, (moment, zone, expression) => {
        const clock = clockOf(zone);
        const schedule = parseSchedule(expression, zone);
        const days: number[] = [];
        for (let i = 0, slot = schedule?.after(moment); i < 5 && slot; i++, slot = schedule?.after(slot.at)) {
          expect(slot.until).toBeGreaterThanOrEqual(slot.at);
          days.push(Math.floor(clock.wallAt(slot.until) / (24 * HOUR)));
        }
        expect(days).toEqual(days.map((_, i) => (days[0] ?? 0) + i));
      }),
      { numRuns: 300 }
    );
  });

  test('slots go forward, and the newest before a moment is the one that `after` leads to', () => {
    fc.assert(
      fc.property(near, zones, any, (moment, zone, expression) => {
        const schedule = parseSchedule(expression, zone);
        const before = schedule?.before(moment);
        const next = schedule?.after(moment);
        expect(before?.at).toBeLessThanOrEqual(moment);
        expect(next?.at).toBeGreaterThan(moment);
        expect(schedule?.after(before?.at ?? 0)).toEqual(next);
        expect(schedule?.before(next?.at ?? 0)).toEqual(next);
      }),
      { numRuns: 300 }
    );
  });

  test('a job of every ten minutes never waits for longer', () => {
    fc.assert(
      fc.property(near, zones, (moment, zone) => {
        const schedule = parseSchedule('*/10 * * * *', zone);
        const first = schedule?.after(moment)?.at ?? 0;
        expect(schedule?.after(first)?.at).toBe(first + 600_000);
      })
    );
  });
});
