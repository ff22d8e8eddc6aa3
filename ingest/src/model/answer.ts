import { z } from 'zod';
import { LEVELS, objectSchema, statusSchema } from './common.js';
import { OUTCOMES, PHASES } from './record.js';

/** RFC 3339 in UTC with milliseconds. */
const time = z.string();
const maybeTime = time.nullable();
/** Milliseconds. */
const ms = z.number();

const phaseCounts = z.object({ success: z.number(), failure: z.number() });
export const countsAnswer = z.object({ metadata: phaseCounts, data: phaseCounts });

/** A run as lists show it. */
export const runSummaryAnswer = z.object({
  key: z.string().describe('URL-safe id of (tenant, job, run), a UUID'),
  job: z.string(),
  run: z.string(),
  attempt: z.number(),
  status: statusSchema,
  status_text: z.string().nullable(),
  at: time.describe("the run's time: started_at, else queued_at, else its first event's time"),
  queued_at: maybeTime,
  started_at: maybeTime,
  finished_at: maybeTime,
  duration_ms: ms.nullable().describe('finished_at − started_at; negative ones are kept and left out of statistics'),
  title: z.string().nullable(),
  type: z.string().nullable(),
  user: z.string().nullable(),
  message: z.string().nullable(),
  error: z
    .looseObject({ type: z.string().nullish(), message: z.string().nullish(), step: z.string().nullish() })
    .nullable(),
  tags: z.record(z.string(), z.string()),
  url: z.string().nullable(),
  lines: z.number().describe('log lines stored'),
  error_lines: z.number().describe('lines of level error or fatal'),
  first_error_line: z.string().nullable(),
  last_error_line: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummaryAnswer>;

export const stepAnswer = z.object({
  step: z.string(),
  parent: z.string().nullable(),
  title: z.string().nullable(),
  status: statusSchema,
  status_text: z.string().nullable(),
  started_at: maybeTime,
  finished_at: maybeTime,
  duration_ms: ms.nullable(),
  error: z.looseObject({ type: z.string().nullish(), message: z.string().nullish() }).nullable(),
  metadata: objectSchema,
});
export type StepAnswer = z.infer<typeof stepAnswer>;

export const attemptAnswer = z.object({
  attempt: z.number(),
  status: statusSchema,
  started_at: maybeTime,
  finished_at: maybeTime,
  duration_ms: ms.nullable(),
  message: z.string().nullable(),
  error: objectSchema.nullable(),
});
export type AttemptAnswer = z.infer<typeof attemptAnswer>;

/** A line of a log as the API gives it. */
export const lineAnswer = z.object({
  n: z.number().describe("the line's number in its run's log, from 1, filters notwithstanding"),
  seq: z.number().nullable().describe('with all its digits, of which there may be more than a double keeps'),
  arrival: z.string().describe('a number too large for JSON: orders ties and the live tail'),
  attempt: z.number(),
  time,
  level: z.enum(LEVELS),
  message: z.string(),
  stream: z.string().nullable(),
  step: z.string().nullable(),
  operation: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  masked: z.boolean(),
  fields: objectSchema,
});
export type LineAnswer = z.infer<typeof lineAnswer>;

/** Everything known of one run. */
export const runAnswer = runSummaryAnswer.extend({
  received_at: time,
  usual_ms: ms.nullable().describe("the median duration of the job's succeeded runs of the last 30 days"),
  counts: countsAnswer,
  records: countsAnswer.describe('stored records per phase and outcome'),
  parent: objectSchema.nullable(),
  called_by: objectSchema.nullable(),
  source: objectSchema,
  metadata: objectSchema,
  data: objectSchema,
  report: objectSchema,
  recommended_actions: z.array(z.string()),
  original: objectSchema.describe("what the sender's own format said, by its name, as it was written"),
  recommended: z
    .object({
      actions: z.array(z.string()),
      source: z.enum(['run', 'job', 'rule']).describe('who says so: the run itself, its job’s config, or a rule'),
      rule: z.string().nullable().describe('the name of the rule that matched'),
      url: z.string().nullable(),
    })
    .nullable()
    .describe('what to do about a failed run; null where it has not failed or nothing is known'),
  runbook_url: z.string().nullable().describe("of the job's config"),
  steps: z.array(stepAnswer),
  attempts: z.array(attemptAnswer),
  notes: z.array(z.object({ by: z.string(), at: time, text: z.string() })).describe('what people wrote about the run'),
  acknowledged: z
    .object({ by: z.string(), at: time, until: maybeTime, note: z.string().nullable() })
    .nullable()
    .describe('who looks after it, and until when; until null: for good'),
  log: z.object({
    lines: z.number(),
    by_level: z.record(z.string(), z.number()),
    first_error: lineAnswer.nullable(),
    last_error: lineAnswer.nullable(),
  }),
  replicated: z
    .object({
      url: z.string().nullable().describe('s3://bucket/key; null where there is no file'),
      bytes: z.number(),
      problem: z.string().nullable().describe('why it can’t be written, however often it is tried'),
      written_at: time,
    })
    .nullable()
    .describe('the file that job history replication wrote of it; null where it wrote none'),
  previous: z.string().nullable().describe('key of the run of the same job before this one'),
  next: z.string().nullable().describe('key of the run of the same job after this one'),
  last_success: z.string().nullable().describe("key of the job's last succeeded run before this one"),
});
export type RunAnswer = z.infer<typeof runAnswer>;

export const runsAnswer = z.object({ runs: z.array(runSummaryAnswer), next: z.string().nullable() });
export type RunsAnswer = z.infer<typeof runsAnswer>;

export const linesAnswer = z.object({
  lines: z.array(lineAnswer),
  next: z.string().nullable(),
  total: z.number().describe("lines of the run's log that match the filters"),
});
export type LinesAnswer = z.infer<typeof linesAnswer>;

export const recordAnswer = z.object({
  phase: z.enum(PHASES),
  outcome: z.enum(OUTCOMES),
  key: z.string(),
  message: z.string(),
  data: z.unknown(),
  received_at: time,
});
export type RecordAnswer = z.infer<typeof recordAnswer>;

export const recordsAnswer = z.object({ records: z.array(recordAnswer), next: z.string().nullable() });
export type RecordsAnswer = z.infer<typeof recordsAnswer>;

export const stepsAnswer = z.object({ steps: z.array(stepAnswer) });

/** A job with what its runs say of it, over the range that was asked for (30 days unless said). */
export const jobAnswer = z.object({
  job: z.string(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  owner: z.string().nullable(),
  description: z.string().nullable(),
  schedule: z.string().nullable(),
  timezone: z.string().nullable(),
  grace: z.union([z.string(), z.number()]).nullable(),
  max_runtime: z.union([z.string(), z.number()]).nullable(),
  runbook_url: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  source: objectSchema,
  recommended_actions: z.array(z.string()),
  config: objectSchema.describe('the config as it was put'),
  last_run: runSummaryAnswer.nullable(),
  counts: z.record(z.string(), z.number()).describe('runs per status'),
  success_rate: z.number().nullable().describe('0 to 1; null where there is nothing to rate'),
  p50_ms: ms.nullable(),
  p95_ms: ms.nullable(),
  next_expected_at: maybeTime,
  next_expected: z
    .array(time)
    .describe('the next moments at which a run is expected: five of one job, one each in a list'),
  schedule_words: z.string().nullable().describe('the schedule as people say it'),
});
export type JobAnswer = z.infer<typeof jobAnswer>;
export const jobsAnswer = z.object({ jobs: z.array(jobAnswer), next: z.string().nullable() });
export type JobsAnswer = z.infer<typeof jobsAnswer>;

export const rejectedItem = z.object({ index: z.number(), path: z.string(), message: z.string() });
export type RejectedItem = z.infer<typeof rejectedItem>;

/** What a write of run events, steps, lines or records answers. */
export const acceptedAnswer = z.object({
  accepted: z.number(),
  rejected: z.array(rejectedItem).optional(),
  ids: z.array(z.string()).optional().describe('the run id of each accepted event, in order'),
  stored: z.number().optional().describe('with ?wait=1: how many can be read back'),
  quarantined: z.number().optional().describe('with ?wait=1: how many were set aside'),
});
export type Accepted = z.infer<typeof acceptedAnswer>;

/** The audit trail: who changed what. */
export const auditAnswer = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: time,
      token: z.string().describe("the token's name"),
      user: z.string().describe('the login in Grafana, where the change came from there'),
      role: z.string(),
      action: z.string(),
      job: z.string(),
      run: z.string(),
      outcome: z.enum(['begun', 'done', 'failed']).describe('begun: it was never heard how it ended'),
      before: z.unknown(),
      after: z.unknown(),
      error: z.string(),
    })
  ),
  next: z.string().nullable(),
});
export type AuditAnswer = z.infer<typeof auditAnswer>;

/** RFC 9457 problem details. */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  errors: z.array(rejectedItem).optional(),
});
export type Problem = z.infer<typeof problemAnswer>;
