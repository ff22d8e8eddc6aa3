import { problems } from '../errors.js';
import type { JobAnswer, JobsAnswer, RunSummary } from '../model/answer.js';
import type { JobConfig } from '../model/job.js';
import type { Filter } from '../model/question.js';
import { parseJson } from '../model/json.js';
import { parseSchedule, type Schedule } from '../model/schedule.js';
import { decodeCursor, encodeCursor } from '../query/cursor.js';
import { jobStats } from '../query/jobs.js';
import type { AskContext } from '../query/question.js';
import { scheduleInWords } from '../schedules/in-words.js';
import { holdsWords, p, raw, sql } from '../storage/sql.js';
import { readLastRuns } from './runs.js';

interface Row {
  job: string;
  config: string;
  run_type: string;
  counts: Record<string, number>;
  success_rate: number | null;
  p50: number | null;
  p95: number | null;
}

export interface JobsFilter {
  filters: Filter[];
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  /** How many of its next slots each job tells. */
  slots?: number;
}

/** Of one job that is looked at. */
const SLOTS = 5;

/** A page of jobs by name: those that have a config, and those that have run in the range. */
export async function readJobs(context: AskContext, query: JobsFilter): Promise<JobsAnswer> {
  const after = query.cursor ? decodeCursor(query.cursor, { job: 'string' }) : undefined;
  const words = query.search ? sql`AND ${holdsWords(raw('job'), query.search)}` : raw('');
  const past = after ? sql`AND job > ${p.string(String(after.job))}` : raw('');
  // With filters on runs only jobs that have such runs are meant; without, every job that is known.
  const kind = raw(query.filters.length > 0 ? 'LEFT' : 'FULL');
  const rows = await context.db.rows<Row>(
    sql`SELECT job, config, run_type, counts, success_rate, p50, p95
      FROM (${jobStats(context, { filters: query.filters, timeBy: 'finished' })}) AS s
      ${kind} JOIN (SELECT job, config FROM jobs FINAL WHERE tenant = ${p.string(context.tenant)}) AS c USING (job)
      WHERE 1 ${words} ${past} ORDER BY job LIMIT ${p.int(query.limit)}`
  );
  const last = rows.at(-1);
  const lastRuns = await readLastRuns(
    context,
    rows.map((row) => row.job)
  );
  return {
    jobs: rows.map((row) => toAnswer(row, lastRuns.get(row.job) ?? null, context.now, query.slots)),
    next: last && rows.length === query.limit ? encodeCursor({ job: last.job }) : null,
  };
}

/** @throws Coded 404 where the job has neither a config nor a run */
export async function readJob(context: AskContext, job: string): Promise<JobAnswer> {
  const { jobs } = await readJobs(context, { filters: exactly(job), limit: 1, slots: SLOTS });
  const found = jobs.find((one) => one.job === job) ?? (await readOne(context, job));
  if (!found) {
    throw problems.notFound(`The job ${JSON.stringify(job)}`);
  }
  return found;
}

const exactly = (job: string): Filter[] => [{ field: 'job', op: '=', value: job }];

async function readOne(context: AskContext, job: string): Promise<JobAnswer | undefined> {
  const [configs, lastRuns] = await Promise.all([
    context.db.rows<{ config: string }>(
      sql`SELECT config FROM jobs FINAL WHERE tenant = ${p.string(context.tenant)} AND job = ${p.string(job)}`
    ),
    readLastRuns(context, [job]),
  ]);
  const config = configs[0]?.config ?? '';
  const last = lastRuns.get(job) ?? null;
  return config === '' && last === null
    ? undefined
    : toAnswer(
        { job, config, run_type: last?.type ?? '', counts: {}, success_rate: null, p50: null, p95: null },
        last,
        context.now,
        SLOTS
      );
}

function toAnswer(row: Row, lastRun: RunSummary | null, now: number, slots = 1): JobAnswer {
  const config = row.config === '' ? {} : (parseJson(row.config) as JobConfig);
  const lastAt = lastRun && lastRun.run !== '' ? Date.parse(lastRun.at) : undefined;
  const schedule = config.paused ? undefined : parseSchedule(config.schedule, config.timezone);
  const next = schedule ? nextOf(schedule, now, lastAt, slots) : [];
  return {
    job: row.job,
    name: config.name ?? null,
    type: config.type ?? (row.run_type || null),
    owner: config.owner ?? null,
    description: config.description ?? null,
    schedule: config.schedule ?? null,
    timezone: config.timezone ?? null,
    grace: config.grace ?? null,
    max_runtime: config.max_runtime ?? null,
    runbook_url: config.runbook_url ?? null,
    tags: config.tags ?? {},
    source: config.source ?? {},
    recommended_actions: config.recommended_actions ?? [],
    config,
    last_run: lastRun,
    counts: row.counts,
    success_rate: row.success_rate,
    p50_ms: row.p50,
    p95_ms: row.p95,
    next_expected_at: next[0] ?? null,
    next_expected: next,
    schedule_words: scheduleInWords(config.schedule, config.timezone),
  };
}

function nextOf(schedule: Schedule, now: number, lastStart: number | undefined, count: number): string[] {
  const found: string[] = [];
  for (
    let slot = schedule.after(now, lastStart);
    slot && found.length < count;
    slot = schedule.after(slot.at, lastStart)
  ) {
    found.push(new Date(slot.at).toISOString());
  }
  return found;
}
