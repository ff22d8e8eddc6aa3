import { describe, expect, it } from 'vitest';
import { lineSchema } from '../model/line.js';
import { runEventSchema } from '../model/run.js';
import { ESTATE } from './estate/index.js';
import { beginnings, endings, type Happening } from './life.js';
import { planRuns } from './plan.js';

const BEGUN = Date.UTC(2026, 10, 25, 8, 14);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const sent = (happenings: readonly Happening[], path: string) =>
  happenings.flatMap(({ at, sends }) =>
    sends
      .filter((send) => send.path === path)
      .flatMap(({ body }) => body.trimEnd().split('\n'))
      .map((text) => ({ at, value: JSON.parse(text) as unknown }))
  );
const events = (happenings: readonly Happening[]) =>
  sent(happenings, '/v1/runs').map(({ at, value }) => ({ at, event: runEventSchema.parse(value) }));

describe('the demo after its history', () => {
  const day = beginnings(BEGUN, BEGUN, BEGUN + DAY);

  it('goes on: each run begins at its time, and ends at its own', () => {
    const all = events(day);
    expect(all.length).toBeGreaterThan(1000);
    for (const { at, event } of all) {
      expect(at).toBe(event.finished_at ?? event.started_at);
    }
    const begun = all.filter(({ event }) => event.status === 'running');
    const ended = new Map(
      all
        .filter(({ event }) => event.status !== 'running')
        .map((one) => [`${one.event.job}\n${one.event.run}\n${one.event.attempt}`, one])
    );
    expect(begun.length).toBe(ended.size);
    for (const { at, event } of begun) {
      expect(ended.get(`${event.job}\n${event.run}\n${event.attempt}`)?.at).toBeGreaterThanOrEqual(at);
    }
    sent(day, '/v1/lines')
      .slice(0, 500)
      .forEach(({ value }) => lineSchema.parse(value));
  });

  it('keeps every schedule but those of the jobs that stopped and of the one that is stuck', () => {
    const jobs = new Set(day.map(({ job }) => job));
    const regular = ESTATE.filter(({ rhythm }) => rhythm && 'every' in rhythm && rhythm.every <= 60);
    for (const { job, stoppedDaysAgo, open } of regular) {
      expect([job, jobs.has(job)]).toEqual([job, stoppedDaysAgo === undefined && !open]);
    }
  });

  it('has no run of the history again', () => {
    const before = new Set(
      ESTATE.flatMap((spec) => planRuns(spec, 20_261, BEGUN)).map(({ spec, telling }) => `${spec.job}\n${telling.run}`)
    );
    const again = events(day).filter(({ event }) => before.has(`${event.job}\n${event.run}`));
    expect(again.map(({ event }) => event.job).filter((job) => !isDaily(job))).toEqual([]);
  });

  it('ends what was running', () => {
    const open = ESTATE.filter((spec) => !spec.open).flatMap((spec) =>
      planRuns(spec, 20_261, BEGUN).filter(({ attempts }) => attempts.at(-1)?.status === 'running')
    );
    expect(open.length).toBeGreaterThan(0);
    const ended = events(endings(BEGUN));
    expect(ended.map(({ event }) => event.run).sort()).toEqual(open.map(({ telling }) => telling.run).sort());
    ended.forEach(({ at, event }) => {
      expect(at).toBeGreaterThan(BEGUN);
      expect(event.status).not.toBe('running');
    });
  });
});

/** Runs of these are named by their day. */
const isDaily = (job: string) => ESTATE.some((spec) => spec.job === job && spec.ids === 'date');
