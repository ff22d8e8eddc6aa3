import type { Logger } from 'pino';
import { groupBy } from '../collections.js';
import { RANK, toRunEvent, type RunEvent } from '../model/event.js';
import { LISTED, SLOT_RUN } from '../query/scope.js';
import { eventsPart } from '../receivers/parts.js';
import type { Spool } from '../spool/spool.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { DAY_MS, moment, p, raw, sql } from '../storage/sql.js';
import { wasThere, type Alive, type Span } from './alive.js';
import { dueSlots, slotRun, verdict, type DueSlot } from './slots.js';
import { graceOf, maxRuntimeOf, scheduleOf, TERMS, type Terms } from './terms.js';
import { roughly } from './words.js';

interface Job {
  tenant: string;
  job: string;
  type: string;
  terms: Terms;
  since: number;
}

interface Services {
  db: ClickHouse;
  spool: Spool;
  alive: Alive;
  log: Logger;
}

/** So far back a run may still come for a slot that nobody kept. */
const RESOLVE_DAYS = 40;

/**
 * Judges the schedules: a slot that nobody kept becomes a run, one that was kept after all is hidden, an open run past
 * its limit is over. Whatever it says is an event like any other, made from the slot alone, so that any number of
 * services, in any order and any number of times, end in the same state. While accepted data waits, here or with another
 * service, nothing is judged that it may decide.
 */
export async function sweep({ db, spool, alive, log }: Services, now = Date.now()): Promise<void> {
  const { segments, lag } = spool.state;
  const stored = segments === 0 ? now : lag > 0 ? now - lag * 1000 : undefined;
  alive.tick(now, takesWrites(spool));
  if (stored === undefined) {
    return;
  }
  const { spans, judged, storedElsewhere } = await alive.read(now);
  const after = judged ?? now;
  const upTo = Math.min(stored, storedElsewhere);
  const jobs = await db.rows<Job>(
    sql`SELECT tenant, job, type, ${TERMS} AS terms, toUnixTimestamp64Milli(created_at) AS since FROM jobs FINAL`
  );
  for (const [tenant, of] of groupBy(jobs, (job) => job.tenant)) {
    const events = [
      ...(await unkept(db, tenant, of, { after, upTo, spans })),
      ...(await kept(db, tenant)),
      ...(await tooLong(db, tenant, of, upTo, spans)),
    ];
    await write(spool, tenant, events);
    if (events.length > 0) {
      log.info({ tenant, events: events.length }, 'schedules: judged');
    }
  }
  await alive.write(now, { stored, judged: Math.max(after, upTo) });
}

function takesWrites(spool: Spool): boolean {
  try {
    spool.assertTakesWrites();
    return true;
  } catch {
    return false;
  }
}

async function write(spool: Spool, tenant: string, events: readonly RunEvent[]): Promise<void> {
  if (events.length > 0) {
    const { chunks, bytes, rows, kind } = eventsPart(events);
    const { stored } = await spool.append(tenant, kind, { chunks, bytes, rows, at: Date.now() });
    await stored();
  }
}

interface Judging {
  after: number;
  upTo: number;
  spans: readonly Span[];
}

/** Events for the slots whose grace has passed and that no run was seen for. */
async function unkept(db: ClickHouse, tenant: string, jobs: readonly Job[], judging: Judging): Promise<RunEvent[]> {
  const scheduled = jobs.filter(({ terms }) => scheduleOf(terms) !== undefined);
  const intervals = scheduled.filter(({ terms }) => scheduleOf(terms)?.kind === 'interval').map(({ job }) => job);
  const lasts = await lastStarts(db, tenant, intervals);
  const due = scheduled.flatMap((job) => {
    const last = lasts.get(job.job) ?? job.since;
    return dueSlots(job.terms, judging.after, judging.upTo, last)
      .filter(({ slot }) => slot.at >= job.since)
      .map((slot) => ({ job, slot }));
  });
  const starts = await startsOf(db, tenant, due);
  return due
    .filter(({ job, slot }) => !(starts.get(job.job) ?? []).some((at) => at >= slot.from && at < slot.to))
    .map(({ job, slot }) => slotEvent(job, slot, judging.spans));
}

/** The newest start of each of these jobs, or the newest slot that nobody kept. */
async function lastStarts(db: ClickHouse, tenant: string, jobs: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.rows<{ job: string; last: number }>(
    sql`SELECT job, toUnixTimestamp64Milli(max(at)) AS last FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND job IN ${p.strings(jobs)}
      AND hidden = 0 AND status != 'pending' GROUP BY job`
  );
  return new Map(rows.map(({ job, last }) => [job, last]));
}

async function startsOf(db: ClickHouse, tenant: string, due: ReadonlyArray<{ job: Job; slot: DueSlot }>) {
  if (due.length === 0) {
    return new Map<string, number[]>();
  }
  const since = Math.min(...due.map(({ slot }) => slot.from));
  const rows = await db.rows<{ job: string; starts: number[] }>(
    sql`SELECT job, groupArray(toUnixTimestamp64Milli(at)) AS starts FROM runs FINAL WHERE tenant = ${p.string(tenant)}
      AND job IN ${p.strings([...new Set(due.map(({ job }) => job.job))])} AND hidden = 0 AND at >= ${moment(since)}
      AND status != 'pending' AND NOT (${raw(SLOT_RUN)}) GROUP BY job`
  );
  return new Map(rows.map(({ job, starts }) => [job, starts]));
}

function slotEvent({ job, type, terms }: Job, slot: DueSlot, spans: readonly Span[]): RunEvent {
  const status = verdict(slot, spans);
  const grace = roughly(graceOf(terms));
  const message =
    status === 'missed'
      ? `no run came within ${grace}`
      : slot.slot.leftOut
        ? 'a clock change left this time out, and no run came'
        : 'nobody was there to see whether it ran';
  const run = slotRun(slot.slot);
  return toRunEvent(
    {
      job,
      run,
      status,
      message,
      queued_at: slot.slot.at,
      // Where one service was there and another was not, what the one saw stands.
      time: slot.due - (status === 'unknown' ? 1 : 0),
      ...(type ? { type } : {}),
      metadata: { slot: { from: slot.from, to: slot.to } },
    },
    run,
    slot.due,
    RANK.byService
  );
}

/** Events for slots that were kept after all: a run that starts before the next slot is for this one. */
async function kept(db: ClickHouse, tenant: string): Promise<RunEvent[]> {
  const rows = await db.rows<{ job: string; run: string; by: string; at: number }>(
    sql`SELECT job, run, argMin(r.run, r.at) AS by, toUnixTimestamp64Milli(min(r.at)) AS at FROM (
        SELECT job, run, JSONExtractInt(detail, 'metadata', 'slot', 'from') AS low, JSONExtractInt(detail, 'metadata', 'slot', 'to') AS high
        FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND ${raw(SLOT_RUN)} AND at >= now() - toIntervalDay(${p.int(RESOLVE_DAYS)})) AS m
      JOIN (SELECT job, run, at FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND status != 'pending' AND NOT (${raw(SLOT_RUN)})
        AND at >= now() - toIntervalDay(${p.int(RESOLVE_DAYS)})
        AND job IN (SELECT job FROM runs_by_time FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND ${raw(SLOT_RUN)} AND at >= now() - toIntervalDay(${p.int(RESOLVE_DAYS)}))) AS r
      ON m.job = r.job WHERE high > 0 AND toUnixTimestamp64Milli(r.at) >= low AND toUnixTimestamp64Milli(r.at) < high GROUP BY job, run`
  );
  return rows.map(({ job, run, by, at }) =>
    toRunEvent({ job, run, time: at, metadata: { resolved_by: by } }, run, at, RANK.byService)
  );
}

/** Events for open runs past their job's limit. What the job reports later stands above it. */
async function tooLong(
  db: ClickHouse,
  tenant: string,
  jobs: readonly Job[],
  upTo: number,
  spans: readonly Span[]
): Promise<RunEvent[]> {
  const limits = new Map(jobs.map(({ job, terms }) => [job, maxRuntimeOf(terms)]));
  const open = await db.rows<{ job: string; run: string; attempt: number; started: number }>(
    sql`SELECT job, run, attempt, toUnixTimestamp64Milli(at) AS started FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND ${raw(LISTED)}
      AND status = 'running' AND at >= ${moment(upTo - 400 * DAY_MS)} AND job IN ${p.strings([...limits].filter(([, limit]) => limit !== undefined).map(([job]) => job))}`
  );
  return open.flatMap(({ job, run, attempt, started }) => {
    const limit = limits.get(job);
    // A service that was not there when the run should have ended gives its report as long again to come.
    const end = started + (limit ?? Infinity);
    if (limit === undefined || end > upTo || (!wasThere(spans, end - 1, end) && upTo - end < limit)) {
      return [];
    }
    const message = `ran longer than ${roughly(limit)}, its limit`;
    return [
      toRunEvent({ job, run, attempt, status: 'timed_out', message, finished_at: end }, run, end, RANK.byService),
    ];
  });
}
