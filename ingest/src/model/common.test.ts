import { describe, expect, test } from 'vitest';
import { nameSchema, parseTime } from './common.js';

describe('times', () => {
  test.each([
    ['2026-11-22T03:10:09Z', '2026-11-22T03:10:09.000Z'],
    ['2026-11-22T03:10:09.123456789+05:30', '2026-11-21T21:40:09.123Z'],
    ['2026-11-22T03:10:09+0000', '2026-11-22T03:10:09.000Z'],
    ['2026-11-22 03:10', '2026-11-22T03:10:00.000Z'],
    ['1795335009000', '2026-11-22T08:10:09.000Z'],
    [1795335009000.7, '2026-11-22T08:10:09.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('%j is %s', (given, expected) => {
    expect(new Date(parseTime(given) ?? NaN).toISOString()).toBe(expected);
  });

  test.each(['yesterday', '', '2026-13-01T00:00:00Z', '2026-11-22', NaN, Infinity, '99999999999999999'])(
    '%j is none',
    (given) => {
      expect(parseTime(given)).toBeUndefined();
    }
  );
});

describe('names', () => {
  test.each(['a', 'a/b c', '🦉'.repeat(512), '..'])('%j is one', (name) => {
    expect(nameSchema.parse(name)).toBe(name);
  });

  test.each(['', 'a\nb', '\u0000', '\u009f', 'x'.repeat(513), '\ud800', null, {}])('%j is none', (name) => {
    expect(nameSchema.safeParse(name).success).toBe(false);
  });
});
