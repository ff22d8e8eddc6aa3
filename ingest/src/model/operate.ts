import { z } from 'zod';
import { tagsSchema, timeSchema } from './common.js';

/** What people may change of a run: `PATCH …/runs/{run}`. What is absent stays as it is. */
export const patchSchema = z
  .strictObject({
    note: z.string().min(1).max(10_000).optional().describe('added to the notes of the run'),
    acknowledged: z
      .strictObject({
        until: timeSchema.nullish().describe('until when; without it, for good'),
        note: z.string().max(10_000).nullish(),
      })
      .nullable()
      .optional()
      .describe('who asks looks after the run; null takes it back'),
    status: z.literal('cancelled').optional().describe('marks an open run as cancelled; it stays so'),
    title: z.string().max(2000).optional(),
    type: z.string().max(512).optional(),
    tags: tagsSchema.optional().describe('merged with the tags of the run by key'),
  })
  .refine(
    (patch) => Object.keys(patch).length > 0,
    'expected at least one of note, acknowledged, status, title, type, tags'
  );
export type Patch = z.infer<typeof patchSchema>;
