import { z } from 'zod';
import { raw, type Sql } from '../storage/sql.js';
import { field } from './frames.js';
import { defineQuestion } from './question.js';
import { askStatistic, type Measure } from './series.js';

/** Runs that say something about success: cancelled, skipped, unknown and open ones don't. */
export const RATED = "status IN ('succeeded', 'failed', 'timed_out', 'missed')";

/** Share of rated runs that succeeded, or failed; null over nothing, so that nothing is neither 0 nor 100 %. */
export function share(outcome: 'success' | 'failure'): Sql {
  const counted = outcome === 'success' ? "status = 'succeeded'" : `${RATED} AND status != 'succeeded'`;
  return raw(`if(countIf(${RATED}) = 0, NULL, countIf(${counted}) / countIf(${RATED}))`);
}

export const rate = defineQuestion({
  name: 'rate',
  fields: { outcome: z.enum(['success', 'failure', 'both']).default('success') },
  formats: ['timeseries', 'table', 'numeric'],
  ask: (context, query, format) => {
    const outcomes = query.outcome === 'both' ? (['success', 'failure'] as const) : [query.outcome];
    const measures = outcomes.map((outcome): Measure => ({
      name: `${outcome} rate`,
      value: share(outcome),
      labels: outcomes.length > 1 ? { outcome } : {},
      field: (name) => field.share(name),
    }));
    return askStatistic(context, query, format, { rule: 'counted', measures, only: raw(RATED) });
  },
});
