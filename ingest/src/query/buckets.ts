import type { BaseQuery } from '../model/question.js';
import type { ClickHouse } from '../storage/clickhouse.js';
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
  /** What tells these from buckets of another width, or of another clock. */
  name: string;
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
    name: `${interval} ${context.timeZone}`,
    startOf: (time) =>
      calendar
        ? sql`toUnixTimestamp(toDateTime(toStartOfInterval(${time}, INTERVAL ${raw(interval)}, ${zone}), ${zone})) * 1000`
        : sql`toUnixTimestamp(toStartOfInterval(${time}, INTERVAL ${raw(interval)}, ${zone})) * 1000`,
  };
}

const MAX = 2000;

/** Every bucket of the range, oldest first, so that an empty one can be shown as such. */
export async function bucketStarts({ db, from, to }: AskContext, buckets: Buckets): Promise<number[]> {
  const starts = await startsAround(db, from, to, buckets);
  const first = starts.findLastIndex((start) => start <= from);
  return starts.filter((start, i) => i >= first && start < to);
}

/** Where buckets start never changes, and the panels of a dashboard ask for the same ones again and again. */
const known = new Map<string, Promise<number[]>>();
const MOST_KNOWN = 200;
/** Past it ClickHouse's seconds begin anew. */
const LAST_TIME = Date.UTC(2106, 0, 1);

/** The starts of the buckets of a longer time, which other ranges near this one are in as well. */
function startsAround(db: ClickHouse, from: number, to: number, buckets: Buckets): Promise<number[]> {
  const far = 32 * buckets.width;
  const begin = Math.min(from, Math.max(0, Math.floor(from / far) * far - 2 * buckets.width));
  const end = Math.min(Math.ceil(to / far) * far, Math.max(to, LAST_TIME));
  const name = [buckets.name, begin, end].join(' ');
  const before = known.get(name);
  if (before) {
    return before;
  }
  const starts = readStarts(db, begin, end, buckets);
  known.set(name, starts);
  starts.catch(() => known.delete(name));
  [...known.keys()].slice(0, Math.max(0, known.size - MOST_KNOWN)).forEach((oldest) => known.delete(oldest));
  return starts;
}

async function readStarts(db: ClickHouse, begin: number, end: number, buckets: Buckets): Promise<number[]> {
  const step = buckets.width / 2;
  const time = sql`${moment(begin)} + toIntervalMillisecond(number * ${p.int(step)})`;
  const rows = await db.rows<{ t: number }>(
    sql`SELECT DISTINCT ${buckets.startOf(time)} AS t FROM numbers(${p.int(Math.ceil((end - begin) / step) + 1)}) ORDER BY t`
  );
  return rows.map((row) => row.t);
}
