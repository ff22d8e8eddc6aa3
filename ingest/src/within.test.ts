import { expect, test } from 'vitest';
import { within } from './within.js';

test('gives what a promise gives in time, and nothing after', async () => {
  const never = new Promise<string>(() => {});
  expect(await within(Promise.resolve('in time'), 10_000)).toBe('in time');
  expect(await within(never, 1)).toBeUndefined();
  await expect(within(Promise.reject(new Error('broke')), 10_000)).rejects.toThrow('broke');
});
