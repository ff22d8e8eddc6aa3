import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobConfigSchema } from '../model/job.js';
import { lineSchema } from '../model/line.js';
import { recordSchema } from '../model/record.js';
import { runEventSchema } from '../model/run.js';
import { slosSchema } from '../schedules/slos.js';
import { CHARACTERS, ESTATE } from './estate/index.js';
import { type DemoBatch, demoHistory } from './history.js';
import { planRuns } from './plan.js';

const NOW = Date.UTC(2026, 10, 22, 8, 14);
const HOUR = 3600_000;
const DAY = 24 * HOUR;

const runSchema = z.object({
  job: z.string(),
  run: z.string(),
  attempt: z.number().default(1),
  status: z.string(),
  started_at: z.coerce.date().transform(Number),
  finished_at: z.coerce.date().transform(Number).optional(),
  error: z.object({ type: z.string(), message: z.string() }).optional(),
  counts: z.object({ data: z.object({ success: z.number(), failure: z.number() }) }).optional(),
  called_by: z.object({ job: z.string(), run: z.string() }).optional(),
});
type Run = z.infer<typeof runSchema>;
const missedSchema = z.object({
  job: z.string(),
  run: z.string(),
  status: z.literal('missed'),
  queued_at: z.coerce.date(),
});

function hash(batches: Iterable<DemoBatch>): string {
  const all = createHash('sha256');
  for (const { path, body } of batches) {
    all.update(path).update(body);
  }
  return all.digest('hex');
}

function objectsOf(batches: DemoBatch[], path: string): unknown[] {
  return batches
    .filter((batch) => batch.path === path)
    .flatMap(({ body }) => body.trimEnd().split('\n'))
    .map((line): unknown => JSON.parse(line));
}

describe('the demo history', () => {
  let batches: DemoBatch[];
  let runs: Run[];
  let missed: Array<z.infer<typeof missedSchema>>;
  const of = (job: string) => runs.filter((run) => run.job === job);
  const age = (run: Run) => (NOW - run.started_at) / DAY;

  beforeAll(() => {
    batches = [...demoHistory({ seed: 1, now: NOW })];
    const sent = objectsOf(batches, '/v1/runs');
    missed = sent.flatMap((run) => missedSchema.safeParse(run).data ?? []);
    runs = sent.filter((run) => !missedSchema.safeParse(run).success).map((run) => runSchema.parse(run));
  }, 60_000);

  it('is the same to the byte for the same seed and time, and another for another seed', { timeout: 60_000 }, () => {
    const first = hash(batches);
    expect(hash(demoHistory({ seed: 1, now: NOW }))).toBe(first);
    const other = demoHistory({ seed: 2, now: NOW });
    const firstRuns = (some: Iterable<DemoBatch>) => {
      for (const batch of some) {
        if (batch.path === '/v1/runs') {
          return batch.body;
        }
      }
      return undefined;
    };
    expect(firstRuns(other)).not.toBe(firstRuns(batches));
  });

  it('is of the size that was promised: 14 days, at least 28 jobs, about 20,000 runs and 500,000 lines', () => {
    const items = (path: string) =>
      batches.filter((batch) => batch.path === path).reduce((sum, batch) => sum + batch.items, 0);
    expect(ESTATE.length).toBeGreaterThanOrEqual(28);
    expect(items('/v1/lines')).toBeGreaterThan(450_000);
    expect(items('/v1/lines')).toBeLessThan(550_000);
    expect(new Set(runs.map((run) => `${run.job}\n${run.run}`)).size).toBeGreaterThan(18_000);
    expect(items('/v1/runs')).toBeLessThan(23_000);
    expect(items('/v1/records')).toBeGreaterThan(15_000);
    expect(Math.max(...runs.map(age))).toBeLessThanOrEqual(14);
    expect(Math.min(...runs.map(age))).toBeGreaterThanOrEqual(0);
  });

  it('keeps to the contract in every config, run event and record', () => {
    const puts = batches.filter((batch) => batch.method === 'PUT');
    puts.forEach(({ path, body }) => (path === '/v1/slos' ? slosSchema : jobConfigSchema).parse(JSON.parse(body)));
    objectsOf(batches, '/v1/runs').forEach((run) => runEventSchema.parse(run));
    objectsOf(batches, '/v1/records').forEach((record) => recordSchema.parse(record));
  });

  it('keeps to the contract in its lines, and no log runs backwards', () => {
    let before = { log: '', seq: -1, time: 0 };
    // Whole logs, but not every batch: half a million lines through zod take ten seconds.
    const some = batches.filter((batch, index) => batch.path !== '/v1/lines' || index % 4 === 0);
    for (const value of objectsOf(some, '/v1/lines')) {
      const line = lineSchema.parse(value);
      const log = `${line.job}\n${line.run}\n${line.attempt ?? 1}`;
      const [time, seq] = [line.time ?? 0, line.seq ?? -1];
      if (log === before.log && (time < before.time || seq !== before.seq + 1)) {
        expect.fail(`${log}: line ${seq} stands out of order`);
      }
      expect(time <= NOW, `${log}: line ${seq} is of the future`).toBe(true);
      before = { log, seq, time };
    }
  });

  it('gives each run an identity of its own', () => {
    const attempts = runs.map((run) => `${run.job}\n${run.run}\n${run.attempt}`);
    expect(new Set(attempts).size).toBe(attempts.length);
  });

  it('calls only jobs and runs that exist', () => {
    const known = new Set(runs.map((run) => `${run.job}\n${run.run}`));
    const called = runs.filter((run) => run.called_by && age(run) < 13);
    expect(called.length).toBeGreaterThan(20);
    expect(called.filter((run) => !known.has(`${run.called_by?.job}\n${run.called_by?.run}`))).toEqual([]);
  });

  it('has a job that is broken since yesterday, with an error that is new', () => {
    const [old, recent] = [of(CHARACTERS.brokenSinceYesterday), of(CHARACTERS.brokenSinceYesterday)].map((all, index) =>
      all.filter((run) => age(run) < 1.1 === (index === 1))
    );
    expect(recent?.length).toBeGreaterThan(20);
    expect(recent?.every((run) => run.status === 'failed' && run.error?.type === 'UpstreamTimeout')).toBe(true);
    expect(old?.filter((run) => age(run) > 1.2).some((run) => run.error?.type === 'UpstreamTimeout')).toBe(false);
  });

  it('has a job that stopped coming three days ago', () => {
    const ages = of(CHARACTERS.stoppedComing).map(age);
    expect(Math.min(...ages)).toBeGreaterThan(3);
    expect(Math.min(...ages)).toBeLessThan(3.3);
  });

  it('has a run that is stuck far over the usual, and one that runs in good time', () => {
    const open = (job: string) => of(job).find((run) => run.status === 'running');
    expect(NOW - (open(CHARACTERS.stuck)?.started_at ?? NOW)).toBeGreaterThan(3 * HOUR);
    expect(NOW - (open(CHARACTERS.runningNow)?.started_at ?? 0)).toBeLessThan(10 * 60_000);
  });

  it('has a job that slows down steadily', () => {
    const durations = of(CHARACTERS.slowingDown).map((run) => (run.finished_at ?? 0) - run.started_at);
    const mean = (some: number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
    expect(mean(durations.slice(-8))).toBeGreaterThan(1.8 * mean(durations.slice(0, 8)));
  });

  it('has overlapping, retried, timed-out, skipped and cancelled runs, and a job that never ran', () => {
    const overlapping = of(CHARACTERS.overlapping).sort((a, b) => a.started_at - b.started_at);
    const overlaps = overlapping.filter((run, index) => (overlapping[index - 1]?.finished_at ?? 0) > run.started_at);
    expect(overlaps.length).toBeGreaterThan(100);
    const cured = of(CHARACTERS.retried).filter((run) => run.attempt > 1 && run.status === 'succeeded');
    expect(cured.length).toBeGreaterThan(10);
    expect(of(CHARACTERS.timesOut).some((run) => run.status === 'timed_out')).toBe(true);
    expect(of(CHARACTERS.mostlySkipped).filter((run) => run.status === 'skipped').length).toBeGreaterThan(10);
    expect(runs.some((run) => run.status === 'cancelled')).toBe(true);
    expect(of(CHARACTERS.neverRan)).toEqual([]);
  });

  it('tells of every slot that a job missed since it stopped', () => {
    expect(new Set(missed.map(({ job }) => job))).toEqual(new Set(['crm/contacts-refresh']));
    const days = missed.map(({ queued_at: at }) => (NOW - Number(at)) / DAY);
    expect(days.length).toBe(12);
    expect(Math.max(...days)).toBeLessThan(3.1);
    const last = Math.max(...of('crm/contacts-refresh').map((run) => run.started_at));
    expect(missed.every(({ queued_at: at }) => Number(at) > last)).toBe(true);
  });

  it('counts exactly the records that it stores', () => {
    const stored = new Map<string, number>();
    for (const value of objectsOf(batches, '/v1/records')) {
      const record = recordSchema.parse(value);
      const key = `${record.job}\n${record.run}\n${record.phase}\n${record.outcome}`;
      stored.set(key, (stored.get(key) ?? 0) + 1);
    }
    const finished = of(CHARACTERS.withRecords).filter((run) => run.status === 'succeeded');
    for (const run of finished) {
      expect(stored.get(`${run.job}\n${run.run}\ndata\nsuccess`) ?? 0).toBe(run.counts?.data.success);
      expect(stored.get(`${run.job}\n${run.run}\ndata\nfailure`) ?? 0).toBe(run.counts?.data.failure);
    }
  });
});

it('gives each run an identity of its own when clocks change within the two weeks', () => {
  for (const now of [Date.UTC(2026, 2, 31, 9), Date.UTC(2026, 9, 27, 23, 59), Date.UTC(2027, 0, 1)]) {
    for (const spec of ESTATE) {
      const ids = planRuns(spec, 1, now).map((run) => run.telling.run);
      expect(new Set(ids).size, `${spec.job} at ${new Date(now).toISOString()}`).toBe(ids.length);
    }
  }
});
