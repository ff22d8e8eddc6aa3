import { z } from 'zod';
import { problems } from '../errors.js';
import { groupBy } from '../collections.js';
import type { BaseQuery } from '../model/question.js';
import { dataplane, field, frame, noData, seriesName, type FrameText } from './frames.js';
import { largestGroups, periodsIn, periodStats, type PeriodStats } from './period-stats.js';
import { periodBefore, PERIODS, sameShare, type Period } from './periods.js';
import { defineQuestion, type AskContext } from './question.js';
import { labelOf } from './scope.js';

const MEASURES = ['total', 'mean', 'p50', 'p95', 'runs', 'success_rate'] as const;
type Measure = (typeof MEASURES)[number];
type Asked = BaseQuery & { period: (typeof PERIODS)[number] };

/** One period of one group, and the period before it: of an unfinished one, as much of that as has passed of this. */
interface Row {
  period: Period;
  unfinished: boolean;
  groups: string[];
  now: PeriodStats | undefined;
  before: PeriodStats | undefined;
}

/** Execution time and success by day, week or month of the viewer's calendar, against the period before. */
export const trends = defineQuestion({
  name: 'trends',
  fields: { period: z.enum(PERIODS).default('day'), measure: z.enum(MEASURES).default('total') },
  formats: ['table', 'timeseries'],
  ask: async (context, query, format) => {
    assertGroups(query);
    const periods = periodsIn(context, query.period);
    const rows = await rowsOf(context, query, periods);
    const unfinished = periods.find(({ end }) => end > context.now)?.start ?? null;
    return format === 'timeseries'
      ? asSeries(query, query.measure, rows, unfinished)
      : [asTable(query, rows, { unfinished })];
  },
});

function assertGroups({ groupBy }: BaseQuery): void {
  const unknown = groupBy.find((name) => !(['job', 'type', 'owner'].includes(name) || name.startsWith('tag:')));
  if (unknown) {
    throw problems.badRequest(`groupBy: trends can be grouped by job, type, owner and tag:<name>, not by ${unknown}.`);
  }
}

async function rowsOf(context: AskContext, query: Asked, periods: readonly Period[]): Promise<Row[]> {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) {
    return [];
  }
  const calendar = { kind: query.period, timeZone: context.timeZone, weekStart: context.weekStart ?? '' };
  const range = { ...context, from: first.start, to: last.end };
  const only = largestGroups(range, query, Math.min(query.limit ?? 50, 500));
  const all = [periodBefore(calendar, first), ...periods];
  const open = last.end > context.now ? likeForLike(context, all) : undefined;
  const [whole, partly] = await Promise.all([
    periodStats(context, query, all, only),
    open ? periodStats(context, query, [open], only) : [],
  ]);
  const [known, knownPartly] = [whole, partly].map(
    (stats) => new Map(stats.map((row) => [nameOf(row.start, row.groups), row]))
  );
  const groups = [...groupBy(whole, (row) => nameOf(0, row.groups)).values()].flatMap(([row]) =>
    row ? [row.groups] : []
  );
  return periods.flatMap((period, i) =>
    groups.map((group): Row => {
      const unfinished = open !== undefined && period === last;
      const before = nameOf(all[i]?.start ?? 0, group);
      return {
        period,
        unfinished,
        groups: group,
        now: known?.get(nameOf(period.start, group)),
        before: (unfinished ? knownPartly : known)?.get(before),
      };
    })
  );
}

const nameOf = (start: number, groups: readonly string[]) => JSON.stringify([start, ...groups]);

/** As much of the last period but one as has passed of the last. */
function likeForLike(context: AskContext, periods: readonly Period[]): Period | undefined {
  const [before, current] = periods.slice(-2);
  return before && current ? { ...before, end: sameShare(context.timeZone, current, before, context.now) } : undefined;
}

function asTable(query: BaseQuery, rows: readonly Row[], custom: Record<string, unknown>): FrameText {
  const none = { runs: 0, failures: 0, total: 0 };
  const column = <T>(read: (row: Row) => T) => rows.map(read);
  const both = [
    field.count('runs', { displayName: 'Runs' }),
    field.count('failures', { displayName: 'Failures' }),
    field.share('success_rate', { displayName: 'Success rate' }),
    field.duration('total', { displayName: 'Execution time' }),
    field.duration('mean', { displayName: 'Mean duration' }),
    field.duration('p50'),
    field.duration('p95'),
  ];
  const value = (stats: PeriodStats | undefined, name: string) =>
    ({ ...none, ...stats })[name as 'runs' | 'failures' | 'total'] ?? null;
  const fields = [
    field.time('start', { displayName: 'From' }),
    field.time('end', { displayName: 'To' }),
    field.string('label', { displayName: 'Period' }),
    ...query.groupBy.map((name) => field.group(labelOf(name))),
    field.boolean('unfinished', { displayName: 'Unfinished' }),
    ...both,
    ...both.map((of) => ({
      ...of,
      name: `${of.name}_before`,
      config: { ...of.config, displayName: `${of.config?.displayName ?? of.name} before` },
    })),
  ];
  return frame({ refId: query.refId, name: 'trends', meta: { custom }, fields }, [
    column(({ period }) => period.start),
    column(({ period }) => period.end),
    column(({ period }) => period.label),
    ...query.groupBy.map((_, i) => column(({ groups }) => groups[i] ?? '')),
    column(({ unfinished }) => unfinished),
    ...both.map(({ name }) => column(({ now }) => value(now, name))),
    ...both.map(({ name }) => column(({ before }) => value(before, name))),
  ]);
}

function asSeries(query: BaseQuery, measure: Measure, rows: readonly Row[], unfinished: number | null): FrameText[] {
  const make = {
    runs: field.count,
    success_rate: field.share,
    total: field.duration,
    mean: field.duration,
    p50: field.duration,
    p95: field.duration,
  }[measure];
  const empty = measure === 'runs' || measure === 'total' ? 0 : null;
  const frames = [...groupBy(rows, ({ groups }) => nameOf(0, groups)).values()].map((of) => {
    const labels = Object.fromEntries(query.groupBy.map((name, i) => [labelOf(name), of[0]?.groups[i] ?? '']));
    const name = seriesName(labels, measure);
    const meta = { ...dataplane('timeseries-multi'), custom: { unfinished } };
    const points = of
      .map(({ period, now }): [number, number | null] => [period.start, now?.[measure] ?? empty])
      .filter(([, value]) => value !== null);
    const fields = [
      { ...field.time('time'), typeInfo: { frame: 'time.Time' } },
      { ...make(measure, { displayNameFromDS: name }), labels },
    ];
    return frame({ refId: query.refId, name, meta, fields }, [
      points.map(([time]) => time),
      points.map(([, value]) => value),
    ]);
  });
  return frames.length > 0 ? frames : [noData(query.refId, 'timeseries-multi')];
}
