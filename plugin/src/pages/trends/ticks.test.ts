import { describe, expect, it } from 'vitest';
import { valueTicks } from './ticks';

const HOUR = 3_600_000;
const labels = (...args: Parameters<typeof valueTicks>) => valueTicks(...args).map(({ label }) => label);

describe('ticks of a value axis', () => {
  it('are round counts', () => {
    expect(labels(0, 10_661, 'runs')).toEqual(['0', '5,000', '10,000']);
    expect(labels(0, 3, 'runs')).toEqual(['0', '1', '2', '3']);
  });

  it('are round times, hours however many', () => {
    expect(labels(0, 50_000, 'p50')).toEqual(['0', '10 s', '20 s', '30 s', '40 s', '50 s']);
    expect(labels(0, 447 * HOUR, 'total')).toEqual(['0', '120 h', '240 h', '360 h']);
  });

  it('are shares that need not begin at zero', () => {
    expect(labels(0.94, 1, 'success_rate')).toEqual(['94 %', '96 %', '98 %', '100 %']);
    expect(labels(0.998, 1, 'success_rate')).toEqual(['99.8 %', '99.9 %', '100.0 %']);
  });
});
