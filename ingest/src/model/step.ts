import { z } from 'zod';
import { attemptSchema, errorSchema, nameSchema, objectSchema, statusSchema, timeSchema } from './common.js';

const stepFields = {
  step: nameSchema,
  parent: nameSchema.nullish(),
  title: z.string().nullish(),
  status: statusSchema.nullish(),
  status_text: z.string().nullish(),
  time: timeSchema.nullish(),
  started_at: timeSchema.nullish(),
  finished_at: timeSchema.nullish(),
  error: errorSchema.nullish(),
  metadata: objectSchema.nullish(),
};

/** A part of a run as its run's event carries it. Steps merge by `step`, field by field, like runs. */
export const stepSchema = z.looseObject(stepFields);
export type StepInput = z.infer<typeof stepSchema>;

/** A step sent on its own: `POST /v1/steps`. */
export const stepEventSchema = z.looseObject({
  job: nameSchema,
  run: nameSchema,
  attempt: attemptSchema.nullish(),
  ...stepFields,
});
export type StepEvent = z.infer<typeof stepEventSchema>;
