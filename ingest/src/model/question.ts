import { z } from 'zod';
import { parseTime } from './common.js';
import { FIELDS, OPERATORS, QUESTIONS } from './words.js';

export { FIELDS, OPERATORS, QUESTIONS };
export type { QuestionName } from './words.js';

export const fieldSchema = z.union([z.enum(FIELDS), z.templateLiteral(['tag:', z.string().min(1).max(200)])]);
export type Field = z.infer<typeof fieldSchema>;

/** `=~` and `!~` are RE2 regular expressions, not anchored; `in` takes a list. */
export const filterSchema = z.object({
  field: fieldSchema,
  op: z.enum(OPERATORS),
  value: z.union([z.string().max(4096), z.array(z.string().max(4096)).max(10_000)]),
});
export type Filter = z.infer<typeof filterSchema>;

/** A statistic over durations: `p50`, `p99.9`, `mean`, `min`, `max`. */
export const statSchema = z.string().regex(/^(p\d{1,2}(\.\d{1,3})?|p100|mean|min|max)$/, {
  error: 'expected p<0-100>, mean, min or max, such as "p95"',
});

/** A moment in a query: epoch milliseconds (as a number or text) or RFC 3339. */
const MOMENT = 'expected epoch milliseconds or an RFC 3339 time';
export const momentSchema = z.union([z.number(), z.string()], MOMENT).transform((value, ctx) => {
  const ms = parseTime(value);
  if (ms === undefined) {
    ctx.addIssue({ code: 'custom', message: MOMENT });
    return z.NEVER;
  }
  return ms;
});
export const rangeSchema = z.object({ from: momentSchema, to: momentSchema });

/** What every query can say. A field that its question does not know is ignored. */
export const querySchema = z.looseObject({
  refId: z.string().max(200).default('A'),
  question: z.enum(QUESTIONS),
  filters: z.array(filterSchema).max(100).default([]),
  groupBy: z.array(fieldSchema).max(5).default([]),
  /** Words looked for, without regard to case, in job, run, user and message (runs), or in the message (lines). */
  search: z.string().max(1000).optional(),
  /** Which of a run's times decides whether it is in the range, for statistics. */
  timeBy: z.enum(['finished', 'started']).default('finished'),
  /** `timeseries`: one frame per label set. `table`: one frame. `numeric`: `numeric-long`, one number per label set. */
  format: z.enum(['table', 'timeseries', 'numeric']).optional(),
  intervalMs: z.number().positive().optional(),
  maxDataPoints: z.number().positive().optional(),
  /** Overrides the request's range for this query. */
  timeRange: rangeSchema.optional(),
  /** Override the request's: Grafana tells a data source's backend neither, so that its browser part puts them here. */
  timeZone: z.string().max(64).optional(),
  weekStart: z.string().max(16).optional(),
  /** `previous` asks for the period of the same length just before the range. */
  shift: z.enum(['none', 'previous']).default('none'),
  limit: z.number().int().min(1).max(100_000).optional(),
  cursor: z.string().max(4096).optional(),
});
export type BaseQuery = z.infer<typeof querySchema>;
/** A query as a client writes it. */
export type BaseQueryInput = z.input<typeof querySchema>;

export const queryRequestSchema = z.looseObject({
  from: momentSchema,
  to: momentSchema,
  timeZone: z.string().max(64).default('UTC'),
  weekStart: z.string().max(16).optional(),
  queries: z
    .array(z.looseObject({ refId: z.string().max(200).optional() }))
    .min(1)
    .max(100),
});
export type QueryRequest = z.infer<typeof queryRequestSchema>;
