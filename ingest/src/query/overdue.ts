import { z } from 'zod';
import type { JobConfig } from '../model/job.js';
import { parseDuration, parseSchedule } from '../model/schedule.js';
import { DAY_MS, moment, p, sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsWhere } from './scope.js';
import type { BaseQuery } from '../model/question.js';
import { numericFrame } from './series.js';

const KINDS = ['any', 'late', 'missed', 'running'] as const;
type Kind = Exclude<(typeof KINDS)[number], 'any'>;

interface JobRow {
  job: string;
  last_at: number | null;
  usual: number | null;
  open_at: number | null;
  open_key: string;
  config: string;
  created: number;
}

interface Overdue {
  job: string;
  kind: string;
  seconds: number;
  expected_at: number | null;
  key: string;
}

/** Without a limit of its own, a run is too long once it takes this many times its usual. */
const TOO_LONG = 3;
const DEFAULT_GRACE_MS = 5 * 60_000;

/** Seconds that a job is over its time: its run has not come, or runs too long. 0 for a job on time. */
export const overdue = defineQuestion({
  name: 'overdue',
  fields: { kind: z.enum(KINDS).default('any') },
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const rows = (await jobRows(context, query))
      .map((row) => worst(row, context.now, query.kind))
      .filter((row) => row !== undefined)
      .sort((a, b) => b.seconds - a.seconds || a.job.localeCompare(b.job));
    if (format === 'numeric') {
      const value = field.number('overdue', { unit: 's' });
      return [
        numericFrame(
          query.refId,
          ['job'],
          value,
          rows.map((row) => [row.job, row.seconds])
        ),
      ];
    }
    const fields = [
      field.string('job'),
      field.string('kind'),
      field.number('seconds', { unit: 's' }),
      field.time('expected_at'),
      field.string('key'),
    ];
    return [
      frame({ refId: query.refId, name: 'overdue', fields }, [
        rows.map((row) => row.job),
        rows.map((row) => row.kind),
        rows.map((row) => row.seconds),
        rows.map((row) => row.expected_at),
        rows.map((row) => row.key),
      ]),
    ];
  },
});

/** Each job with its config, its last run, its oldest open run, and the usual duration of its last 30 days. */
function jobRows(context: AskContext, query: BaseQuery): Promise<JobRow[]> {
  const where = runsWhere(
    { ...context, from: context.now - 30 * DAY_MS, to: context.now },
    { ...query, timeBy: 'finished' },
    'overlapping'
  );
  return context.db.rows<JobRow>(
    sql`SELECT job, toUnixTimestamp64Milli(last) AS last_at, usual, toUnixTimestamp64Milli(open_since) AS open_at, open_key, config, toUnixTimestamp64Milli(created_at) AS created
      FROM (SELECT job, toNullable(maxIf(at, status != 'pending' AND status != 'missed')) AS last,
          if(countIf(status = 'succeeded' AND duration_ms >= 0) = 0, NULL,
            quantileExactInclusiveIf(0.5)(ifNull(duration_ms, 0), status = 'succeeded' AND duration_ms >= 0)) AS usual,
          if(countIf(status = 'running') = 0, NULL, minIf(at, status = 'running')) AS open_since,
          argMinIf(toString(key), at, status = 'running') AS open_key
        FROM runs FINAL WHERE ${where} AND at <= ${moment(context.now)} AND run != '' GROUP BY job) AS r
      FULL JOIN (SELECT job, config, created_at FROM jobs FINAL WHERE tenant = ${p.string(context.tenant)}) AS c USING (job)
      WHERE config != '' OR open_since IS NOT NULL`,
    { join_use_nulls: 0 }
  );
}

/** The most that a job is over its time in any of the kinds asked for; undefined where it has no time to be over. */
function worst(row: JobRow, now: number, kind: Kind | 'any'): Overdue | undefined {
  const config = parseConfig(row.config);
  const found: Array<Overdue | undefined> = [
    kind === 'running' ? undefined : notCome(row, config, now, kind),
    kind === 'any' || kind === 'running' ? tooLong(row, config, now) : undefined,
  ];
  return found.filter((one) => one !== undefined).sort((a, b) => b.seconds - a.seconds)[0];
}

function notCome(row: JobRow, config: JobConfig, now: number, kind: Kind | 'any'): Overdue | undefined {
  const schedule = parseSchedule(config.schedule, config.timezone);
  if (!schedule) {
    return undefined;
  }
  const last = row.last_at === null || row.last_at <= 0 ? undefined : row.last_at;
  const slot = schedule.slotBefore(now, last);
  const grace = parseDuration(config.grace) ?? DEFAULT_GRACE_MS;
  // A slot from before the schedule was set was never promised.
  const came = slot === undefined || slot < row.created || (last !== undefined && last >= slot);
  const over = came ? 0 : now - slot;
  const past = over > grace;
  const counts = kind === 'late' ? over > 0 : past;
  return {
    job: row.job,
    kind: past ? 'missed' : over > 0 ? 'late' : 'on time',
    seconds: counts ? Math.round((kind === 'missed' ? over - grace : over) / 1000) : 0,
    expected_at: slot ?? null,
    key: '',
  };
}

function tooLong(row: JobRow, config: JobConfig, now: number): Overdue | undefined {
  if (row.open_at === null || row.open_at <= 0) {
    return undefined;
  }
  const limit = parseDuration(config.max_runtime) ?? (row.usual === null ? undefined : row.usual * TOO_LONG);
  const over = limit === undefined ? 0 : now - row.open_at - limit;
  return {
    job: row.job,
    kind: over > 0 ? 'running too long' : 'running',
    seconds: Math.max(0, Math.round(over / 1000)),
    expected_at: limit === undefined ? null : row.open_at + limit,
    key: row.open_key,
  };
}

function parseConfig(text: string): JobConfig {
  return text === '' ? {} : (JSON.parse(text) as JobConfig);
}
