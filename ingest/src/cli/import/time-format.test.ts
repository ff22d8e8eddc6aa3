import { describe, expect, it } from 'vitest';
import { timeReader } from './time-format.js';

function read(format: string, text: string, zone = 'UTC'): string | undefined {
  const ms = timeReader(format, zone)(text);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

describe('timeReader', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2019-01-03 10:27:54', '2019-01-03T10:27:54.000Z'],
    ['yyyy-MM-dd HH:mm:ss.SSS', '2019-01-03 10:27:54.289', '2019-01-03T10:27:54.289Z'],
    ['yyyy-MM-dd HH:mm:ss.S', '2019-01-03 10:27:54.289999', '2019-01-03T10:27:54.289Z'],
    ["dd MMM yyyy, HH'h'mm", '03 Jan 2019, 10h27', '2019-01-03T10:27:00.000Z'],
    ['M/d/yy h:mm a', '1/3/19 12:05 AM', '2019-01-03T00:05:00.000Z'],
    ['M/d/yy h:mm a', '1/3/19 1:05 pm', '2019-01-03T13:05:00.000Z'],
    ['yyyyMMddHHmmssXXX', '20190103102754+0100', '2019-01-03T09:27:54.000Z'],
    ['iso', '2019-01-03T10:27:54.123456Z', '2019-01-03T10:27:54.123Z'],
    ['iso', '2019-01-03', '2019-01-03T00:00:00.000Z'],
    ['epoch_s', '1546511274', '2019-01-03T10:27:54.000Z'],
    ['epoch_s', '1546511274.25', '2019-01-03T10:27:54.250Z'],
    ['epoch_ms', '1546511274250', '2019-01-03T10:27:54.250Z'],
  ])('%s reads %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it('reads times without an offset in the zone, and leaves those with one alone', () => {
    expect(read('yyyy-MM-dd HH:mm:ss', '2019-01-03 10:27:54', 'America/Denver')).toBe('2019-01-03T17:27:54.000Z');
    expect(read('iso', '2019-01-03T10:27:54', 'America/Denver')).toBe('2019-01-03T17:27:54.000Z');
    expect(read('iso', '2019-01-03T10:27:54+02:00', 'America/Denver')).toBe('2019-01-03T08:27:54.000Z');
  });

  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2019-02-31 10:00:00'],
    ['yyyy-MM-dd HH:mm:ss', '2019-01-03 24:01:00'],
    ['yyyy-MM-dd HH:mm:ss', '2019-01-03T10:27:54'],
    ['yyyy-MM-dd HH:mm:ss', 'Unknown'],
    ['dd MMM yyyy', '03 Foo 2019'],
    ['epoch_s', '2019-01-03'],
    ['epoch_s', '1546511274250000'],
    ['iso', '1546511274'],
  ])('%s does not read %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });
});
