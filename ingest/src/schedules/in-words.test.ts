import { describe, expect, it } from 'vitest';
import { scheduleInWords } from './in-words.js';

describe('a schedule in words', () => {
  it.each([
    ['30 3 * * *', 'Europe/Berlin', 'At 03:30, Europe/Berlin'],
    ['CRON_TZ=Asia/Kolkata 0 6 * * 1', undefined, 'At 06:00, only on Monday, Asia/Kolkata'],
    ['*/15 * * * *', undefined, 'Every 15 minutes, UTC'],
    ['@daily', undefined, 'At 00:00, UTC'],
    ['every 6h', 'Europe/Berlin', 'Every 6 h, counted from the start of the last run'],
    ['90', undefined, 'Every 2 min, counted from the start of the last run'],
    ['whenever', undefined, null],
    ['30 3 * * *', 'Nowhere/Land', null],
    ['', undefined, null],
    [null, undefined, null],
  ])('%s in %s: %s', (text, timezone, words) => expect(scheduleInWords(text, timezone)).toBe(words));
});
