import { parseTime } from '../../model/common.js';
import { type WallTime, zoneClock } from '../../model/zone.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What a pattern may hold, each with what it matches; everything else stands for itself. */
const TOKENS: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  a: '(?<half>[AaPp]\\.?[Mm]\\.?)',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  S: '(?<fraction>\\d{1,9})',
  XXX: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
};
const TOKEN = /'([^']*)'|yyyy|yy|MMM|MM|M|dd|d|HH|H|hh|h|a|mm|ss|S+|XXX|[^]/g;

/** Epoch milliseconds of a text, or undefined where the text is not of the format. */
export type TimeReader = (text: string) => number | undefined;

/** `iso`, `epoch_s`, `epoch_ms`, or a pattern such as `yyyy-MM-dd HH:mm:ss`; times without an offset are of `zone`. */
export function timeReader(format: string, zone: string): TimeReader {
  switch (format) {
    case 'epoch_s':
      return (text) => (isNumber(text) ? parseTime(Math.round(Number(text) * 1000)) : undefined);
    case 'epoch_ms':
      return (text) => (isNumber(text) ? parseTime(Math.round(Number(text))) : undefined);
    case 'iso':
      return isoReader(zone);
    default:
      return patternReader(format, zone);
  }
}

/** RFC 3339, and its date alone; a time without an offset is of the zone. */
function isoReader(zone: string): TimeReader {
  const local = patternReader('yyyy-MM-dd HH:mm:ss', zone);
  const withFraction = patternReader('yyyy-MM-dd HH:mm:ss.S', zone);
  return (text) => {
    const wall = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text} 00:00:00` : text.replace(/[Tt]/, ' ').replace(',', '.');
    return local(wall) ?? withFraction(wall) ?? (/^\d+$/.test(text) ? undefined : parseTime(text));
  };
}

function patternReader(pattern: string, zone: string): TimeReader {
  const regex = new RegExp(`^${pattern.replace(TOKEN, tokenRegex)}$`);
  const toEpoch = zoneClock(zone);
  return (text) => {
    const groups = regex.exec(text)?.groups;
    const wall = groups && wallTime(groups);
    if (!wall || !isReal(wall)) {
      return undefined;
    }
    const offset = offsetMs(groups['offset']);
    return offset === undefined ? toEpoch(wall) : asUtc(wall) - offset;
  };
}

function tokenRegex(token: string, quoted: string | undefined): string {
  return TOKENS[token.replace(/^S+$/, 'S')] ?? (quoted ?? token).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function wallTime(groups: Record<string, string | undefined>): WallTime {
  const number = (name: string, otherwise: number) => (groups[name] === undefined ? otherwise : Number(groups[name]));
  const half = groups['half']?.[0]?.toLowerCase();
  const hour = number('hour', 0);
  return {
    year: number('year', 2000 + number('shortYear', 0)),
    month: groups['monthName'] ? MONTHS.indexOf(groups['monthName'].toLowerCase()) + 1 : number('month', 1),
    day: number('day', 1),
    hour: half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0),
    minute: number('minute', 0),
    second: number('second', 0),
    ms: Number((groups['fraction'] ?? '').padEnd(3, '0').slice(0, 3)),
  };
}

/** 31 February is none, nor is 25 o'clock. A leap second is: it counts as the next one. */
function isReal({ year, month, day, hour, minute, second }: WallTime): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
}

function offsetMs(offset: string | undefined): number | undefined {
  if (offset === undefined) {
    return undefined;
  }
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
}

function asUtc({ year, month, day, hour, minute, second, ms }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
