import { EARLIEST, LATEST, parseTime } from '../model/common.js';
import { readTimeSchema } from '../receivers/times.js';

/** What moment.js takes as ISO 8601, as far as scripts write it: calendar dates, with a time and an offset or without. */
const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const MONTHS = /^(\d{4})(?:-(\d{2}))?$/;
const EPOCH = /^(-?\d{1,3}|\d{9,})$/;
const DAY = 86_400_000;
const LAST_YEAR = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

interface Range {
  first: number;
  last: number;
}

/** The milliseconds from the first to the last that a date of a search means: a day without a time is all of that day. */
export function readHarperdbDate(value: unknown): Range | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && EPOCH.test(value.trim()))) {
    return readEpoch(value);
  }
  const text = typeof value === 'string' ? value.trim() : '';
  const month = MONTHS.exec(text);
  return month ? readMonths(Number(month[1]), month[2]) : readCalendar(text);
}

function readEpoch(value: number | string): Range | undefined {
  const number = Number(value);
  // Later ones are no milliseconds of anybody's: microseconds, perhaps.
  const epoch = readTimeSchema.safeParse(number > LAST_YEAR ? number : within(number)).data?.ms;
  return epoch === undefined ? undefined : { first: epoch, last: epoch };
}

/** A year, or a month of it, is all of its days. */
function readMonths(year: number, month: string | undefined): Range | undefined {
  const [from, to] = month === undefined ? [1, 12] : [Number(month), Number(month)];
  return from >= 1 && to <= 12
    ? { first: within(startOf(year, from - 1)), last: within(startOf(year, to) - 1) }
    : undefined;
}

/** `Date.UTC` takes the years before 100 for those after 1900. */
const startOf = (year: number, month: number) => new Date(0).setUTCFullYear(year, month, 1);

function readCalendar(text: string): Range | undefined {
  const match = ISO.exec(text);
  if (!match) {
    return undefined;
  }
  const [, written = '', month, day, hours, minutes = '00', seconds = '00', fraction = '0', zone = 'Z'] = match;
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, h: string, m = '00') => `${h}:${m}`);
  const at = (year: string) =>
    parseTime(`${year}-${month}-${day}T${hours ?? '00'}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}${offset}`);
  const first = at(written) ?? (at('2000') === undefined ? undefined : nearest(Number(written)));
  return first === undefined ? undefined : { first, last: hours === undefined ? first + DAY - 1 : first };
}

const nearest = (year: number) => (year < 1900 ? EARLIEST : year > 2298 ? LATEST : undefined);

/** Runs are of the years 1900 to 2299: a search from the beginning to the end of all time is one of these. */
const within = (ms: number) => Math.min(Math.max(ms, EARLIEST), LATEST);
