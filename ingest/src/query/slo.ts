import { z } from 'zod';
import { jobOf, readSlos, type Slo } from '../schedules/slos.js';
import { DAY_MS, moment, raw, sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { RATED } from './rate.js';
import { runsTable, runsWhere } from './scope.js';
import { numericFrame } from './series.js';

const MINUTE = 60_000;
/** A long window says that it matters, a short one that it still goes on. */
const WINDOWS = { fast: [60 * MINUTE, 5 * MINUTE], slow: [360 * MINUTE, 30 * MINUTE] } as const;

interface Counted {
  runs: number;
  failures: number;
  key: string;
  long_fast: number | null;
  short_fast: number | null;
  long_slow: number | null;
  short_slow: number | null;
}

/** Service level objectives: what is left of their budget, and how fast it burns. */
export const slo = defineQuestion({
  name: 'slo',
  fields: { speed: z.enum(['fast', 'slow']).default('fast') },
  formats: ['table', 'numeric'],
  ask: async (context, query, format) => {
    const slos = await readSlos(context.db, context.tenant);
    const rows = await Promise.all(slos.map(async (of) => ({ of, counted: await count(context, of) })));
    if (format === 'numeric') {
      const burning = rows.flatMap(({ of, counted }) => {
        const burn = burnOf(of, counted, query.speed);
        return burn === null ? [] : [[of.id, of.name, jobOf(of), of.owner, '', burn]];
      });
      return [numericFrame(query.refId, ['slo', 'name', 'job', 'owner', 'type'], field.number('burn'), burning)];
    }
    const columns = rows.map(({ of, counted }) => columnsOf(of, counted));
    return [
      frame(
        { refId: query.refId, name: 'slo', fields: FIELDS },
        FIELDS.map((_, i) => columns.map((row) => row[i] ?? null))
      ),
    ];
  },
});

async function count(context: AskContext, { filters, window_days }: Slo): Promise<Counted> {
  const now = Math.min(context.now, context.to);
  const query = { filters, search: undefined, timeBy: 'finished' } as const;
  const range = { ...context, from: now - window_days * DAY_MS, to: now + 1 };
  const rate = (ms: number) => {
    const within = sql`counted_at >= ${moment(now - ms)}`;
    return sql`if(countIf(${within}) = 0, NULL, countIf(${within} AND status != 'succeeded') / countIf(${within}))`;
  };
  const [row] = await context.db.rows<Counted>(
    sql`SELECT count() AS runs, countIf(status != 'succeeded') AS failures, argMaxIf(toString(key), counted_at, status != 'succeeded') AS key,
        ${rate(WINDOWS.fast[0])} AS long_fast, ${rate(WINDOWS.fast[1])} AS short_fast, ${rate(WINDOWS.slow[0])} AS long_slow, ${rate(WINDOWS.slow[1])} AS short_slow
      FROM ${runsTable(query)} WHERE ${runsWhere(range, query, 'counted')} AND ${raw(RATED)}`
  );
  return row ?? { runs: 0, failures: 0, key: '', long_fast: null, short_fast: null, long_slow: null, short_slow: null };
}

/** How fast the budget goes: 1 spends it in just its window. A short window without runs says nothing. */
function burnOf({ target }: Slo, counted: Counted, speed: 'fast' | 'slow'): number | null {
  const [long, short] =
    speed === 'fast' ? [counted.long_fast, counted.short_fast] : [counted.long_slow, counted.short_slow];
  // Where nothing ran there is nothing to burn; a rule over it stays quiet.
  return counted.runs === 0 ? null : Math.min(long ?? 0, short ?? long ?? 0) / (1 - target);
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
    burnOf(of, counted, 'fast'),
    burnOf(of, counted, 'slow'),
    counted.key,
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
