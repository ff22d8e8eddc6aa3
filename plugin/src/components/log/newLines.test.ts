import { describe, expect, it, vi } from 'vitest';
import type { LineAnswer } from '../client/answers';
import type { LogLines } from './LogLines';
import { isNewLine, onlyNewLines, type NewLines } from './newLines';

const NEW: NewLines = {
  ranges: [
    [3, 4],
    [7, 7],
    [10, 12],
  ],
  count: 6,
  first: 7,
};
const line = (n: number) => ({ n, message: `line ${n}` }) as LineAnswer;

function wholeLog(total: number, known = (_n: number) => true): LogLines {
  return {
    count: total,
    total,
    line: (index) => (known(index + 1) ? line(index + 1) : undefined),
    indexOf: (n) => n - 1,
    ensure: vi.fn(),
    loading: false,
  };
}

describe('new lines of a log', () => {
  it('knows which lines are new', () => {
    const fresh = Array.from({ length: 13 }, (_, i) => i + 1).filter((n) => isNewLine(NEW, n));
    expect(fresh).toEqual([3, 4, 7, 10, 11, 12]);
    expect(isNewLine({ ranges: [], count: 0 }, 1)).toBe(false);
  });

  it('shows only them, under their own numbers', () => {
    const log = onlyNewLines(wholeLog(20), NEW);
    expect(Array.from({ length: log.count }, (_, index) => log.line(index)?.n)).toEqual([3, 4, 7, 10, 11, 12]);
    expect([3, 7, 12].map((n) => log.indexOf(n))).toEqual([0, 2, 5]);
    expect(log.indexOf(5)).toBeUndefined();
    expect(log.line(6)).toBeUndefined();
  });

  it('asks for those that are not there yet', () => {
    const whole = wholeLog(20, (n) => n < 10);
    onlyNewLines(whole, NEW).ensure(1, 4);
    expect(vi.mocked(whole.ensure).mock.calls).toEqual([
      [9, 9],
      [10, 10],
    ]);
  });
});
