import type { Services } from '../http/context.js';
import type { RunAnswer, RunsAnswer, RunSummary } from '../model/answer.js';
import type { Unwritten } from '../model/json.js';
import type { JobConfig } from '../model/job.js';
import type { Filter } from '../model/question.js';
import type { Status } from '../model/common.js';
import { cursorAfter, lastRuns, runsOf, runsPage } from '../query/runs.js';
import type { AskContext } from '../query/question.js';
import type { RunPlace } from '../query/run-id.js';
import { readReplica } from '../replication/replicas.js';
import { recommend } from '../rules/recommend.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { DAY_MS, moment, p, raw, sql } from '../storage/sql.js';
import { parseDetail } from './detail.js';
import { countLines, ofRun, readLines } from './lines.js';

interface SummaryRow {
  key: string;
  job: string;
  run: string;
  attempt: number;
  status: Status;
  status_text: string;
  at_ms: number;
  queued: number | null;
  started: number | null;
  finished: number | null;
  duration_ms: number | null;
  title: string;
  type: string;
  user: string;
  message: string;
  tags: Record<string, string>;
  lines: number;
  error_lines: number;
  first_error_line: string;
  last_error_line: string;
  detail: string;
}

const SUMMARY = raw(`toString(key) AS key, job, run, attempt, status, status_text, toUnixTimestamp64Milli(at) AS at_ms,
  toUnixTimestamp64Milli(queued_at) AS queued, toUnixTimestamp64Milli(started_at) AS started, toUnixTimestamp64Milli(finished_at) AS finished,
  duration_ms, title, type, user, message, tags, lines, lines_by_level['error'] + lines_by_level['fatal'] AS error_lines,
  first_error_line, last_error_line, detail`);

const iso = (ms: number) => new Date(ms).toISOString();
const maybeIso = (ms: number | null) => (ms === null ? null : iso(ms));

function toSummary(row: SummaryRow): RunSummary {
  const {
    at_ms,
    queued,
    started,
    finished,
    detail,
    status_text,
    title,
    type,
    user,
    message,
    first_error_line,
    last_error_line,
    ...rest
  } = row;
  const { error, url } = parseDetail(detail);
  return {
    ...rest,
    at: iso(at_ms),
    queued_at: maybeIso(queued),
    started_at: maybeIso(started),
    finished_at: maybeIso(finished),
    status_text: status_text || null,
    title: title || null,
    type: type || null,
    user: user || null,
    message: message || null,
    error,
    url,
    first_error_line: first_error_line || null,
    last_error_line: last_error_line || null,
  };
}

export interface RunsFilter {
  filters: Filter[];
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page of runs, newest first. */
export async function readRuns(context: AskContext, query: RunsFilter): Promise<RunsAnswer> {
  const { page, keys } = await runsPage(context, { ...query, timeBy: 'finished' }, query.limit);
  const rows = await context.db.rows<SummaryRow>(
    sql`SELECT ${SUMMARY} FROM (${page}) ORDER BY at DESC, job DESC, run DESC`
  );
  const last = keys.at(-1);
  return {
    runs: rows.map(toSummary),
    next: last && keys.length === query.limit ? cursorAfter(last, context, query.cursor) : null,
  };
}

/** The last run of each of these jobs. */
export async function readLastRuns(context: AskContext, jobs: readonly string[]): Promise<Map<string, RunSummary>> {
  const keys = await lastRuns(context, jobs);
  const rows = await context.db.rows<SummaryRow>(sql`SELECT ${SUMMARY} FROM (${runsOf(context, keys)})`);
  return new Map(rows.map((row) => [row.job, toSummary(row)]));
}

async function readJobConfig(db: ClickHouse, tenant: string, job: string): Promise<JobConfig> {
  const [row] = await db.rows<{ config: string }>(
    sql`SELECT config FROM jobs FINAL WHERE tenant = ${p.string(tenant)} AND job = ${p.string(job)}`
  );
  return row ? (JSON.parse(row.config) as JobConfig) : {};
}

/** A run's attempt where it had no other: what is said of the run. */
function onlyAttempt(run: RunSummary): RunAnswer['attempts'][number] {
  const { attempt, status, started_at, finished_at, duration_ms, message, error } = run;
  return { attempt, status, started_at, finished_at, duration_ms, message, error };
}

type PhaseCounts = { success: number; failure: number };

/** Everything known of one run. */
export async function readRun({ db, env }: Services, tenant: string, place: RunPlace): Promise<Unwritten<RunAnswer>> {
  const lines = ofRun(tenant, place.job, place.run);
  const [rows, neighbours, counted, firstErrors, job, replicated] = await Promise.all([
    db.rows<SummaryRow & { received: number; records: Record<string, number> }>(
      sql`SELECT ${SUMMARY}, toUnixTimestamp64Milli(received_at) AS received, records FROM runs FINAL WHERE ${place.where}`
    ),
    readNeighbours(db, tenant, place),
    countLines(db, lines, {}),
    readLines(db, lines, { levels: ['error', 'fatal'], limit: 1 }),
    readJobConfig(db, tenant, place.job),
    readReplica(db, tenant, place),
  ]);
  const row = rows[0];
  if (!row) {
    throw new Error(`The run ${place.run} of ${place.job} has a place but no row.`);
  }
  const { received, records, ...summaryRow } = row;
  const summary = toSummary(summaryRow);
  const { counts, ...detail } = parseDetail(row.detail);
  const errors = (counted.byLevel['error'] ?? 0) + (counted.byLevel['fatal'] ?? 0);
  const firstError = firstErrors.lines[0] ?? null;
  const lastError = errors > 1 ? await readLastError(db, lines, counted.total) : firstError;
  // The log as it is now: settlement may be a moment behind.
  const errorLines = {
    first_error_line: firstError?.message ?? summary.first_error_line,
    last_error_line: lastError?.message ?? summary.last_error_line,
  };
  return {
    ...summary,
    ...detail,
    ...errorLines,
    attempts: detail.attempts.length > 0 ? detail.attempts : [onlyAttempt(summary)],
    recommended: await recommend(
      db,
      tenant,
      env.JOBLENS_RULES_FILE,
      { ...summary, ...errorLines },
      {
        byRun: detail.recommended_actions,
        byJob: job.recommended_actions ?? [],
        runbook: job.runbook_url ?? null,
      }
    ),
    runbook_url: job.runbook_url ?? null,
    lines: counted.total,
    error_lines: errors,
    received_at: iso(received),
    ...neighbours,
    replicated,
    counts: { metadata: phaseCounts(counts['metadata']), data: phaseCounts(counts['data']) },
    records: {
      metadata: { success: records['metadata.success'] ?? 0, failure: records['metadata.failure'] ?? 0 },
      data: { success: records['data.success'] ?? 0, failure: records['data.failure'] ?? 0 },
    },
    log: {
      lines: counted.total,
      by_level: counted.byLevel,
      first_error: firstError,
      last_error: lastError,
    },
  };
}

async function readLastError(db: ClickHouse, lines: ReturnType<typeof ofRun>, total: number) {
  // Usually near the end: look there first, and only then through everything.
  const near = await readLines(db, lines, {
    levels: ['error', 'fatal'],
    fromLine: Math.max(1, total - 2000),
    limit: 2001,
  });
  const all = near.lines.length > 0 ? near : await readLines(db, lines, { levels: ['error', 'fatal'], limit: 10_000 });
  return all.lines.at(-1) ?? null;
}

function phaseCounts(value: unknown): PhaseCounts {
  const of = (name: string) => {
    const count = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    return typeof count === 'number' ? count : 0;
  };
  return { success: of('success'), failure: of('failure') };
}

interface Neighbours {
  previous: string | null;
  next: string | null;
  last_success: string | null;
  usual_ms: number | null;
}

async function readNeighbours(db: ClickHouse, tenant: string, place: RunPlace): Promise<Neighbours> {
  const here = sql`(${moment(place.at)}, ${p.string(place.run)})`;
  const [row] = await db.rows<{ previous: string; next: string; last_success: string; usual_ms: number | null }>(
    sql`SELECT argMaxIf(toString(key), (at, run), (at, run) < ${here}) AS previous,
        argMinIf(toString(key), (at, run), (at, run) > ${here}) AS next,
        argMaxIf(toString(key), (at, run), (at, run) < ${here} AND status = 'succeeded') AS last_success,
        if(countIf(usual) = 0, NULL, quantileExactInclusiveIf(0.5)(ifNull(duration_ms, 0), usual)) AS usual_ms
      FROM (SELECT key, at, run, status, duration_ms,
          status = 'succeeded' AND duration_ms >= 0 AND at >= ${moment(place.at - 30 * DAY_MS)} AND at <= ${moment(place.at + 30 * DAY_MS)} AS usual
        FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND job = ${p.string(place.job)} AND hidden = 0)`
  );
  return {
    previous: row?.previous || null,
    next: row?.next || null,
    last_success: row?.last_success || null,
    usual_ms: row?.usual_ms ?? null,
  };
}
