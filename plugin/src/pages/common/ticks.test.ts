import { describe, expect, it } from 'vitest';
import { timeTicks } from './ticks';

const at = (text: string) => Date.parse(text);

describe('ticks of a time axis', () => {
  it('are round hours', () => {
    const ticks = timeTicks(at('2026-11-22T03:10:00Z'), at('2026-11-22T15:10:00Z'), 6, 'utc');
    expect(ticks.map(({ label }) => label)).toEqual(['04:00', '06:00', '08:00', '10:00', '12:00', '14:00']);
  });

  it('are midnights of the zone, over a day of 25 hours too', () => {
    const ticks = timeTicks(at('2026-10-23T22:00:00Z'), at('2026-10-27T23:00:00Z'), 6, 'Europe/Berlin');
    expect(ticks.map(({ at }) => new Date(at).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
      '2026-10-27T23:00:00.000Z',
    ]);
    expect(ticks.map(({ label }) => label)).toEqual(['24 Oct', '25 Oct', '26 Oct', '27 Oct', '28 Oct']);
  });

  it('are midnights of a zone with a half hour', () => {
    const [first] = timeTicks(at('2026-11-20T00:00:00Z'), at('2026-11-23T00:00:00Z'), 4, 'Asia/Kolkata');
    expect(new Date(first?.at ?? 0).toISOString()).toBe('2026-11-20T18:30:00.000Z');
  });
});
