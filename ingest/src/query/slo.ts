import { z } from 'zod';
import { jobOf, onlyValue, readSlos, type Slo } from '../schedules/slos.js';
import { DAY_MS, moment, raw, sql, type RunId, type Sql } from '../storage/sql.js';
import { field, frame, type FrameText } from './frames.js';
import { jobLabels } from './job-numbers.js';
import { defineQuestion, type AskContext } from './question.js';
import { RATED } from './rate.js';
import { runsTable, runsWhere } from './scope.js';
import { numericFrame } from './series.js';

const MINUTE = 60_000;
/** A long window says that it matters, a short one that it still goes on. */
const WINDOWS = { fast: [60 * MINUTE, 5 * MINUTE], slow: [360 * MINUTE, 30 * MINUTE] } as const;
type Speed = keyof typeof WINDOWS;

interface Counted {
  runs: number;
  failures: number;
  /** The key of the newest failed run, empty where none failed. */
  newest: string;
  /** Failure rates within the windows; null where nothing ran. */
  long_fast: number | null;
  short_fast: number | null;
  long_slow: number | null;
  short_slow: number | null;
}

const NOTHING: Counted = {
  runs: 0,
  failures: 0,
  newest: '',
  long_fast: null,
  short_fast: null,
  long_slow: null,
  short_slow: null,
};

/** Service level objectives: what is left of their budget, and how fast it burns. */
export const slo = defineQuestion({
  name: 'slo',
  fields: { speed: z.enum(['fast', 'slow']).default('fast') },
  formats: ['table', 'numeric'],
  ask: async (context, query, format) => {
    const slos = await readSlos(context.db, context.tenant);
    if (format === 'numeric') {
      return [await burning(context, query.refId, slos, query.speed)];
    }
    const columns = await Promise.all(
      slos.map(async (of) => columnsOf(of, await count(context, of, of.window_days * DAY_MS)))
    );
    return [
      frame(
        { refId: query.refId, name: 'slo', fields: FIELDS },
        FIELDS.map((_, i) => columns.map((row) => row[i] ?? null))
      ),
    ];
  },
});

/** How fast each budget burns; 0 where nothing ran lately, so that a rule over it stays quiet. */
async function burning(context: AskContext, refId: string, slos: readonly Slo[], speed: Speed): Promise<FrameText> {
  const [jobs, burns] = await Promise.all([
    jobLabels(context, slos.map(jobOf).filter(Boolean)),
    Promise.all(slos.map(async (of) => burnOf(of, await count(context, of, WINDOWS[speed][0]), speed))),
  ]);
  const rows = slos.map((of, i) => {
    const job = jobs.get(jobOf(of));
    const owner = of.owner || job?.owner || onlyValue(of, 'owner');
    return [of.id, of.name, jobOf(of), owner, job?.type || onlyValue(of, 'type'), burns[i]];
  });
  return numericFrame(refId, ['slo', 'name', 'job', 'owner', 'type'], field.number('burn'), rows);
}

/** The newest failed run of each objective that has one, by the objective's id. */
export async function newestFailures(context: AskContext): Promise<Map<string, RunId>> {
  const slos = await readSlos(context.db, context.tenant);
  const found = await Promise.all(slos.map(async (of) => ({ id: of.id, run: await newestFailure(context, of) })));
  return new Map(found.flatMap(({ id, run }) => (run ? [[id, run]] : [])));
}

/** What makes a budget burn is recent; the whole of its window is read only where nothing is. */
async function newestFailure(context: AskContext, of: Slo): Promise<RunId | undefined> {
  for (const ms of [WINDOWS.slow[0], of.window_days * DAY_MS]) {
    const [run] = await context.db.rows<RunId>(
      sql`SELECT job, run FROM ${ratedRuns(context, of, ms)} AND status != 'succeeded' ORDER BY counted_at DESC, job, run LIMIT 1`
    );
    if (run) {
      return run;
    }
  }
  return undefined;
}

/** Until when an objective is looked at: what a range says beyond now is no part of it. */
const endOf = ({ now, to }: AskContext) => Math.min(now, to);

/** An objective's rated runs of the last `ms` milliseconds: a table and its condition. */
function ratedRuns(context: AskContext, { filters }: Slo, ms: number): Sql {
  const query = { filters, search: undefined, timeBy: 'finished' } as const;
  const range = { ...context, from: endOf(context) - ms, to: endOf(context) + 1 };
  return sql`${runsTable(query)} WHERE ${runsWhere(range, query, 'counted')} AND ${raw(RATED)}`;
}

/** What the rated runs of the last `ms` milliseconds say. */
async function count(context: AskContext, of: Slo, ms: number): Promise<Counted> {
  const rate = (ms: number) => {
    const within = sql`counted_at >= ${moment(endOf(context) - ms)}`;
    return sql`if(countIf(${within}) = 0, NULL, countIf(${within} AND status != 'succeeded') / countIf(${within}))`;
  };
  const [row] = await context.db.rows<Counted>(
    sql`SELECT count() AS runs, countIf(status != 'succeeded') AS failures,
        argMaxIf(toString(key), counted_at, status != 'succeeded') AS newest,
        ${rate(WINDOWS.fast[0])} AS long_fast, ${rate(WINDOWS.fast[1])} AS short_fast, ${rate(WINDOWS.slow[0])} AS long_slow, ${rate(WINDOWS.slow[1])} AS short_slow
      FROM ${ratedRuns(context, of, ms)}`
  );
  return row ?? NOTHING;
}

/** How fast the budget goes: 1 spends it in just its window. A short window without runs says nothing. */
function burnOf({ target }: Slo, counted: Counted, speed: Speed): number {
  const [long, short] =
    speed === 'fast' ? [counted.long_fast, counted.short_fast] : [counted.long_slow, counted.short_slow];
  return Math.min(long ?? 0, short ?? long ?? 0) / (1 - target);
}

function columnsOf(of: Slo, counted: Counted): unknown[] {
  const budget = counted.runs * (1 - of.target);
  return [
    of.id,
    of.name,
    of.owner,
    `${Math.round(of.target * 100_000) / 1000} % over ${of.window_days} days`,
    of.target,
    of.window_days,
    counted.runs,
    counted.failures,
    counted.runs === 0 ? null : 1 - counted.failures / counted.runs,
    budget,
    counted.runs === 0 ? 1 : 1 - counted.failures / budget,
    counted.runs === 0 ? null : burnOf(of, counted, 'fast'),
    counted.runs === 0 ? null : burnOf(of, counted, 'slow'),
    counted.newest,
    JSON.stringify(of.filters),
  ];
}

const FIELDS = [
  field.string('id'),
  field.string('name', { displayName: 'Objective' }),
  field.string('owner', { displayName: 'Owner' }),
  field.string('objective', { displayName: 'Target' }),
  field.share('target'),
  field.count('window_days', { unit: 'd' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('failures', { displayName: 'Failures' }),
  field.share('success_rate', { displayName: 'Success rate' }),
  field.number('budget', { displayName: 'Budget' }),
  field.share('budget_left', { displayName: 'Budget left' }),
  field.number('burn_fast', { displayName: 'Burn rate, fast' }),
  field.number('burn_slow', { displayName: 'Burn rate, slow' }),
  field.string('key'),
  field.string('filters', { description: 'As JSON' }),
];
