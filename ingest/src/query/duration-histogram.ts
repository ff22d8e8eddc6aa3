import { z } from 'zod';
import { p, raw, sql } from '../storage/sql.js';
import { bucketsFor } from './buckets.js';
import { MEASURED, statusesField } from './duration.js';
import { dataplane, field, frameText } from './frames.js';
import { defineQuestion } from './question.js';
import { runsTable, runsWhere, timeColumn } from './scope.js';

/** How often which duration: cells of a heat map, or one histogram. Buckets grow by a constant factor. */
export const durationHistogram = defineQuestion({
  name: 'duration_histogram',
  fields: { statuses: statusesField, buckets: z.number().int().min(2).max(100).default(30) },
  formats: ['timeseries', 'table'],
  ask: async (context, query, format) => {
    const where = sql`${runsWhere(context, query, 'counted')} AND ${raw(MEASURED)} AND status IN ${p.strings(query.statuses)}`;
    const from = sql`${runsTable(query)} WHERE ${where}`;
    const [bounds] = await context.db.rows<{ low: number; high: number }>(
      sql`SELECT toFloat64(min(greatest(duration_ms, 1))) AS low, toFloat64(max(greatest(duration_ms, 1))) AS high FROM ${from}`
    );
    const low = Math.max(1, bounds?.low ?? 1);
    const high = Math.max(low * 1.001, bounds?.high ?? low);
    // A factor of at least 1.1: below that the cells say more than the measurements do.
    const step = Math.max(Math.log(1.1), Math.log(high / low) / query.buckets);
    const cell = sql`least(toInt32(floor((log(greatest(duration_ms, 1)) - ${p.float(Math.log(low))}) / ${p.float(step)} + 1e-9)), ${p.int(query.buckets - 1)})`;
    const edge = (offset: number) => sql`exp(${p.float(Math.log(low))} + (cell + ${p.int(offset)}) * ${p.float(step)})`;
    const buckets = bucketsFor(context, { intervalMs: query.intervalMs, maxDataPoints: query.maxDataPoints });
    const overTime = format === 'timeseries';
    const time = overTime ? sql`${buckets.startOf(timeColumn(query))} + ${p.int(buckets.width)} AS t, ` : raw('');
    const text = await context.db.text(
      sql`SELECT ${raw(overTime ? 't, ' : '')}${edge(0)} AS yMin, ${edge(1)} AS yMax, toFloat64(n) AS count
        FROM (SELECT ${time}${cell} AS cell, count() AS n FROM ${from} GROUP BY ALL) ORDER BY ${raw(overTime ? 't, ' : '')}cell`,
      'JSONCompactColumns',
      context.signal
    );
    const cells = [field.duration('yMin'), field.duration('yMax'), field.count('count', { unit: 'short' })];
    const fields = overTime
      ? [{ ...field.time('xMax', { interval: buckets.width }), typeInfo: { frame: 'time.Time' } }, ...cells]
      : cells;
    return [frameText({ refId: query.refId, ...(overTime ? { meta: dataplane('heatmap-cells') } : {}), fields }, text)];
  },
});
