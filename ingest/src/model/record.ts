import { z } from 'zod';
import { nameSchema } from './common.js';
import { OUTCOMES, PHASES } from './words.js';

export { OUTCOMES, PHASES };

/** One item that a run handled. (run, phase, key) is one record; the newest wins. */
export const recordSchema = z.looseObject({
  job: nameSchema,
  run: nameSchema,
  phase: z.enum(PHASES),
  outcome: z.enum(OUTCOMES),
  key: z.string(),
  message: z.string().nullish(),
  data: z.unknown().optional(),
});
