import { z } from 'zod';
import { toWritten } from '../model/json.js';

/** A word of another system. A number or a yes or no is taken as its text: nobody can ask to mend it. */
export const wordSchema = z
  .preprocess(toWritten, z.union([z.string(), z.number(), z.boolean()], 'expected text'))
  .transform(String);
