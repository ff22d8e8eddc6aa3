import { z } from 'zod';
import { problems } from '../errors.js';
import type { BaseQuery, Field } from '../model/question.js';
import { STATUSES } from '../model/words.js';
import { cadenceOf } from '../schedules/cadence.js';
import { slotsAround, TERMS, type Terms } from '../schedules/terms.js';
import { usually } from '../schedules/words.js';
import { moment, p, raw, sql, type Sql } from '../storage/sql.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { field, frame, type FrameText } from './frames.js';
import { withConfigs } from './job-facts.js';
import { jobGroups } from './job-groups.js';
import { RATED } from './rate.js';
import { defineQuestion, type AskContext } from './question.js';
import { ofJobs, runsTable, runsWhere, SLOT_RUN } from './scope.js';
import { strips, type Bar } from './strips.js';
import { plain } from './plain.js';

const SORTS = {
  failures: 'failures',
  runs: 'runs',
  success_rate: 'success_rate',
  p50: 'p50',
  p95: 'p95',
  p50_change: '(p50 - p50_before) / p50_before',
  p95_change: '(p95 - p95_before) / p95_before',
  last_at: 'last_at',
  last_status: 'last_status',
  job: 'job',
  type: 'type',
  owner: 'owner',
  next_at: '',
} as const;
type Sort = keyof typeof SORTS;
const ASCENDING: readonly Sort[] = ['job', 'type', 'owner', 'next_at', 'success_rate'];

const STATES = {
  failing: "last_status IN ('failed', 'timed_out', 'missed')",
  ok: "last_status NOT IN ('failed', 'timed_out', 'missed', 'pending', 'running', '')",
  open: "last_status IN ('pending', 'running')",
  never: "last_status = ''",
} as const;

/** What the runs in the range, and those of the period before, say of each job. One row a job. */
export function jobStats(context: AskContext, query: Pick<BaseQuery, 'filters' | 'search' | 'timeBy'>): Sql {
  const before = { ...context, from: 2 * context.from - context.to };
  const now = sql`counted_at >= ${moment(context.from)}`;
  const past = sql`NOT (${now})`;
  const timed = raw("status = 'succeeded' AND duration_ms >= 0");
  const rate = (when: Sql) =>
    sql`if(countIf(${when} AND ${raw(RATED)}) = 0, NULL, countIf(${when} AND status = 'succeeded') / countIf(${when} AND ${raw(RATED)}))`;
  const quantiles = (when: Sql) =>
    sql`if(countIf(${when} AND ${timed}) = 0, [NULL, NULL], quantilesExactInclusiveIf(0.5, 0.95)(assumeNotNull(duration_ms), ${when} AND ${timed}))`;
  const counted = STATUSES.map((status) => `'${status}', countIf(counted_at >= begin AND status = '${status}')`).join(
    ', '
  );
  return sql`WITH ${moment(context.from)} AS begin SELECT job, anyLast(type) AS run_type, countIf(${now}) AS runs,
      countIf(${now} AND status IN ('failed', 'timed_out', 'missed')) AS failures, ${rate(now)} AS success_rate, ${rate(past)} AS success_rate_before,
      ${quantiles(now)} AS quantiles, quantiles[1] AS p50, quantiles[2] AS p95,
      ${quantiles(past)} AS quantiles_before, quantiles_before[1] AS p50_before, quantiles_before[2] AS p95_before,
      toFloat64(sumIf(assumeNotNull(duration_ms), ${now} AND duration_ms >= 0)) AS total,
      argMax(status, at) AS last_status, max(at) AS last, maxIf(at, status NOT IN ('pending', 'missed') AND NOT (${raw(SLOT_RUN)})) AS started,
      CAST(mapFilter((status, n) -> n > 0, map(${raw(counted)})), 'Map(String, UInt64)') AS counts
    FROM ${runsTable(query)} WHERE ${runsWhere(before, query, 'counted')} GROUP BY job`;
}

interface Row {
  job: string;
  type: string;
  owner: string;
  tags: Record<string, string>;
  runbook_url: string;
  terms: Terms;
  since: number;
  last_status: string;
  last_at: number | null;
  started_at: number;
  runs: number;
  failures: number;
  success_rate: number | null;
  success_rate_before: number | null;
  p50: number | null;
  p95: number | null;
  p50_before: number | null;
  p95_before: number | null;
  total: number;
  all: number;
}

/** Every job with what its runs say, a page at a time; a job that never ran is there too. */
export const jobs = defineQuestion({
  name: 'jobs',
  fields: {
    sort: z.enum(Object.keys(SORTS) as [Sort, ...Sort[]]).default('failures'),
    descending: z.boolean().optional(),
    state: z.enum(Object.keys(STATES) as [keyof typeof STATES, ...Array<keyof typeof STATES>]).optional(),
  },
  formats: ['table'],
  ask: async (context, query) => {
    const [group, ...more] = query.groupBy;
    if (group !== undefined) {
      assertGroup(group, more);
      return jobGroups(context, query, group);
    }
    const offset = query.cursor ? Number(decodeCursor(query.cursor, { offset: 'number' }).offset) : 0;
    const limit = Math.min(query.limit ?? 1000, 10_000);
    const rows = await page(context, query, offset, limit);
    const total = rows[0]?.all ?? 0;
    const next = offset + rows.length < total ? encodeCursor({ offset: offset + rows.length }) : null;
    return [await answer(context, query.refId, rows, { total, next })];
  },
});

function assertGroup(group: Field, more: readonly Field[]): void {
  if (more.length > 0 || !(group === 'type' || group === 'owner' || group.startsWith('tag:'))) {
    throw problems.badRequest(
      `groupBy: jobs can be grouped by one of type, owner and tag:<name>, not by ${[group, ...more].join(', ')}.`
    );
  }
}

type Asked = BaseQuery & { sort: Sort; descending?: boolean | undefined; state?: keyof typeof STATES | undefined };

async function page(context: AskContext, query: Asked, offset: number, limit: number): Promise<Row[]> {
  const descending = query.descending ?? !ASCENDING.includes(query.sort);
  if (query.sort === 'next_at') {
    const rows = await context.db.rows<Row>(sql`${jobRows(context, query)} ORDER BY job`);
    return byNext(rows, context.now, descending).slice(offset, offset + limit);
  }
  return context.db.rows<Row>(
    sql`${jobRows(context, query)} ORDER BY ${raw(SORTS[query.sort])} ${raw(descending ? 'DESC' : 'ASC')} NULLS LAST, job
      LIMIT ${p.int(limit)} OFFSET ${p.int(offset)}`
  );
}

function jobRows(context: AskContext, query: Asked): Sql {
  return sql`SELECT job, if(c.type = '', s.run_type, c.type) AS type, owner, JSONExtract(config, 'tags', 'Map(String, String)') AS tags,
      JSONExtractString(config, 'runbook_url') AS runbook_url, ${TERMS} AS terms, toUnixTimestamp64Milli(created_at) AS since,
      last_status, if(last_status = '', NULL, toUnixTimestamp64Milli(last)) AS last_at, toUnixTimestamp64Milli(started) AS started_at,
      runs, failures, success_rate, success_rate_before, p50, p95, p50_before, p95_before, total, count() OVER () AS all
    FROM (${jobStats(context, { ...query, search: undefined })}) AS s
    ${withConfigs(context, query)} AND ${raw(query.state ? STATES[query.state] : '1')}`;
}

const nextOf = (row: Row, now: number) =>
  slotsAround(row.terms, now, row.started_at || row.since || undefined).next?.at;

/** ClickHouse knows no cron expressions: this order is made here. Jobs without a next run stand last. */
function byNext(rows: readonly Row[], now: number, descending: boolean): Row[] {
  return rows
    .map((row) => ({ row, next: nextOf(row, now) }))
    .sort(
      (a, b) =>
        Number(a.next === undefined) - Number(b.next === undefined) ||
        (descending ? -1 : 1) * ((a.next ?? 0) - (b.next ?? 0)) ||
        a.row.job.localeCompare(b.row.job)
    )
    .map(({ row }) => row);
}

async function answer(
  context: AskContext,
  refId: string,
  rows: readonly Row[],
  custom: Record<string, unknown>
): Promise<FrameText> {
  const names = rows.map(({ job }) => job);
  const [bars, trends, lasts] = await Promise.all([
    strips(context, names),
    trendsOf(context, names),
    lastOf(context, rows),
  ]);
  const columns = rows.map((row) =>
    columnsOf(
      row,
      { bars: bars.get(row.job) ?? [], trend: trends.get(row.job) ?? [], last: lasts.get(row.job) },
      context.now
    )
  );
  return frame(
    { refId, name: 'jobs', meta: { custom }, fields: FIELDS },
    FIELDS.map((_, i) => columns.map((values) => values[i] ?? null))
  );
}

const TREND_POINTS = 12;

/** The mean duration in each twelfth of the range. */
async function trendsOf(context: AskContext, jobs: readonly string[]): Promise<Map<string, Array<number | null>>> {
  if (jobs.length === 0) {
    return new Map();
  }
  const those = ofJobs(jobs);
  const width = Math.max(1, (context.to - context.from) / TREND_POINTS);
  const since = sql`toUnixTimestamp64Milli(counted_at) - ${p.int(context.from)}`;
  const rows = await context.db.rows<{ job: string; parts: number[]; means: number[] }>(
    sql`SELECT job, groupArray(part) AS parts, groupArray(mean) AS means FROM (
        SELECT job, least(${raw(String(TREND_POINTS - 1))}, toUInt8(floor((${since}) / ${p.float(width)}))) AS part,
          round(avg(assumeNotNull(duration_ms))) AS mean
        FROM ${runsTable(those)} WHERE ${runsWhere(context, those, 'counted')} AND status = 'succeeded' AND duration_ms >= 0
        GROUP BY job, part) GROUP BY job`
  );
  return new Map(
    rows.map(({ job, parts, means }) => [
      job,
      Array.from({ length: TREND_POINTS }, (_, i) => means[parts.indexOf(i)] ?? null),
    ])
  );
}

interface Last {
  job: string;
  key: string;
  message: string;
}

/** The key and the message of each job's last run. */
async function lastOf(context: AskContext, rows: readonly Row[]): Promise<Map<string, Last>> {
  const ran = rows.filter(({ last_at: at }) => at !== null);
  const found = await context.db.rows<Last>(
    sql`SELECT job, toString(key) AS key, ${plain(`if(runs.message = '', error_message, runs.message)`)} AS message FROM runs FINAL
      WHERE tenant = ${p.string(context.tenant)} AND hidden = 0 AND (job, at) IN (SELECT last.1, fromUnixTimestamp64Milli(toInt64(last.2), 'UTC') FROM (
        SELECT arrayJoin(arrayZip(${p.strings(ran.map(({ job }) => job))}, ${p.ints(ran.map(({ last_at: at }) => at ?? 0))})) AS last))
      ORDER BY run`
  );
  return new Map(found.map((one) => [one.job, one]));
}

const change = (now: number | null, before: number | null) =>
  now === null || before === null || before === 0 ? null : (now - before) / before;

interface Shown {
  bars: readonly Bar[];
  trend: ReadonlyArray<number | null>;
  last: Last | undefined;
}

function columnsOf(row: Row, { bars, trend, last }: Shown, now: number): unknown[] {
  const cadence = cadenceOf(bars);
  return [
    row.job,
    row.type,
    row.owner,
    row.last_status,
    last?.key ?? '',
    row.last_at,
    last?.message ?? '',
    row.runs,
    row.failures,
    row.success_rate,
    row.p50,
    row.p95,
    row.p50_before,
    row.p95_before,
    JSON.stringify(bars),
    JSON.stringify(row.tags),
    row.runbook_url,
    row.terms.schedule,
    row.terms.timezone,
    row.terms.paused,
    nextOf(row, now),
    cadence.every,
    cadence.duration,
    usually(cadence.every, cadence.duration),
    change(row.p50, row.p50_before),
    change(row.p95, row.p95_before),
    row.success_rate_before,
    row.total,
    JSON.stringify(trend),
  ];
}

const FIELDS = [
  field.string('job', { displayName: 'Job' }),
  field.string('type', { displayName: 'Type' }),
  field.string('owner', { displayName: 'Owner' }),
  field.string('last_status', { displayName: 'Last status' }),
  field.hidden('last_key'),
  field.time('last_at', { displayName: 'Last run' }),
  field.string('last_message', { displayName: 'Last message' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('failures', { displayName: 'Failures' }),
  field.share('success_rate', { displayName: 'Success rate' }),
  field.duration('p50'),
  field.duration('p95'),
  field.duration('p50_before', { displayName: 'p50 before' }),
  field.duration('p95_before', { displayName: 'p95 before' }),
  field.hidden('spark', { description: 'The last 30 runs, oldest first, as JSON' }),
  field.string('tags', { displayName: 'Tags', description: 'As JSON' }),
  field.string('runbook_url', { displayName: 'Runbook' }),
  field.string('schedule', { displayName: 'Schedule' }),
  field.string('timezone', { displayName: 'Time zone' }),
  field.boolean('paused', { displayName: 'Paused' }),
  field.time('next_at', { displayName: 'Next run' }),
  field.duration('usual_every', { displayName: 'Usual interval' }),
  field.duration('usual_duration', { displayName: 'Usual duration' }),
  field.string('usual', { displayName: 'Usually' }),
  field.share('p50_change', { displayName: 'p50 change' }),
  field.share('p95_change', { displayName: 'p95 change' }),
  field.share('success_rate_before', { displayName: 'Success rate before' }),
  field.duration('total', { displayName: 'Execution time' }),
  field.hidden('trend', { description: 'The mean duration in each 12th of the range, as JSON' }),
];
