import { dateTimeForTimeZone, type TimeRange, type TimeZone } from '@grafana/data';

/** The last `days` whole days of a time zone, today included. */
export function lastDays(days: number, timeZone: TimeZone): TimeRange {
  const to = dateTimeForTimeZone(timeZone).endOf('day');
  const from = dateTimeForTimeZone(timeZone)
    .subtract(days - 1, 'days')
    .startOf('day');
  return { from, to, raw: { from, to } };
}
