import { stringifyJson } from '../model/json.js';
import type { AppContext } from './context.js';

/** Answers JSON in which every number stands as its sender wrote it, which `c.json` does not. */
export function answerJson(c: AppContext, value: unknown): Response {
  return c.body(stringifyJson(value), 200, { 'content-type': 'application/json' });
}
