import { z } from 'zod';
import type { Field } from '../model/question.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { field, frameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { RATED } from './rate.js';
import { groupColumns, groupNames, labelOf, runsFrom, runsWhere, timeColumn } from './scope.js';

const MEASURES = ['p50', 'p95', 'mean', 'total', 'success_rate'] as const;
type Measure = (typeof MEASURES)[number];

/** The groups that changed most against the period of the same length before. */
export const changes = defineQuestion({
  name: 'changes',
  fields: {
    measure: z.enum(MEASURES).default('p50'),
    direction: z.enum(['worse', 'better', 'any']).default('worse'),
    minRuns: z.number().int().min(1).max(100_000).default(5),
  },
  formats: ['table'],
  ask: async (context, query) => {
    const groupBy: readonly Field[] = query.groupBy.length > 0 ? query.groupBy : ['job'];
    const groups = raw(groupNames(groupBy).join(', '));
    const length = context.to - context.from;
    const both = { ...context, from: context.from - length };
    const now = sql`${timeColumn(query)} >= ${moment(context.from)}`;
    // Of a range that is not over, as much of the time before as has passed of it.
    const past = sql`${timeColumn(query)} < ${moment(Math.min(context.from, context.now - length))}`;
    const counted = raw(COUNTED[query.measure]);
    const [text, oldest] = await Promise.all([
      context.db.text(
        sql`SELECT ${groups}, now, before, change, toFloat64(runs), toFloat64(runs_before) FROM (
          SELECT ${groups}, ${valueOf(query.measure, now)} AS now, ${valueOf(query.measure, past)} AS before,
            ${raw(query.measure === 'success_rate' ? 'now - before' : '(now - before) / before')} AS change,
            countIf(${now} AND ${counted}) AS runs, countIf(${past} AND ${counted}) AS runs_before
          FROM (SELECT *, ${groupColumns(groupBy)} FROM ${runsFrom(context.tenant, query, groupBy)} WHERE ${runsWhere(both, query, 'counted')})
          GROUP BY ${groups} HAVING runs >= ${p.int(query.minRuns)} AND runs_before >= ${p.int(query.minRuns)})
        WHERE isFinite(change) AND ${raw(WANTED[query.direction](query.measure))}
        ORDER BY ${raw(ORDER[query.direction](query.measure))}, ${groups} LIMIT ${p.int(query.limit ?? 10)}`,
        'JSONCompactColumns',
        context.signal
      ),
      oldestRun(context),
    ]);
    const value = query.measure === 'success_rate' ? field.share : field.duration;
    const fields = [
      ...groupBy.map((name) => field.group(labelOf(name))),
      value('now', { displayName: 'Now' }),
      value('before', { displayName: 'Before' }),
      field.share('change', { displayName: 'Change' }),
      field.count('runs', { displayName: 'Runs' }),
      field.count('runs_before', { displayName: 'Runs before' }),
    ];
    return [frameText({ refId: query.refId, name: 'changes', meta: { custom: { oldest } }, fields }, text)];
  },
});

/** When the first run of all began, epoch milliseconds: what lies before it can't be compared with. */
async function oldestRun({ db, tenant }: AskContext): Promise<number | null> {
  const [row] = await db.rows<{ at: number }>(
    sql`SELECT toUnixTimestamp64Milli(at) AS at FROM runs_by_time WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND is_deleted = 0
      ORDER BY tenant, runs_by_time.at LIMIT 1`
  );
  return row?.at ?? null;
}

const TIMED = "status = 'succeeded' AND duration_ms >= 0";
/** Which runs a measure is made of. */
const COUNTED: Record<Measure, string> = {
  p50: TIMED,
  p95: TIMED,
  mean: TIMED,
  total: 'duration_ms >= 0',
  success_rate: RATED,
};

function valueOf(measure: Measure, when: Sql): Sql {
  const there = sql`${when} AND ${raw(COUNTED[measure])}`;
  const duration = raw('assumeNotNull(duration_ms)');
  switch (measure) {
    case 'mean':
      return sql`avgIf(${duration}, ${there})`;
    case 'total':
      return sql`toFloat64(sumIf(${duration}, ${there}))`;
    case 'success_rate':
      return sql`countIf(${when} AND status = 'succeeded') / countIf(${there})`;
    default:
      return sql`quantileExactInclusiveIf(${raw(measure === 'p50' ? '0.5' : '0.95')})(${duration}, ${there})`;
  }
}

/** More time is worse, more success is better. */
const rising = (measure: Measure) => measure !== 'success_rate';
const WANTED = {
  worse: (measure: Measure) => (rising(measure) ? 'change > 0' : 'change < 0'),
  better: (measure: Measure) => (rising(measure) ? 'change < 0' : 'change > 0'),
  any: () => 'change != 0',
};
const ORDER = {
  worse: (measure: Measure) => (rising(measure) ? 'change DESC' : 'change'),
  better: (measure: Measure) => (rising(measure) ? 'change' : 'change DESC'),
  any: () => 'abs(change) DESC',
};
