import { moment, sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion } from './question.js';
import { listPage } from './runs.js';

/** Runs as bars with true start and end; runs of one job that overlap lie in different lanes. */
export const timeline = defineQuestion({
  name: 'timeline',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const now = moment(context.now);
    const bars = await listPage(
      context,
      query,
      query.limit ?? 1000,
      sql`toUnixTimestamp64Milli(at) AS start,
        toUnixTimestamp64Milli(if(status IN ('pending', 'running'), greatest(at, ${now}), greatest(at, counted_at))) AS end,
        status, job, run, toString(key) AS key, duration_ms AS duration`,
      (page) => sql`SELECT * FROM (${page}) ORDER BY job, start, end`
    );
    const [starts = [], ends = [], , jobs = []] = bars;
    const lanes = assignLanes(jobs as string[], starts as number[], ends as number[]);
    return [frame({ refId: query.refId, name: 'timeline', fields: FIELDS }, bars.length > 0 ? [...bars, lanes] : [])];
  },
});

const FIELDS = [
  { ...field.time('start'), typeInfo: { frame: 'time.Time' } },
  { ...field.time('end'), typeInfo: { frame: 'time.Time' } },
  field.string('status'),
  field.string('job'),
  field.string('run'),
  field.string('key'),
  field.duration('duration'),
  field.count('lane'),
];

/** The lowest lane that is free when a bar starts; bars come sorted by job and start. */
function assignLanes(jobs: readonly string[], starts: readonly number[], ends: readonly number[]): number[] {
  let taken: number[] = [];
  return starts.map((start, i) => {
    if (jobs[i] !== jobs[i - 1]) {
      taken = [];
    }
    const free = taken.findIndex((end) => end <= start);
    const lane = free === -1 ? taken.length : free;
    taken[lane] = ends[i] ?? start;
    return lane;
  });
}
