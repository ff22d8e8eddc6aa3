import { z } from 'zod';
import { DAY_MS, moment, raw, sql, type Sql } from '../storage/sql.js';
import type { AskContext } from './question.js';

/** What questions that compare a job with its own past can say. */
export const baselineFields = {
  /** Fewer runs in the range than this say nothing. */
  minRuns: z.number().int().min(1).max(100_000).default(5),
  /** Days before the range that make the job's own norm. */
  baselineDays: z.number().int().min(1).max(365).default(28),
};

/** The range together with the days before it. */
export function withBaseline(context: AskContext, days: number): AskContext {
  return { ...context, from: context.from - days * DAY_MS };
}

/** True for runs in the range itself. */
export const current = (context: AskContext): Sql => sql`counted_at >= ${moment(context.from)}`;
/** True for runs of the days before. */
export const before = (context: AskContext): Sql => sql`${raw('NOT')} (${current(context)})`;
