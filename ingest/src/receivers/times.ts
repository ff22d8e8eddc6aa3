import { z } from 'zod';
import { looksLikeSeconds, parseTime } from '../model/common.js';
import { toNumber } from '../model/json.js';

/** A time of another system, in epoch milliseconds, and what had to be assumed to read it. */
export interface ReadTime {
  ms: number;
  written: string | number;
  repair: string | undefined;
}

/**
 * A time as other systems write it, which nobody can ask to mend it: RFC 3339, epoch milliseconds, or epoch seconds; a
 * text without a zone is UTC.
 */
export const readTimeSchema = z
  .preprocess(toNumber, z.union([z.string(), z.number()], 'expected an RFC 3339 time or epoch milliseconds'))
  .transform((value, ctx): ReadTime => {
    const isSeconds = looksLikeSeconds(value);
    const ms = parseTime(isSeconds ? Math.round(Number(value) * 1000) : inIsoForm(value));
    if (ms === undefined) {
      ctx.addIssue({
        code: 'custom',
        message: `expected an RFC 3339 time or epoch milliseconds, got ${JSON.stringify(value).slice(0, 60)}`,
      });
      return z.NEVER;
    }
    return { ms, written: value, repair: isSeconds ? `${value} was read as seconds` : zoneRepair(value) };
  });

/** As Ruby and Python write times, and a day without one. */
function inIsoForm(value: string | number): string | number {
  return typeof value === 'number'
    ? value
    : value
        .trim()
        .replace(/^(\d{4}-\d{2}-\d{2})$/, '$1T00:00')
        .replace(/\s*(UTC|GMT)$/, 'Z')
        .replace(/\s+([+-]\d{2}:?\d{2})$/, '$1');
}

function zoneRepair(value: string | number): string | undefined {
  return typeof value === 'string' && !/^\s*-?\d+\s*$/.test(value) && !/([Zz]|UTC|GMT|[+-]\d{2}:?\d{2})\s*$/.test(value)
    ? `${JSON.stringify(value)} has no time zone and was read as UTC`
    : undefined;
}

/** What was assumed to read these times, as sentences for the run's `metadata.repairs`. */
export function repairsOf(times: Record<string, ReadTime | null | undefined>): string[] {
  return Object.entries(times).flatMap(([name, time]) => (time?.repair ? [`${name}: ${time.repair}`] : []));
}
