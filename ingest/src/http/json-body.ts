import type { z } from 'zod';
import { problems } from '../errors.js';
import { lostFields } from '../model/lost-fields.js';
import { assertNotTooDeep } from '../receivers/depth.js';
import { toRejected } from '../receivers/items.js';
import { Inflight, readBody } from './body.js';
import type { AppContext } from './context.js';
import { textOf } from './utf8.js';

/** Questions and settings are small; so is what they may cost. */
const MAX_JSON = 1024 * 1024;
const inflight = new Inflight(64 * MAX_JSON);

/** @throws Coded 400 where the body is no JSON, or says a field twice; 413 where it is too large */
export async function readJson(c: AppContext): Promise<unknown> {
  const text = textOf(await readBody(c, MAX_JSON, inflight));
  assertNotTooDeep(text);
  const value = parse(text);
  const [lost] = lostFields(text).values();
  if (lost !== undefined) {
    throw problems.badRequest(`The body can't be read as it is: ${lost}.`);
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw problems.notJson(`Expected JSON: ${error instanceof Error ? error.message : ''}.`);
  }
}

/** @throws Coded 400 that names each wrong field and what was expected */
export async function readJsonAs<S extends z.ZodType>(c: AppContext, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await readJson(c));
  if (!parsed.success) {
    const errors = toRejected(parsed.error);
    throw problems.badRequest(
      `${errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')}. Nothing was changed.`,
      errors
    );
  }
  return parsed.data;
}
