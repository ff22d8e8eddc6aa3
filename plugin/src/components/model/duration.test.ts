import { describe, expect, it } from 'vitest';
import { formatDuration, formatDurationTick } from './duration';

const spoken = (ms: number | null | undefined) => formatDuration(ms).replaceAll('\u00a0', ' ');

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [640, '640 ms'],
    [999.6, '1 s'],
    [3_140, '3.1 s'],
    [41_000, '41 s'],
    [59_960, '1 m 00 s'],
    [72_000, '1 m 12 s'],
    [188_000, '3 m 08 s'],
    [3_599_600, '1 h 00 m'],
    [11_520_000, '3 h 12 m'],
    [86_399_000, '1 d 0 h'],
    [187_200_000, '2 d 4 h'],
    [-3_000, '−3 s'],
  ])('says %d ms as "%s"', (ms, text) => expect(spoken(ms)).toBe(text));

  it('says a dash where there is no duration', () => {
    expect([undefined, null, NaN].map(spoken)).toEqual(['–', '–', '–']);
  });
});

describe('formatDurationTick', () => {
  it.each([
    [500, '500 ms'],
    [45_000, '45 s'],
    [90_000, '1.5 m'],
    [7_200_000, '2 h'],
  ])('says %d ms as "%s"', (ms, text) => expect(formatDurationTick(ms)).toBe(text));
});
