import { z } from 'zod';
import {
  attemptSchema,
  countsSchema,
  errorSchema,
  nameSchema,
  objectSchema,
  refSchema,
  statusSchema,
  tagsSchema,
  timeSchema,
} from './common.js';
import { stepSchema } from './step.js';

/** One run event: all but `job` is optional. What is absent or null changes nothing. */
export const runEventSchema = z.looseObject({
  job: nameSchema,
  run: nameSchema.nullish(),
  attempt: attemptSchema.nullish(),
  status: statusSchema.nullish(),
  status_text: z.string().nullish(),
  time: timeSchema.nullish(),
  queued_at: timeSchema.nullish(),
  started_at: timeSchema.nullish(),
  finished_at: timeSchema.nullish(),
  title: z.string().nullish(),
  type: z.string().nullish(),
  user: z.string().nullish(),
  message: z.string().nullish(),
  error: errorSchema.nullish(),
  counts: countsSchema.nullish(),
  parent: refSchema.nullish(),
  called_by: refSchema.nullish(),
  tags: tagsSchema.nullish(),
  steps: z.array(stepSchema).max(10_000).nullish(),
  source: objectSchema.nullish(),
  metadata: objectSchema.nullish(),
  data: objectSchema.nullish(),
  report: objectSchema.nullish(),
  recommended_actions: z.array(z.string()).max(100).nullish(),
  url: z.string().nullish(),
});
export type RunEventInput = z.infer<typeof runEventSchema>;

/** The fields of a run event that the contract names; everything else goes to `metadata`. */
export const RUN_EVENT_FIELDS: ReadonlySet<string> = new Set(Object.keys(runEventSchema.shape));
