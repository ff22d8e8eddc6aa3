import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import { toRejected } from '../receivers/items.js';
import type { AppContext, Dialect, Scope } from '../http/context.js';

/** One call of the HTTP contract: how it is reached, what it needs, and what it says in the OpenAPI document. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form, such as `/v1/jobs/{job}`. */
  path: string;
  scope: Scope | undefined;
  summary: string;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** Where the call is another system's. */
  dialect?: Dialect;
  body?: { schema: z.ZodType; types: string[] };
  /** `files`: other content types that it can be had as. */
  answers: Record<number, { schema?: z.ZodType; type?: string; files?: readonly string[]; description: string }>;
  handle: (c: AppContext) => Promise<Response> | Response;
}

/** @throws Coded 400 that names each wrong parameter and what was expected */
export function readQuery<S extends z.ZodObject>(c: AppContext, schema: S): z.output<S> {
  const given = Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const errors = toRejected(parsed.error);
    throw problems.badRequest(`${errors.map((error) => `${error.path}: ${error.message}`).join('; ')}.`, errors);
  }
  return parsed.data;
}

/** A parameter of the path, or of the query string where names can't stand in a path. */
export function nameFrom(c: AppContext, name: 'job' | 'run'): string {
  const value = c.req.param(name) ?? c.req.query(name);
  if (value === undefined || value === '') {
    throw problems.badRequest(`${name}: expected 1 to 512 characters, got none.`);
  }
  return value;
}

/** A parameter that may be given once or several times. */
export const repeatable = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(item).max(1000));

/** A whole number of up to 63 bits, as its digits. */
export const wholeSchema = z
  .string()
  .refine(
    (digits) => /^\d{1,19}$/.test(digits) && BigInt(digits) < 2n ** 63n,
    'expected a whole number from 0 to 9223372036854775807'
  );

export const limitField = (otherwise: number, max: number) =>
  z.coerce.number().int().min(1).max(max).default(otherwise);
