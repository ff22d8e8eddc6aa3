import { moment, sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion } from './question.js';
import { runsPage } from './runs.js';

interface Bar {
  start: number;
  end: number;
  status: string;
  job: string;
  run: string;
  key: string;
  duration: number | null;
}

/** Runs as bars with true start and end; runs of one job that overlap lie in different lanes. */
export const timeline = defineQuestion({
  name: 'timeline',
  fields: {},
  formats: ['table'],
  ask: async (context, query) => {
    const { page } = await runsPage(context, query, query.limit ?? 1000);
    const bars = await context.db.rows<Bar>(
      sql`SELECT toUnixTimestamp64Milli(at) AS start,
          toUnixTimestamp64Milli(if(status IN ('pending', 'running'), greatest(at, ${moment(context.now)}), greatest(at, counted_at))) AS end,
          status, job, run, toString(key) AS key, duration_ms AS duration
        FROM (${page}) ORDER BY job, start, end`
    );
    const lanes = assignLanes(bars);
    const fields = [
      { ...field.time('start'), typeInfo: { frame: 'time.Time' } },
      { ...field.time('end'), typeInfo: { frame: 'time.Time' } },
      field.string('status'),
      field.string('job'),
      field.string('run'),
      field.string('key'),
      field.duration('duration'),
      field.count('lane'),
    ];
    const columns = [
      ...(['start', 'end', 'status', 'job', 'run', 'key', 'duration'] as const).map((name) =>
        bars.map((bar) => bar[name])
      ),
      lanes,
    ];
    return [frame({ refId: query.refId, name: 'timeline', fields }, columns)];
  },
});

/** The lowest lane that is free when a bar starts; bars come sorted by job and start. */
function assignLanes(bars: readonly Bar[]): number[] {
  let job: string | undefined;
  let ends: number[] = [];
  return bars.map((bar) => {
    if (bar.job !== job) {
      job = bar.job;
      ends = [];
    }
    const free = ends.findIndex((end) => end <= bar.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = bar.end;
    return lane;
  });
}
