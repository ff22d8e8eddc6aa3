import { field, frame } from './frames.js';
import { periodsIn, periodStats, type PeriodStats } from './period-stats.js';
import { defineQuestion } from './question.js';

/** Every day of the viewer's calendar in the range, with what its runs say; days without runs are there too. */
export const calendar = defineQuestion({
  name: 'calendar',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const days = periodsIn(context, 'day');
    const stats = await periodStats(context, { ...query, groupBy: [] }, days);
    const known = new Map(stats.map((row) => [row.start, row]));
    const column = <T>(read: (of: PeriodStats | undefined) => T) => days.map(({ start }) => read(known.get(start)));
    return [
      frame({ refId: query.refId, name: 'calendar', fields: FIELDS }, [
        days.map(({ label }) => label),
        days.map(({ start }) => start),
        days.map(({ end }) => end),
        column((of) => of?.runs ?? 0),
        column((of) => of?.succeeded ?? 0),
        column((of) => of?.failures ?? 0),
        column((of) => of?.missed ?? 0),
        column((of) => of?.success_rate ?? null),
        column((of) => of?.total ?? 0),
      ]),
    ];
  },
});

const FIELDS = [
  field.string('date', { displayName: 'Day' }),
  field.time('start', { displayName: 'From' }),
  field.time('end', { displayName: 'To' }),
  field.count('runs', { displayName: 'Runs' }),
  field.count('succeeded', { displayName: 'Succeeded' }),
  field.count('failures', { displayName: 'Failures' }),
  field.count('missed', { displayName: 'Missed' }),
  field.share('success_rate', { displayName: 'Success rate' }),
  field.duration('total', { displayName: 'Execution time' }),
];
