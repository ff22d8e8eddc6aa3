import { describe, expect, test } from 'vitest';
import { dueSlots } from './slots.js';
import { termsOf } from './terms.js';

const now = Date.UTC(2026, 10, 26);

describe('the slots that are due', () => {
  test.each(['1s', '1ms', '0.0000001ms', '0s', '9'.repeat(190) + 'h'])(
    'of the interval %s are found at once, though the last run was in 1900',
    (schedule) => {
      const began = performance.now();
      const slots = dueSlots(termsOf({ schedule, grace: '1s' }), now - 10_000, now, Date.UTC(1900));
      expect(performance.now() - began).toBeLessThan(500);
      expect(slots).toHaveLength(schedule === '1s' ? 10 : 0);
    }
  );

  test('of an interval are the newest 2,000 after a long absence', () => {
    const slots = dueSlots(termsOf({ schedule: '1m', grace: '1m' }), Date.UTC(1970), now, Date.UTC(1969));
    expect(slots).toHaveLength(2000);
    expect(slots.at(-1)?.slot.at).toBe(now - 60_000);
  });

  test('of a cron expression are found, however absurd the grace', () => {
    for (const grace of ['9'.repeat(190) + 'd', '1e308', -1e308]) {
      expect(dueSlots(termsOf({ schedule: '* * * * *', grace }), now - 60_000, now, undefined)).toHaveLength(1);
    }
  });
});
