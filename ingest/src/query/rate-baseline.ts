import { z } from 'zod';
import { groupBy } from '../collections.js';
import type { BaseQuery } from '../model/question.js';
import { clockOf } from '../model/zone.js';
import { DAY_MS, join, raw, sql } from '../storage/sql.js';
import { bucketsFor } from './buckets.js';
import { dataplane, field, frame, noData, type FrameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { RATED } from './rate.js';
import { runsTable, runsWhere, timeColumn } from './scope.js';
import { numericFrame } from './series.js';

/** The failure rate of all that is asked for, beside what it was at the same times of the weeks before. */
export const rateBaseline = defineQuestion({
  name: 'baseline',
  fields: { weeks: z.number().int().min(1).max(52).default(4) },
  formats: ['timeseries', 'numeric'],
  ask: async (context, query, format) => {
    const before = Array.from({ length: query.weeks }, (_, i) => weeksBack(context, i + 1));
    if (format === 'numeric') {
      const [now, usual] = await Promise.all([rateOf(context, query, [context]), rateOf(context, query, before)]);
      const rows = now === null || usual === null ? [] : [[now - usual]];
      return [numericFrame(query.refId, [], field.share('rise'), rows)];
    }
    const [now, ...past] = await Promise.all([context, ...before].map((range) => bucketsOf(range, context, query)));
    const clock = clockOf(context.timeZone);
    const begin = clock.wallAt(context.from);
    const usual = sumUp(past.flat()).map((sum) => ({ ...sum, t: clock.shows(begin + sum.offset).at }));
    return series(query.refId, bucketsFor(context, query).width, { now: now ?? [], usual });
  },
});

/** The same times of the wall, so many weeks before. */
function weeksBack(context: AskContext, weeks: number): AskContext {
  const clock = clockOf(context.timeZone);
  const back = (ms: number) => clock.shows(clock.wallAt(ms) - weeks * 7 * DAY_MS).at;
  return { ...context, from: back(context.from), to: back(context.to) };
}

async function rateOf(context: AskContext, query: BaseQuery, ranges: readonly AskContext[]): Promise<number | null> {
  const within = join(
    ranges.map((range) => sql`(${runsWhere(range, query, 'counted')})`),
    ' OR '
  );
  const [row] = await context.db.rows<{ rate: number | null }>(
    sql`SELECT if(count() = 0, NULL, countIf(status != 'succeeded') / count()) AS rate FROM ${runsTable(query)} WHERE (${within}) AND ${raw(RATED)}`
  );
  return row?.rate ?? null;
}

interface Bucket {
  /** The bucket's start as milliseconds after the range's, by the wall. */
  offset: number;
  failed: number;
  rated: number;
}

async function bucketsOf(
  range: AskContext,
  asked: AskContext,
  query: BaseQuery
): Promise<Array<Bucket & { t: number }>> {
  const clock = clockOf(asked.timeZone);
  // The same widths for all, so that buckets lie upon each other.
  const buckets = bucketsFor(range, query);
  const rows = await range.db.rows<{ t: number; failed: number; rated: number }>(
    sql`SELECT ${buckets.startOf(timeColumn(query))} AS t, countIf(status != 'succeeded') AS failed, count() AS rated
      FROM ${runsTable(query)} WHERE ${runsWhere(range, query, 'counted')} AND ${raw(RATED)} GROUP BY t ORDER BY t`
  );
  return rows.map((row) => ({ ...row, offset: clock.wallAt(row.t) - clock.wallAt(range.from) }));
}

/** The buckets of several weeks laid upon each other. */
function sumUp(buckets: readonly Bucket[]): Bucket[] {
  return [...groupBy(buckets, ({ offset }) => offset)]
    .map(([offset, of]) => ({
      offset,
      failed: of.reduce((sum, { failed }) => sum + failed, 0),
      rated: of.reduce((sum, { rated }) => sum + rated, 0),
    }))
    .sort((a, b) => a.offset - b.offset);
}

function series(
  refId: string,
  width: number,
  of: Record<'now' | 'usual', ReadonlyArray<Bucket & { t: number }>>
): FrameText[] {
  const frames = Object.entries(of)
    .filter(([, points]) => points.length > 0)
    .map(([name, points]) => {
      const fields = [
        { ...field.time('time', { interval: width }), typeInfo: { frame: 'time.Time' } },
        { ...field.share('failure rate', { displayNameFromDS: name }), labels: { series: name } },
      ];
      return frame({ refId, name, meta: dataplane('timeseries-multi'), fields }, [
        points.map(({ t }) => t),
        points.map(({ failed, rated }) => failed / rated),
      ]);
    });
  return frames.length > 0 ? frames : [noData(refId, 'timeseries-multi')];
}
