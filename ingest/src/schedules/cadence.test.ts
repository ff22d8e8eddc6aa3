import { expect, test } from 'vitest';
import type { Bar } from '../query/strips.js';
import { cadenceOf } from './cadence.js';

const HOUR = 3_600_000;
const bar = (at: number, more: Partial<Bar> = {}): Bar => ({
  key: '',
  run: `r${at}`,
  status: 'succeeded',
  at,
  duration_ms: 240_000,
  ...more,
});
const every = (hours: number, count: number) => Array.from({ length: count }, (_, i) => bar(i * hours * HOUR));

test('a job that runs by the clock has an interval and a duration', () => {
  expect(cadenceOf(every(6, 10))).toEqual({ every: 6 * HOUR, duration: 240_000 });
});

test('a few late runs and missed slots change nothing', () => {
  const bars = every(6, 12).map((one, i) => (i === 4 ? bar(one.at + HOUR) : one));
  const slot = bar(73 * HOUR, { status: 'missed', run: 'slot-1', duration_ms: null });
  expect(cadenceOf([...bars, slot])).toEqual({ every: 6 * HOUR, duration: 240_000 });
});

test('too few runs make no habit', () => {
  expect(cadenceOf(every(6, 4))).toEqual({ every: null, duration: null });
  expect(cadenceOf([])).toEqual({ every: null, duration: null });
});

test('what comes by events has a duration, but no interval', () => {
  const bars = [0, 1, 2, 30, 31, 80, 81, 82, 200].map((hour) => bar(hour * HOUR));
  expect(cadenceOf(bars)).toEqual({ every: null, duration: 240_000 });
});

test('failed and open runs say nothing of the duration', () => {
  const bars = every(1, 10).map((one, i) => (i % 2 ? bar(one.at, { status: 'failed', duration_ms: 5 }) : one));
  expect(cadenceOf(bars)).toEqual({ every: HOUR, duration: 240_000 });
});
