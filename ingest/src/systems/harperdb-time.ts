import { parseTime } from '../model/common.js';
import { readTimeSchema } from '../receivers/times.js';

/** What moment.js takes as ISO 8601, as far as scripts write it: calendar dates, with a time and an offset or without. */
const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const DAY = 86_400_000;

/** The milliseconds from the first to the last that a date of a search means: a day without a time is all of that day. */
export function readHarperdbDate(value: unknown): { first: number; last: number } | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,}$/.test(value))) {
    const epoch = readTimeSchema.safeParse(value).data?.ms;
    return epoch === undefined ? undefined : { first: epoch, last: epoch };
  }
  const match = typeof value === 'string' ? ISO.exec(value.trim()) : null;
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hours, minutes = '00', seconds = '00', fraction = '0', zone = 'Z'] = match;
  const offset = zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, h: string, m = '00') => `${h}:${m}`);
  const first = parseTime(
    `${year}-${month}-${day}T${hours ?? '00'}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}${offset}`
  );
  return first === undefined ? undefined : { first, last: hours === undefined ? first + DAY - 1 : first };
}
