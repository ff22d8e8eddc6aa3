import { z } from 'zod';
import { toNumber, toWritten } from './json.js';
import { STATUSES } from './words.js';

export { FAILURE_STATUSES, LEVELS, OPEN_STATUSES, type Level, type Status } from './words.js';
export { STATUSES };

export const statusSchema = z.enum(STATUSES);

/** An id of more digits than a number holds keeps them all. */
function toWholeText(value: unknown): unknown {
  const written = toWritten(value);
  return written !== value && !/^-?\d+$/.test(String(written)) ? toNumber(value) : written;
}

export const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** The id of a job or a run within its tenant: 1–512 characters, anything but control characters. */
export const nameSchema = z
  .preprocess(
    toWholeText,
    z.union([z.string(), z.number().int()], 'expected text of 1 to 512 characters, or a whole number')
  )
  .transform(String)
  .pipe(
    z
      .string()
      .min(1, 'expected 1 to 512 characters, got none')
      .refine((name) => name.length <= 512 || [...name].length <= 512, 'expected at most 512 characters')
      .refine((name) => !CONTROL.test(name), 'expected no control characters')
      .refine((name) => name.isWellFormed(), 'expected well-formed Unicode, got half a surrogate pair')
  );

export const EARLIEST = Date.UTC(1900, 0, 1);
export const LATEST = Date.UTC(2299, 11, 31);
const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Epoch milliseconds of an RFC 3339 string or an integer of epoch milliseconds; undefined where it is neither.
 * A string without a zone is read as UTC.
 */
export function parseTime(value: string | number): number | undefined {
  const ms = typeof value === 'number' ? value : parseTimeText(value.trim());
  return Number.isFinite(ms) && ms >= EARLIEST && ms <= LATEST ? Math.trunc(ms) : undefined;
}

function parseTimeText(text: string): number {
  if (/^-?\d+$/.test(text)) {
    return Number(text);
  }
  const match = RFC3339.exec(text);
  if (!match || !isDay(text)) {
    return NaN;
  }
  const zone = match[3] === undefined ? 'Z' : match[3].replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
  const local = text.slice(0, match[3] === undefined ? undefined : -match[3].length).replace(/[t ]/, 'T');
  return Date.parse(local.replace(/(\.\d{3})\d+$/, '$1') + zone);
}

/** JavaScript takes 30 February for 1 March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  return Number(day.slice(8)) <= 28 || new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8));
}

/** True for a number that as milliseconds would lie in 1970 to 1973, where no run was, and as seconds since then. */
export function looksLikeSeconds(value: string | number): boolean {
  const number = typeof value === 'number' || /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : NaN;
  return number >= 100_000_000 && number < 100_000_000_000;
}

/** A time as senders write it; becomes epoch milliseconds. */
export const timeSchema = z.preprocess(toNumber, z.union([z.string(), z.number()])).transform((value, ctx) => {
  if (looksLikeSeconds(value)) {
    ctx.addIssue({ code: 'custom', message: `${value} looks like epoch seconds: send milliseconds` });
    return z.NEVER;
  }
  const ms = parseTime(value);
  if (ms === undefined) {
    ctx.addIssue({
      code: 'custom',
      message: `expected an RFC 3339 time or epoch milliseconds between 1900 and 2299, got ${JSON.stringify(value)}`,
    });
    return z.NEVER;
  }
  return ms;
});

/** Which try of a run, from 1. */
export const attemptSchema = z.preprocess(toNumber, z.number().int().min(1).max(65_535));

/** Any JSON object; merged by its top-level keys. */
export const objectSchema = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof objectSchema>;

/** Tags are text; numbers and booleans are taken as their text. */
export const tagsSchema = z.record(
  z.string().min(1),
  z
    .preprocess(toWritten, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .transform((value) => (value === null ? '' : String(value)))
);

export const errorSchema = z.union([
  z.string().transform((message) => ({ message }) as RunError),
  z.looseObject({
    type: z.string().nullish(),
    message: z.string().nullish(),
    step: z
      .preprocess(toWritten, z.union([z.string(), z.number()]).nullish())
      .transform((step) => (typeof step === 'number' ? String(step) : step)),
  }),
]);
/** What went wrong: `type` names the kind, `step` the step it happened in. */
export interface RunError {
  type?: string | null;
  message?: string | null;
  step?: string | null;
  [key: string]: unknown;
}

const countField = z.preprocess(toNumber, z.number().int().min(0).nullish());
const countSchema = z.looseObject({ success: countField, failure: countField });
/** How many items a run handled, per phase and outcome. */
export const countsSchema = z.looseObject({ metadata: countSchema.nullish(), data: countSchema.nullish() });

export const refSchema = z.looseObject({ job: nameSchema.nullish(), run: nameSchema.nullish() });
