import { z } from 'zod';
import { nameSchema, objectSchema, tagsSchema, timeSchema } from './common.js';
import { toNumber } from './json.js';

/** What differs for a job's replication from the tenant's settings. The S3 connection is the administrators' to set. */
export const jobReplicationSchema = z.strictObject({
  enabled: z.boolean().optional(),
  store_lines: z.boolean().optional(),
  user_id: nameSchema.optional(),
});

/** A job's config: `PUT /v1/jobs/{job}`. */
export const jobConfigSchema = z.looseObject({
  name: z.string().max(512).nullish(),
  type: z.string().nullish(),
  source: objectSchema.nullish(),
  /** A cron expression, optionally with a zone (`CRON_TZ=Europe/Berlin 0 3 * * *`), or an interval such as `6h`. */
  schedule: z.string().max(200).nullish(),
  timezone: z.string().max(64).nullish(),
  /** How late a run may come before it counts as missed: `15m`, `1h`, or seconds. */
  grace: z.preprocess(toNumber, z.union([z.string(), z.number()]).nullish()),
  /** How long a run may take before it counts as timed out: `2h`, or seconds. */
  max_runtime: z.preprocess(toNumber, z.union([z.string(), z.number()]).nullish()),
  /** Nothing is expected of a paused job. */
  paused: z.boolean().nullish(),
  /** Alerts also go by the job's usual interval and duration, where it has no schedule and limit of its own. */
  alert_on_usual: z.boolean().nullish(),
  owner: z.string().nullish(),
  runbook_url: z.string().nullish(),
  description: z.string().nullish(),
  tags: tagsSchema.nullish(),
  recommended_actions: z.array(z.string()).max(100).nullish(),
  /** Since when the schedule holds, where that is not now; no slot before it was ever promised. */
  created_at: timeSchema.nullish(),
  replicate: jobReplicationSchema.nullish(),
});
export type JobConfig = z.infer<typeof jobConfigSchema>;
