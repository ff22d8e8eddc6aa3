import { z } from 'zod';
import { nameSchema, objectSchema, timeSchema, type Level } from './common.js';

/**
 * One log line as a sender writes it. The service never parses lines in JavaScript on their way in: this schema
 * documents the contract and checks what `joblens` itself sends; ClickHouse takes the lines apart.
 */
export const lineSchema = z.looseObject({
  job: nameSchema,
  run: nameSchema,
  attempt: z.number().int().min(1).nullish(),
  time: timeSchema.nullish(),
  seq: z.number().int().min(0).nullish(),
  level: z.string().nullish(),
  message: z.string(),
  stream: z.string().nullish(),
  step: z.string().nullish(),
  operation: z.string().nullish(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  masked: z.boolean().nullish(),
  fields: objectSchema.nullish(),
});

/** A line that a receiver made. `input`, `output` and `fields` are JSON as it was written; `time` is epoch milliseconds. */
export interface PreparedLine {
  job: string;
  run: string;
  attempt?: number;
  time?: number;
  seq?: number;
  /** Inferred from the message where it is absent. */
  level?: Level;
  message: string;
  stream?: string;
  step?: string;
  operation?: string;
  input?: string;
  output?: string;
  masked?: boolean;
  fields?: string;
}
