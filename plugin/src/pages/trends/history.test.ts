import { expect, it } from 'vitest';
import { comparableDays, isShort } from './history';

const DAY = 86_400_000;
const now = 100 * DAY;

it('knows when the time before a range is not all there', () => {
  expect(isShort(now - 14 * DAY, now - 30 * DAY, now)).toBe(true);
  expect(isShort(now - 14 * DAY, now - 10 * DAY, now)).toBe(true);
  expect(isShort(now - 14 * DAY, now - 7 * DAY, now)).toBe(false);
  expect(isShort(undefined, now - 30 * DAY, now)).toBe(false);
});

it('offers the most days that have as many before them', () => {
  expect(comparableDays(now - 14 * DAY, now)).toBe(7);
  expect(comparableDays(now - 13.9 * DAY, now)).toBe(6);
  expect(comparableDays(now - DAY, now)).toBe(0);
  const days = comparableDays(now - 13.9 * DAY, now);
  expect(isShort(now - 13.9 * DAY, now - days * DAY, now)).toBe(false);
});
