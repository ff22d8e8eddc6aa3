import { z } from 'zod';
import type { BaseQuery } from '../model/question.js';
import { p, raw, sql } from '../storage/sql.js';
import { bucketsFor } from './buckets.js';
import { FAILURE_COLORS, failureColors } from './failure-colors.js';
import { dataplane, field, frame, noData, type FrameText } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsTable, runsWhere, timeColumn } from './scope.js';
import { plain } from './plain.js';

const FAILED = raw("status IN ('failed', 'timed_out')");
const HIT_JOBS = 20;

/** The newest run of an error; its time is epoch milliseconds. */
interface Newest {
  print: string;
  job: string;
  last_run: string;
  last_at: number;
}

interface Series extends Newest {
  times: number[];
  counts: number[];
}

interface Row extends Newest {
  last_seen: number;
  count: number;
  jobs: number;
  last_key: string;
  hit: Array<[job: string, count: number]>;
  over_time: number[];
}

interface Texts {
  print: string;
  error_type: string;
  message: string;
  error_line: string;
  last_error_line: string;
}

/** Failed runs grouped by what went wrong: error type and message, without times, numbers and ids. */
export const failures = defineQuestion({
  name: 'failures',
  fields: { buckets: z.number().int().min(1).max(500).default(24) },
  formats: ['table', 'timeseries'],
  ask: async (context, query, format) => {
    if (format === 'timeseries') {
      return asSeries(context, query);
    }
    const width = Math.max(1, (context.to - context.from) / query.buckets);
    const rows = await groupsOf(context, query, query.buckets, width);
    const [firsts, texts] = await Promise.all([firstSeen(context, rows), textsOf(context, rows)]);
    const first = (row: Row) => firsts.get(row.print) ?? row.last_seen;
    const text = (row: Row) => texts.get(row.print);
    const column = <T>(read: (row: Row) => T) => rows.map(read);
    const custom = { buckets: { start: context.from, width } };
    return [
      frame({ refId: query.refId, name: 'failures', meta: { custom }, fields: FIELDS }, [
        column(({ print }) => print),
        column((row) => text(row)?.error_type ?? ''),
        column((row) => text(row)?.message ?? ''),
        column((row) => text(row)?.error_line ?? ''),
        column(first),
        column((row) => row.last_seen),
        column((row) => row.count),
        column((row) => row.jobs),
        column((row) => row.job),
        column((row) => row.last_key),
        column((row) => first(row) >= context.from),
        column((row) => row.last_run),
        column((row) => text(row)?.last_error_line ?? ''),
        column((row) => JSON.stringify(row.over_time)),
        column((row) => JSON.stringify(row.hit.map(([job, count]) => ({ job, count })))),
      ]),
    ];
  },
});

function groupsOf(context: AskContext, query: BaseQuery, buckets: number, width: number): Promise<Row[]> {
  const ms = sql`toUnixTimestamp64Milli(${timeColumn(query)})`;
  const bucket = sql`least(${p.int(buckets - 1)}, toInt64(floor((${ms} - ${p.int(context.from)}) / ${p.float(width)})))`;
  return context.db.rows<Row>(
    sql`SELECT toString(fingerprint) AS print, toUnixTimestamp64Milli(max(counted_at)) AS last_seen, count() AS count, uniqExact(job) AS jobs,
        argMax((CAST(job, 'String'), run, toString(key), toUnixTimestamp64Milli(at)), counted_at) AS last,
        last.1 AS job, last.2 AS last_run, last.3 AS last_key, last.4 AS last_at,
        arraySlice(arrayReverseSort(x -> x.2, CAST(sumMap(map(CAST(job, 'String'), 1)), 'Array(Tuple(String, UInt64))')), 1, ${raw(String(HIT_JOBS))}) AS hit,
        arrayMap(i -> arrayCount(x -> x = i, groupArray(bucket)), range(${p.int(buckets)})) AS over_time
      FROM (SELECT *, ${bucket} AS bucket FROM ${runsTable(query)} WHERE ${runsWhere(context, query, 'counted')} AND ${FAILED})
      GROUP BY fingerprint ORDER BY count DESC, last_seen DESC LIMIT ${p.int(query.limit ?? 100)}`
  );
}

/** When each of these was first seen at all, also before the range. */
async function firstSeen({ db, tenant }: AskContext, rows: readonly Row[]): Promise<Map<string, number>> {
  const found = await db.rows<{ print: string; first: number }>(
    sql`SELECT toString(fingerprint) AS print, toUnixTimestamp64Milli(min(first_seen)) AS first FROM fingerprints
      WHERE tenant = ${p.string(tenant)} AND fingerprint IN (SELECT toUInt64(arrayJoin(${p.strings(rows.map(({ print }) => print))})))
      GROUP BY fingerprint`
  );
  return new Map(found.map(({ print, first }) => [print, first]));
}

/** The texts of the newest run of each: read of these runs only, for they are long. */
async function textsOf({ db, tenant }: AskContext, rows: readonly Newest[]): Promise<Map<string, Texts>> {
  const found = await db.rows<Texts>(
    sql`SELECT toString(fingerprint) AS print, error_type, ${plain(`if(error_message != '', error_message, runs.message)`)} AS message,
        ${plain(`multiIf(first_error_line != '', first_error_line, error_message != '', error_message, runs.message)`)} AS error_line,
        ${plain('runs.last_error_line')} AS last_error_line
      FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND job IN ${p.strings(rows.map(({ job }) => job))}
        AND at IN (SELECT fromUnixTimestamp64Milli(arrayJoin(${p.ints(rows.map(({ last_at }) => last_at))}), 'UTC'))
        AND run IN ${p.strings(rows.map(({ last_run }) => last_run))}`
  );
  return new Map(found.map((row) => [row.print, row]));
}

const MAX_SERIES = FAILURE_COLORS.length;

/** Failures over time, one series for each of the most frequent errors. */
async function asSeries(context: AskContext, query: BaseQuery): Promise<FrameText[]> {
  const buckets = bucketsFor(context, query);
  const rows = await context.db.rows<Series>(
    sql`SELECT toString(fingerprint) AS print, groupArray(t) AS times, groupArray(n) AS counts,
        argMax(newest, t) AS last, last.1 AS job, last.2 AS last_run, last.3 AS last_at FROM (
        SELECT fingerprint, ${buckets.startOf(timeColumn(query))} AS t, toFloat64(count()) AS n,
          argMax((CAST(job, 'String'), run, toUnixTimestamp64Milli(at)), counted_at) AS newest
        FROM ${runsTable(query)} WHERE ${runsWhere(context, query, 'counted')} AND ${FAILED} GROUP BY fingerprint, t ORDER BY t)
      GROUP BY fingerprint ORDER BY sum(n) DESC LIMIT ${p.int(Math.min(query.limit ?? MAX_SERIES, 100))}`
  );
  const texts = await textsOf(context, rows);
  const colors = failureColors(rows.map(({ print }) => print));
  const frames = rows.map(({ print, times, counts }) => {
    const text = texts.get(print);
    const name = nameOf(text);
    const color = { mode: 'fixed', fixedColor: colors.get(print) ?? FAILURE_COLORS[0] } as const;
    const labels = { fingerprint: print, error_type: text?.error_type ?? '', error: name };
    const fields = [
      { ...field.time('time', { interval: buckets.width }), typeInfo: { frame: 'time.Time' } },
      { ...field.count('failures', { unit: 'short', displayNameFromDS: name, color }), labels },
    ];
    return frame({ refId: query.refId, name, meta: dataplane('timeseries-multi'), fields }, [times, counts]);
  });
  return frames.length > 0 ? frames : [noData(query.refId, 'timeseries-multi')];
}

const MAX_NAME = 60;

/** An error in a few words, told from others of its type: "UpstreamTimeout: GET /v2/invoices took 30 s". */
function nameOf(text: Texts | undefined): string {
  const { error_type = '', message = '', error_line = '' } = text ?? {};
  const said = (message || error_line).split('\n', 1)[0]?.trim() ?? '';
  const name =
    [said.startsWith(error_type) ? '' : error_type, said].filter(Boolean).join(': ') || error_type || 'No message';
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}

const FIELDS = [
  field.hidden('fingerprint'),
  field.string('error_type', { displayName: 'Error' }),
  field.string('message', { displayName: 'Message' }),
  field.string('error_line', { displayName: 'Newest error line' }),
  field.time('first_seen', { displayName: 'First seen' }),
  field.time('last_seen', { displayName: 'Last seen' }),
  field.count('count', { displayName: 'Runs' }),
  field.count('jobs', { displayName: 'Jobs' }),
  field.string('job', { displayName: 'Newest job' }),
  field.hidden('last_key'),
  field.boolean('is_new', { displayName: 'New' }),
  field.string('last_run', { displayName: 'Newest run' }),
  field.string('last_error_line', { displayName: 'Last error line' }),
  field.hidden('over_time', { description: 'Failures in each bucket of the range, as JSON' }),
  field.hidden('hit', { description: 'The jobs that it hit most, as JSON' }),
];
