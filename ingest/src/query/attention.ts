import { z } from 'zod';
import { groupBy } from '../collections.js';
import type { Acknowledged } from '../model/event.js';
import {
  isSlower,
  judge,
  lateSince,
  nextAt,
  riseOf,
  baselineOf,
  failureRate,
  STATES,
  type Judgement,
} from '../schedules/judge.js';
import { DAY_MS, moment, p, sql } from '../storage/sql.js';
import { baselineFields } from './baseline.js';
import { field, frame } from './frames.js';
import { jobFacts, type JobFacts } from './job-facts.js';
import { defineQuestion, type AskContext } from './question.js';
import { numericFrame } from './series.js';
import { strips, type Bar } from './strips.js';
import { plain } from './plain.js';

/** A job that needs a look, with why. */
interface Row {
  facts: JobFacts;
  judgement: Judgement;
  acknowledged: Acknowledged | undefined;
}

/** Jobs that need a look, the most pressing first; whoever looks after one has it moved to the end. */
export const attention = defineQuestion({
  name: 'attention',
  fields: { ...baselineFields, state: z.enum(STATES).optional() },
  formats: ['table', 'numeric'],
  ask: async (context, query, format) => {
    const now = Math.min(context.now, context.to);
    const [all, known] = await Promise.all([
      jobFacts(context, { ...query, timeBy: 'finished' }, query.baselineDays),
      acknowledgements(context, query.baselineDays),
    ]);
    const judged = all.flatMap((facts): Row[] => {
      const judgement = judge(facts, now, context.timeZone, query.minRuns);
      const given = known.get(facts.job) ?? [];
      return judgement ? [{ facts, judgement, acknowledged: acknowledgedNow(facts, judgement, given, now) }] : [];
    });
    const candidates = judged.sort(byUrgency);
    const limit = Math.min(query.limit ?? 100, 1000);
    const isAsked = (row: Row) => query.state === undefined || row.judgement.state === query.state;
    const bars = await strips(context, [
      ...new Set(
        [...candidates.filter(isAsked).slice(0, limit), ...candidates.filter(isDoubtful)].map(({ facts }) => facts.job)
      ),
    ]);
    const rows = candidates.filter((row) => !isDoubtful(row) || staysSlow(row, bars.get(row.facts.job) ?? []));
    const totals = totalsOf(context, all, rows, now);
    if (format === 'numeric') {
      const counts = (['failing', 'late', 'missed', 'stuck', 'slower', 'flaky'] as const).map((state) => [
        state,
        totals[state],
      ]);
      return [numericFrame(query.refId, ['state'], field.count('jobs'), counts)];
    }
    const shown = rows
      .filter(isAsked)
      .slice(0, limit)
      .map((row) => ({ ...row, bars: bars.get(row.facts.job) ?? [] }));
    const details = await detailsOf(context, shown);
    const columns = shown.map((row) => columnsOf(row, details.get(shownBar(row)?.key ?? ''), now));
    return [
      frame(
        { refId: query.refId, name: 'attention', meta: { custom: { totals } }, fields: FIELDS },
        FIELDS.map((_, i) => columns.map((values) => values[i] ?? null))
      ),
    ];
  },
});

interface Given {
  job: string;
  /** When the run counts that was acknowledged, epoch milliseconds. */
  at: number;
  acknowledged: string;
}

/** The acknowledgements of each job, the newest run's last. */
async function acknowledgements(context: AskContext, days: number): Promise<Map<string, Given[]>> {
  const rows = await context.db.rows<Given>(
    sql`SELECT job, toUnixTimestamp64Milli(counted_at) AS at, acknowledged FROM runs FINAL
      WHERE tenant = ${p.string(context.tenant)} AND hidden = 0 AND acknowledged != '' AND runs.at >= ${moment(context.from - days * DAY_MS)}
        AND runs.at < ${moment(context.to)} ORDER BY job, counted_at`
  );
  return groupBy(rows, (row) => row.job);
}

/** An acknowledgement counts for the trouble it was given in, until its time. */
function acknowledgedNow(facts: JobFacts, { since }: Judgement, given: readonly Given[], now: number) {
  return given
    .filter(({ at }) => at >= Math.min(since, facts.open_at || since))
    .map(({ acknowledged }) => JSON.parse(acknowledged) as Acknowledged)
    .findLast(({ until }) => until === null || Date.parse(until) > now);
}

const isDoubtful = ({ judgement }: Row) => judgement.state === 'slower';

/** One slow run is chance; a job is slower once its last three all were. */
function staysSlow({ facts }: Row, bars: readonly Bar[]): boolean {
  const last = bars.filter(({ status, duration_ms }) => status === 'succeeded' && duration_ms !== null).slice(-3);
  return last.length === 3 && last.every(({ duration_ms }) => isSlower(facts, duration_ms ?? 0));
}

function byUrgency(a: Row, b: Row): number {
  return (
    Number(a.acknowledged !== undefined) - Number(b.acknowledged !== undefined) ||
    STATES.indexOf(a.judgement.state) - STATES.indexOf(b.judgement.state) ||
    riseOf(b.facts) - riseOf(a.facts) ||
    b.judgement.since - a.judgement.since ||
    a.facts.job.localeCompare(b.facts.job)
  );
}

function totalsOf(context: AskContext, all: readonly JobFacts[], rows: readonly Row[], now: number) {
  const open = groupBy(
    rows.filter((row) => row.acknowledged === undefined),
    (row) => row.judgement.state
  );
  const count = (state: (typeof STATES)[number]) => open.get(state)?.length ?? 0;
  return {
    jobs: all.length,
    failing: count('failing'),
    new_failing: (open.get('failing') ?? []).filter(({ judgement }) => judgement.since >= context.from).length,
    late: all.filter((facts) => lateSince(facts, now) !== undefined).length,
    missed: count('missed'),
    stuck: count('stuck'),
    slower: count('slower'),
    flaky: count('flaky'),
    acknowledged: rows.length - [...open.values()].reduce((sum, some) => sum + some.length, 0),
    success_rate: successRate(all, 'runs', 'failures'),
    success_rate_before: successRate(all, 'runs_before', 'failures_before'),
  };
}

function successRate(all: readonly JobFacts[], runs: 'runs' | 'runs_before', failures: 'failures' | 'failures_before') {
  const total = all.reduce((sum, facts) => sum + facts[runs], 0);
  return total === 0 ? null : 1 - all.reduce((sum, facts) => sum + facts[failures], 0) / total;
}

type Shown = Row & { bars: readonly Bar[] };

/** The run that shows what is wrong. */
function shownBar({ facts, judgement, bars }: Shown): Bar | undefined {
  switch (judgement.state) {
    case 'failing':
    case 'flaky':
      return bars.findLast(({ status }) => status === 'failed' || status === 'timed_out');
    case 'missed':
      return bars.findLast(({ status }) => status === 'missed');
    case 'stuck': {
      // It may have begun long before the runs of the strip.
      const { open_key: key, open_name: run, open_at: at } = facts;
      return { key, run, at, status: 'running', duration_ms: null };
    }
    case 'slower':
      return bars.findLast(({ status }) => status === 'succeeded');
  }
}

interface Detail {
  key: string;
  error_type: string;
  message: string;
  first_error_line: string;
  last_error_line: string;
}

/** What the shown runs say of their failure: read of these runs only, for it is long. */
async function detailsOf(context: AskContext, shown: readonly Shown[]): Promise<Map<string, Detail>> {
  const bars = shown.flatMap((row) => {
    const bar = shownBar(row);
    return bar ? [{ ...bar, job: row.facts.job }] : [];
  });
  if (bars.length === 0) {
    return new Map();
  }
  const rows = await context.db.rows<Detail>(
    sql`SELECT toString(key) AS key, error_type, ${plain(`if(error_message = '', message, error_message)`)} AS message,
        ${plain('runs.first_error_line')} AS first_error_line, ${plain('runs.last_error_line')} AS last_error_line
      FROM runs FINAL WHERE tenant = ${p.string(context.tenant)} AND job IN ${p.strings(bars.map(({ job }) => job))}
        AND at IN (SELECT fromUnixTimestamp64Milli(arrayJoin(${p.ints(bars.map(({ at }) => at))}), 'UTC')) AND run IN ${p.strings(bars.map(({ run }) => run))}`
  );
  return new Map(rows.map((row) => [row.key, row]));
}

function columnsOf(row: Shown, detail: Detail | undefined, now: number): unknown[] {
  const { facts, judgement, acknowledged, bars } = row;
  const run = shownBar(row);
  return [
    facts.job,
    facts.type,
    facts.owner,
    judgement.state,
    judgement.reason,
    judgement.since,
    failureRate(facts),
    baselineOf(facts),
    riseOf(facts),
    facts.runs,
    facts.failures,
    facts.streak,
    run?.key ?? '',
    run?.run ?? '',
    run?.at,
    detail?.error_type ?? '',
    detail?.message ?? '',
    detail?.first_error_line ?? '',
    detail?.last_error_line ?? '',
    judgement.state === 'stuck' ? now - facts.open_at : run?.duration_ms,
    facts.usual,
    judgement.state === 'missed' ? facts.first_missed_at : null,
    nextAt(facts, now),
    facts.runbook_url,
    acknowledged !== undefined,
    acknowledged?.by ?? '',
    acknowledged?.until ? Date.parse(acknowledged.until) : null,
    acknowledged?.note ?? '',
    JSON.stringify(bars),
  ];
}

const FIELDS = [
  field.string('job', { displayName: 'Job' }),
  field.string('type', { displayName: 'Type' }),
  field.string('owner', { displayName: 'Owner' }),
  field.string('state', { displayName: 'State' }),
  field.string('reason', { displayName: 'Why' }),
  field.time('since', { displayName: 'Since' }),
  field.share('failure_rate', { displayName: 'Failure rate' }),
  field.share('baseline', { displayName: 'Failure rate before' }),
  field.share('rise', { displayName: 'Rise' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('failures', { displayName: 'Failures' }),
  field.count('streak', { displayName: 'Failed in a row' }),
  field.hidden('key'),
  field.string('run', { displayName: 'Run' }),
  field.time('at', { displayName: 'Time' }),
  field.string('error_type', { displayName: 'Error' }),
  field.string('message', { displayName: 'Message' }),
  field.string('first_error_line', { displayName: 'First error line' }),
  field.string('last_error_line', { displayName: 'Last error line' }),
  field.duration('duration', { displayName: 'Duration' }),
  field.duration('usual', { displayName: 'Usual duration' }),
  field.time('expected_at', { displayName: 'Expected' }),
  field.time('next_at', { displayName: 'Next run' }),
  field.string('runbook_url', { displayName: 'Runbook' }),
  field.boolean('acknowledged', { displayName: 'Acknowledged' }),
  field.string('acknowledged_by', { displayName: 'By' }),
  field.time('acknowledged_until', { displayName: 'Until' }),
  field.string('acknowledged_note', { displayName: 'Note' }),
  field.hidden('strip', { description: 'The last 30 runs, oldest first, as JSON' }),
];
