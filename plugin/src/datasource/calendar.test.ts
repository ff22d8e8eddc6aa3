import { setTimeZoneResolver } from '@grafana/data';
import { config } from '@grafana/runtime';
import { afterEach, expect, it } from 'vitest';
import { calendarOf } from './calendar';

const user = config.bootData?.user;
afterEach(() => {
  Object.assign(config, { bootData: { ...config.bootData, user } });
});

it('asks for the days of the dashboard, else of the reader', () => {
  setTimeZoneResolver(() => 'America/New_York');
  expect(calendarOf('Asia/Kolkata')).toEqual({ timeZone: 'Asia/Kolkata' });
  expect(calendarOf('')).toEqual({ timeZone: 'America/New_York' });
});

it('names the zone of the browser, which only the browser knows', () => {
  expect(calendarOf('browser').timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

it('asks for weeks as the reader prefers them', () => {
  Object.assign(config, { bootData: { user: { weekStart: 'sunday' } } });
  expect(calendarOf('utc')).toEqual({ timeZone: 'utc', weekStart: 'sunday' });
});
