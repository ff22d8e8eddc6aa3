import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATUSES } from './common.js';
import { RANK, toRunEvent, toStepEvent, type RunEvent } from './event.js';
import { mergeRun } from './merge.js';
import { runEventSchema } from './run.js';
import { stepEventSchema } from './step.js';

const T = Date.UTC(2026, 10, 22, 3);
const event = (fields: object, receivedAt = T): RunEvent =>
  toRunEvent(runEventSchema.parse({ job: 'j', run: 'r', ...fields }), 'r', receivedAt);
const step = (fields: object): RunEvent => toStepEvent(stepEventSchema.parse({ job: 'j', run: 'r', ...fields }), T);

/** What a scheduler, an agent and a person really send of one run, over two attempts. */
const LIFE: RunEvent[] = [
  event({ status: 'pending', queued_at: T, title: 'Nightly export', type: 'export', tags: { env: 'prod' } }),
  event({ status: 'running', started_at: T + 1000, user: 'svc-etl', metadata: { host: 'a1' } }),
  event({ time: T + 5000, message: 'half-way', metadata: { progress: 50 } }),
  step({ step: 'extract', status: 'running', started_at: T + 1100 }),
  step({ step: 'extract', status: 'succeeded', finished_at: T + 4000 }),
  step({ step: 'load', status: 'failed', started_at: T + 4000, finished_at: T + 9000, error: 'duplicate key' }),
  event({
    status: 'failed',
    finished_at: T + 9000,
    message: '2 of 350 failed',
    error: { type: 'UniqueViolation', message: 'duplicate key' },
  }),
  event({ attempt: 2, status: 'running', started_at: T + 20_000 }),
  event({
    attempt: 2,
    status: 'succeeded',
    finished_at: T + 26_000,
    message: '350 of 350',
    counts: { data: { success: 350, failure: 0 } },
  }),
  event({ time: T + 60_000, tags: { reviewed: 'yes' }, source: { connection: 'halden' } }),
];

describe('any order, any number of times, the same state', () => {
  const expected = mergeRun(LIFE);

  test('the state says what happened', () => {
    expect(expected).toMatchObject({
      attempt: 2,
      status: 'succeeded',
      at: T + 20_000,
      counted_at: T + 26_000,
      title: 'Nightly export',
      user: 'svc-etl',
      message: '350 of 350',
      error: null,
      tags: { env: 'prod', reviewed: 'yes' },
      metadata: { host: 'a1', progress: 50 },
      attempts: [
        { attempt: 1, status: 'failed', duration_ms: 8000, message: '2 of 350 failed' },
        { attempt: 2, status: 'succeeded', duration_ms: 6000 },
      ],
    });
  });

  test('of a real life, shuffled and repeated', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(LIFE, { minLength: LIFE.length }),
        fc.array(fc.constantFrom(...LIFE), { maxLength: 20 }),
        (order, again) => {
          expect(mergeRun([...again, ...order, ...again])).toEqual(expected);
        }
      )
    );
  });

  test('of any events', () => {
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
    const moment = fc.integer({ min: T, max: T + 5 });
    const anyEvent = fc
      .record({
        attempt: maybe(fc.integer({ min: 1, max: 3 })),
        status: maybe(fc.constantFrom(...STATUSES)),
        time: maybe(moment),
        started_at: maybe(moment),
        finished_at: maybe(moment),
        message: maybe(fc.string({ maxLength: 3 })),
        metadata: maybe(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.integer())),
        steps: maybe(
          fc.array(
            fc.record({
              step: fc.constantFrom('x', 'y'),
              status: maybe(fc.constantFrom(...STATUSES)),
              started_at: maybe(moment),
            }),
            { maxLength: 2 }
          )
        ),
      })
      .map((fields) => event(fields));
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (events, dice) => {
        const shuffled = [...events, ...events]
          .map((one) => ({ one, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(mergeRun(shuffled)).toEqual(mergeRun(events));
      })
    );
  });

  test('a repetition received later does not move the event', () => {
    const first = event({ message: 'first' }, T);
    const second = event({ message: 'second' }, T + 1000);
    const repeated = event({ message: 'first' }, T + 2000);
    expect(mergeRun([repeated, second, first]).message).toBe('second');
  });
});

test('a run that says every second for days that it lives is merged like any other', () => {
  const begun = event({ status: 'running', started_at: T });
  const alive = Array.from({ length: 200_000 }, (_, n): RunEvent => ({
    ...begun,
    time: T + n * 1000,
    hash: String(n),
    body: { metadata: { beat: n } },
  }));
  const run = mergeRun([...alive, begun, event({ status: 'succeeded', finished_at: T + 200_000_000 })]);
  expect(run).toMatchObject({ status: 'succeeded', at: T, events: 200_002, metadata: { beat: 199_999 } });
});

describe('status rules', () => {
  test('a late start does not open a finished run again; a higher attempt does', () => {
    const finished = event({ status: 'failed', finished_at: T });
    expect(mergeRun([finished, event({ status: 'running', time: T + 99_000 })]).status).toBe('failed');
    expect(mergeRun([finished, event({ status: 'running', attempt: 2, time: T - 99_000 })]).status).toBe('running');
  });

  test('what the service concludes yields to what was reported, and that to an operator', () => {
    const concluded = toRunEvent(
      runEventSchema.parse({ job: 'j', status: 'timed_out', time: T + 5000 }),
      'r',
      T,
      RANK.byService
    );
    const reported = event({ status: 'succeeded', finished_at: T });
    const operated = toRunEvent(
      runEventSchema.parse({ job: 'j', status: 'cancelled', time: T - 5000 }),
      'r',
      T,
      RANK.byOperator
    );
    expect(mergeRun([concluded]).status).toBe('timed_out');
    expect(mergeRun([reported, concluded]).status).toBe('succeeded');
    expect(mergeRun([operated, concluded, reported]).status).toBe('cancelled');
  });

  test.each([
    [{ queued_at: T }, 'pending'],
    [{ queued_at: T, started_at: T }, 'running'],
    [{ started_at: T }, 'running'],
    [{ finished_at: T }, 'unknown'],
    [{ title: 'x' }, 'running'],
  ])('without a word for it, %j means %s', (fields, status) => {
    expect(mergeRun([event(fields)]).status).toBe(status);
  });

  test('objects merge by top-level key; absent and null change nothing', () => {
    const run = mergeRun([
      event({ time: T, metadata: { a: 1, b: { x: 1 } }, title: 'kept' }),
      event({ time: T + 1, metadata: { a: null, b: { y: 2 } }, title: null }),
    ]);
    expect(run).toMatchObject({ title: 'kept', metadata: { a: 1, b: { y: 2 } } });
  });

  test('a hostile key harms nothing', () => {
    const run = mergeRun([
      event(JSON.parse('{"metadata":{"__proto__":{"polluted":1}},"constructor":{"x":1}}') as object),
    ]);
    expect(run.metadata).toEqual({ constructor: { x: 1 } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
