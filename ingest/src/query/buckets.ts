import type { BaseQuery } from '../model/question.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import type { AskContext } from './question.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths that people read easily; each is aligned to the viewer's clock and calendar. */
const WIDTHS: ReadonlyArray<[ms: number, interval: string]> = [
  ...[1, 2, 5, 10, 15, 30].map((n): [number, string] => [n * SECOND, `${n} SECOND`]),
  ...[1, 2, 5, 10, 15, 30].map((n): [number, string] => [n * MINUTE, `${n} MINUTE`]),
  ...[1, 2, 3, 6, 12].map((n): [number, string] => [n * HOUR, `${n} HOUR`]),
  ...[1, 2].map((n): [number, string] => [n * DAY, `${n} DAY`]),
  [7 * DAY, '1 WEEK'],
  [30 * DAY, '1 MONTH'],
  [91 * DAY, '1 QUARTER'],
  [365 * DAY, '1 YEAR'],
];

export interface Buckets {
  /** Roughly how wide one is, milliseconds. */
  width: number;
  /** The start of the bucket that a moment is in, epoch milliseconds. */
  startOf(time: Sql): Sql;
}

/** Buckets over a range, as wide as asked or about sixty of them, never more than `MAX`. */
export function bucketsFor(context: AskContext, query: Pick<BaseQuery, 'intervalMs' | 'maxDataPoints'>): Buckets {
  const span = Math.max(1, context.to - context.from);
  const wanted = Math.max(query.intervalMs ?? span / Math.min(query.maxDataPoints ?? 60, 60), span / MAX);
  const [width, interval] = WIDTHS.find(([ms]) => ms >= wanted * 0.99) ?? [365 * DAY, '1 YEAR'];
  const zone = p.string(context.timeZone);
  // Calendar units answer a Date, in which a zone's offset is lost: back to the moment that its midnight was.
  const calendar = /DAY|WEEK|MONTH|QUARTER|YEAR/.test(interval);
  return {
    width,
    startOf: (time) =>
      calendar
        ? sql`toUnixTimestamp(toDateTime(toStartOfInterval(${time}, INTERVAL ${raw(interval)}, ${zone}), ${zone})) * 1000`
        : sql`toUnixTimestamp(toStartOfInterval(${time}, INTERVAL ${raw(interval)}, ${zone})) * 1000`,
  };
}

const MAX = 2000;

/** Every bucket of the range, oldest first, so that an empty one can be shown as such. */
export async function bucketStarts(context: AskContext, buckets: Buckets): Promise<number[]> {
  const count = Math.ceil((context.to - context.from) / (buckets.width / 2)) + 2;
  const step = sql`${moment(context.from)} + toIntervalMillisecond(number * ${p.int(buckets.width / 2)})`;
  const rows = await context.db.rows<{ t: number }>(
    sql`SELECT DISTINCT ${buckets.startOf(raw('moment'))} AS t FROM
      (SELECT least(${step}, ${moment(context.to - 1)}) AS moment FROM numbers(${p.int(count)})) ORDER BY t`
  );
  return rows.map((row) => row.t);
}
