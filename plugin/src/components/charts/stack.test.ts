import { describe, expect, it } from 'vitest';
import { stackBars } from './stack';

describe('stackBars', () => {
  it('stacks failures on top, and keeps the true counts', () => {
    const bars = stackBars([
      { label: 'failed', times: [1, 2], values: [2, 0] },
      { label: 'succeeded', times: [1, 2], values: [8, 10] },
    ]);
    expect(bars[0]).toMatchObject({ total: 10, failures: 2 });
    expect(bars[0]?.segments.map(({ status, from, to }) => [status, from, to])).toEqual([
      ['succeeded', 0, 8],
      ['failed', 8, 10],
    ]);
    expect(bars[1]?.segments.map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('gives one failure among thousands a height that can be seen', () => {
    const [bar] = stackBars([
      { label: 'succeeded', times: [1], values: [9999] },
      { label: 'failed', times: [1], values: [1] },
    ]);
    const failed = bar?.segments.at(-1);
    expect(failed?.count).toBe(1);
    expect((failed?.to ?? 0) - (failed?.from ?? 0)).toBe(400);
  });

  it('lines up series that have different times', () => {
    const bars = stackBars([
      { label: 'failed', times: [2], values: [1] },
      { label: 'succeeded', times: [1], values: [1] },
    ]);
    expect(bars.map(({ time, total }) => [time, total])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
