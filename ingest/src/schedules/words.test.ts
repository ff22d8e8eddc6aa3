import { expect, test } from 'vitest';
import { clockTime, roughly, usually } from './words.js';

test.each([
  [300, '300 ms'],
  [4_200, '4 s'],
  [59_990, '1 min'],
  [241_000, '4 min'],
  [2_460_000, '41 min'],
  [11_520_000, '3 h 12 min'],
  [21_598_000, '6 h'],
  [86_400_000, '24 h'],
  [7 * 86_400_000, '7 d'],
  [2.5 * 86_400_000, '2 d 12 h'],
  [14 * 86_400_000 + 3_600_000, '14 d'],
])('%d ms is "%s"', (ms, said) => {
  expect(roughly(ms)).toBe(said);
});

test('what is usual', () => {
  expect(usually(21_600_000, 240_000)).toBe('usually every 6 h, 4 min');
  expect(usually(null, 240_000)).toBe('usually 4 min');
  expect(usually(null, null)).toBe('');
});

test('a moment is told by the viewer’s clock', () => {
  const now = Date.parse('2026-11-22T09:00:00Z');
  expect(clockTime(Date.parse('2026-11-22T00:30:00Z'), now, 'Asia/Kolkata')).toBe('06:00');
  expect(clockTime(Date.parse('2026-11-21T05:00:00Z'), now, 'UTC')).toBe('21 Nov, 05:00');
});
