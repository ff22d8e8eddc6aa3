import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZone, zoneClock } from './zone.js';

const at = (zone: string, text: string) => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return new Date(zoneClock(zone)({ year, month, day, hour, minute, second: 0, ms: 0 })).toISOString();
};

describe('zoneClock', () => {
  it('knows summer and winter', () => {
    expect(at('Europe/Berlin', '2026-01-15 12:00')).toBe('2026-01-15T11:00:00.000Z');
    expect(at('Europe/Berlin', '2026-07-15 12:00')).toBe('2026-07-15T10:00:00.000Z');
    expect(at('America/Denver', '2019-01-01 08:55')).toBe('2019-01-01T15:55:00.000Z');
    expect(at('Asia/Kathmandu', '2026-07-15 12:00')).toBe('2026-07-15T06:15:00.000Z');
  });

  it('takes the first of two equal times when clocks go back', () => {
    expect(at('Europe/Berlin', '2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('America/Denver', '2019-11-03 01:30')).toBe('2019-11-03T07:30:00.000Z');
  });

  it('moves a time on that clocks leave out when they go forward', () => {
    expect(at('Europe/Berlin', '2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('reads back what a clock in the zone shows', () => {
    const zones = ['Europe/Berlin', 'America/Denver', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
    const moment = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (ms, zone) => {
        const minute = Math.floor(ms / 60_000) * 60_000;
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
        expect(shown.format(new Date(at(zone, shown.format(minute))))).toBe(shown.format(minute));
      })
    );
  });

  it('tells a zone from a typing mistake', () => {
    expect(isZone('Europe/Vienna')).toBe(true);
    expect(isZone('Europe/Viena')).toBe(false);
  });
});
