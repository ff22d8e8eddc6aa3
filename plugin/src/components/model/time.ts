import { dateTimeFormat, type TimeZone } from '@grafana/data';
import { t } from '../../i18n/t';
import { plural } from './numbers';

/** "22 Nov 2026, 03:10" in the viewer's time zone. */
export function formatTime(ms: number, timeZone: TimeZone): string {
  return dateTimeFormat(ms, { timeZone, format: 'D MMM YYYY, HH:mm' });
}

/** The exact moment, for titles: "2026-11-22 03:10:09.250 +01:00". */
export function formatExactTime(ms: number, timeZone: TimeZone): string {
  return dateTimeFormat(ms, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS Z' });
}

/** The time of day of a log line: "03:10:25.485". */
export function formatClock(ms: number, timeZone: TimeZone): string {
  return dateTimeFormat(ms, { timeZone, format: 'HH:mm:ss.SSS' });
}

const STEPS: Array<[number, string]> = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** "5 minutes ago", "2 days ago"; "just now" under a minute. */
export function formatAgo(ms: number, now: number): string {
  const span = spanWords(now - ms);
  return span === undefined ? t('time.just-now', 'just now') : t('time.ago', '{{span}} ago', { span });
}

/** "in 5 minutes", "in 2 days"; "now" within a minute, also of what has passed. */
export function formatUntil(ms: number, now: number): string {
  const span = spanWords(ms - now);
  return span === undefined ? t('time.now', 'now') : t('time.in', 'in {{span}}', { span });
}

/** "5 minutes", "2 days"; nothing under a minute. */
function spanWords(ms: number): string | undefined {
  const step = STEPS.find(([size]) => ms >= size);
  return step && plural(Math.floor(ms / step[0]), step[1]);
}

/** Epoch milliseconds of an RFC 3339 time; undefined where there is none. */
export function toMs(time: string | null | undefined): number | undefined {
  const ms = time ? Date.parse(time) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
