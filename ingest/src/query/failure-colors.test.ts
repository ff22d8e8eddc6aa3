import { describe, expect, it } from 'vitest';
import { FAILURE_COLORS, failureColors } from './failure-colors.js';

describe('the colours of failures', () => {
  it('are never green', () => {
    expect(FAILURE_COLORS.filter((color) => color.includes('green'))).toEqual([]);
  });

  it('stay the same whichever failure is the most frequent', () => {
    const prints = ['18446744073709551615', '7', '16', '3'];
    expect(failureColors([...prints].reverse())).toEqual(failureColors(prints));
  });

  it('follow from the failure alone as long as no other has the same', () => {
    expect(failureColors(['7', '3']).get('7')).toBe(failureColors(['7', '2', '1']).get('7'));
  });

  it('differ from each other as far as there are colours', () => {
    const many = Array.from({ length: 10 }, (_, i) => String(i * 8));
    expect(new Set(failureColors(many.slice(0, 8)).values()).size).toBe(8);
    expect(failureColors(many).size).toBe(10);
  });
});
