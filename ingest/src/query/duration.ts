import { z } from 'zod';
import { statusSchema } from '../model/common.js';
import { statSchema } from '../model/question.js';
import { p, raw, sql, type Sql } from '../storage/sql.js';
import { slowestRuns } from './exemplars.js';
import { field } from './frames.js';
import { defineQuestion } from './question.js';
import { askStatistic, type Measure, type Statistic } from './series.js';

/** Durations that may be reckoned with: known, and not negative, which only a wrong clock makes. */
export const MEASURED = 'duration_ms >= 0';

/** A statistic over durations in milliseconds, exact. */
export function durationStat(stat: string): Sql {
  const over = 'assumeNotNull(duration_ms)';
  switch (stat) {
    case 'mean':
      return raw(`avg(${over})`);
    case 'min':
      return raw(`toFloat64(min(${over}))`);
    case 'max':
      return raw(`toFloat64(max(${over}))`);
    default:
      return raw(`quantileExactInclusive(${Number(stat.slice(1)) / 100})(${over})`);
  }
}

/** The statuses whose durations a question is about. */
export const statusesField = z.array(statusSchema).min(1).max(9).default(['succeeded']);

export const duration = defineQuestion({
  name: 'duration',
  fields: {
    stats: z.array(statSchema).min(1).max(10).default(['p50', 'p95']),
    statuses: statusesField,
    /** Points a chart at the slowest runs. Not for alert rules: they refuse a frame that is no series. */
    exemplars: z.boolean().default(false),
  },
  formats: ['timeseries', 'table', 'numeric'],
  ask: async (context, query, format) => {
    const measures = query.stats.map((stat): Measure => ({
      name: stat,
      value: durationStat(stat),
      labels: query.stats.length > 1 ? { stat } : {},
      field: (name) => field.duration(name),
    }));
    const statistic: Statistic = {
      rule: 'counted',
      measures,
      only: sql`${raw(MEASURED)} AND status IN ${p.strings(query.statuses)}`,
    };
    const [frames, exemplars] = await Promise.all([
      askStatistic(context, query, format, statistic),
      query.exemplars && format === 'timeseries' ? slowestRuns(context, query, statistic) : [],
    ]);
    return [...frames, ...exemplars];
  },
});
