import { describe, expect, it } from 'vitest';
import { toWeeks, type Day } from './weeks';

const day = (date: string): Day => ({
  date,
  start: Date.parse(`${date}T00:00:00Z`),
  end: 0,
  runs: 1,
  succeeded: 1,
  failures: 0,
  missed: 0,
  total: 0,
});

describe('days as weeks', () => {
  it('begin on Monday, with gaps where the range begins and ends inside of one', () => {
    // The 27th of November 2026 is a Friday.
    const dates = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01'];
    const weeks = toWeeks(dates.map(day));
    expect(weeks.map(({ days }) => days.map((one) => one?.date.slice(8)))).toEqual([
      [undefined, undefined, undefined, undefined, '27', '28', '29'],
      ['30', '01', undefined, undefined, undefined, undefined, undefined],
    ]);
    expect(weeks.map(({ monthStart }) => monthStart)).toEqual([undefined, Date.parse('2026-12-01T00:00:00Z')]);
  });

  it('are none without days', () => {
    expect(toWeeks([])).toEqual([]);
  });
});
