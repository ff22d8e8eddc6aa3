import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);
let service: TestService;

const run = (job: string, id: string, finished: number, minutes: number, more: object = {}) => ({
  job,
  run: id,
  status: 'succeeded',
  started_at: finished - minutes * MINUTE,
  finished_at: finished,
  ...more,
});

/** The last week of winter time in Berlin and the first day of summer time: an hour's run at every hour. */
const SPRING = { from: at('2026-03-27T23:00:00Z'), to: at('2026-03-29T21:59:59Z') };
const spring = Array.from({ length: 47 }, (_, i) => run('hourly', `h${i}`, SPRING.from + i * HOUR + 30 * MINUTE, 10));

/** Today so far and yesterday, minute by minute: ten minutes took one job's runs yesterday, twenty today. */
const NOW = Date.now();
const midnight = Math.floor(NOW / DAY) * DAY;
const passed = NOW - midnight;
const share = (n: number) => Math.floor((passed / 11) * n);
const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((n) => [
  run('worse', `y${n}`, midnight - DAY + share(n), 10, { tags: { team: 'a' } }),
  run('worse', `t${n}`, midnight + share(n), 20, { tags: { team: 'a' } }),
  run('better', `y${n}`, midnight - DAY + share(n), 30, { tags: { team: 'b' } }),
  run('better', `t${n}`, midnight + share(n), 15, { tags: { team: 'b' }, ...(n > 5 ? { status: 'failed' } : {}) }),
]);
/** What came yesterday after this time of the day is not compared with a day that is not over. */
const later = run('worse', 'later', midnight - DAY + passed + (DAY - passed) / 2, 500, { tags: { team: 'a' } });

const asked = async (query: object, range: { from: number; to: number }, more: object = {}) => {
  const { body } = await call<{
    results: Record<string, { frames: Array<Parameters<typeof rowsOf>[0]>; error?: string }>;
  }>(service.url, 'POST', '/v1/query', { ...range, ...more, queries: [{ refId: 'A', ...query }] });
  const frames = body.results['A']?.frames;
  if (!frames) {
    throw new Error(body.results['A']?.error);
  }
  return frames;
};
const rows = async (query: object, range: { from: number; to: number }, more: object = {}) =>
  rowsOf((await asked(query, range, more))[0]);

beforeAll(async () => {
  service = await startService();
  await call(service.url, 'PUT', '/v1/jobs/worse?wait=1', { owner: 'data' });
  const runs = [...spring, ...days, later];
  await call(service.url, 'POST', '/v1/runs?wait=1', runs.map((one) => JSON.stringify(one)).join('\n'));
});
afterAll(() => service.stop());

describe('trends by the viewer’s calendar', () => {
  test('a day of 23 hours holds 23 hourly runs', async () => {
    const found = await rows({ question: 'trends' }, SPRING, { timeZone: 'Europe/Berlin' });
    expect(found.map((row) => [row['label'], row['runs'], row['total'], row['unfinished']])).toEqual([
      ['2026-03-28', 24, 240 * MINUTE, false],
      ['2026-03-29', 23, 230 * MINUTE, false],
    ]);
    expect(found[1]).toMatchObject({ runs_before: 24, p50: 10 * MINUTE, p50_before: 10 * MINUTE, success_rate: 1 });
    const inKolkata = await rows({ question: 'trends' }, SPRING, { timeZone: 'Asia/Kolkata' });
    expect(inKolkata.map((row) => [row['label'], row['runs']])).toEqual([
      ['2026-03-28', 19],
      ['2026-03-29', 24],
      ['2026-03-30', 4],
    ]);
  });

  test('a query may say the time zone itself, as Grafana tells a data source’s backend none', async () => {
    const found = await rows({ question: 'trends', timeZone: 'Asia/Kolkata' }, SPRING, { timeZone: 'Europe/Berlin' });
    expect(found.map((row) => row['runs'])).toEqual([19, 24, 4]);
    await expect(rows({ question: 'trends', timeZone: 'Mars/Olympus' }, SPRING)).rejects.toThrow(/not a time zone/);
  });

  test('weeks begin on the viewer’s day, months are whole', async () => {
    const week = async (weekStart: string) =>
      (await rows({ question: 'trends', period: 'week' }, SPRING, { timeZone: 'Europe/Berlin', weekStart })).map(
        (row) => [row['label'], row['runs']]
      );
    expect(await week('monday')).toEqual([['2026-W13', 47]]);
    expect(await week('sunday')).toEqual([
      ['week of 2026-03-22', 24],
      ['week of 2026-03-29', 23],
    ]);
    const [month] = await rows({ question: 'trends', period: 'month' }, SPRING, { timeZone: 'Europe/Berlin' });
    expect(month).toMatchObject({ label: '2026-03', runs: 47, runs_before: 0, p50_before: null });
  });

  test('a day that is not over is compared with as much of the day before', async () => {
    const found = await rows(
      { question: 'trends', groupBy: ['job'] },
      { from: midnight - DAY, to: NOW },
      { timeZone: 'UTC' }
    );
    const of = (job: string, i: number) => found.filter((row) => row['job'] === job)[i];
    expect(of('worse', 0)).toMatchObject({ unfinished: false, runs: 11, total: 600 * MINUTE });
    expect(of('worse', 1)).toMatchObject({
      unfinished: true,
      runs: 10,
      p50: 20 * MINUTE,
      runs_before: 10,
      p50_before: 10 * MINUTE,
      total_before: 100 * MINUTE,
    });
    expect(of('better', 1)).toMatchObject({ success_rate: 0.5, success_rate_before: 1, failures: 5 });
  });

  test('by owner and tag, the largest groups only, and as series', async () => {
    const range = { from: midnight - DAY, to: NOW };
    const byTag = await rows({ question: 'trends', groupBy: ['tag:team'], limit: 1 }, range);
    expect(new Set(byTag.map((row) => row['team']))).toEqual(new Set(['a']));
    const byOwner = await rows({ question: 'trends', groupBy: ['owner'] }, range);
    expect(byOwner.find((row) => row['owner'] === 'data')).toMatchObject({ total: 600 * MINUTE });
    const series = await asked({ question: 'trends', groupBy: ['job'], format: 'timeseries', measure: 'runs' }, range);
    const [frame] = series.filter((one) => one?.schema.name === 'worse');
    expect(frame?.data.values).toEqual([
      [midnight - DAY, midnight],
      [11, 10],
    ]);
    expect(frame?.schema.meta?.custom).toEqual({ unfinished: midnight });
  });

  test('a group without a value is called so, over time and in a table', async () => {
    const range = { from: midnight - DAY, to: NOW };
    const query = { question: 'trends', groupBy: ['owner'] };
    const series = await asked({ ...query, format: 'timeseries', measure: 'runs' }, range);
    expect(series.map((one) => one?.schema.fields[1]?.config?.['displayNameFromDS']).sort()).toEqual([
      '(none)',
      'data',
    ]);
    const [table] = await asked(query, range);
    expect(table?.schema.fields.find(({ name }) => name === 'owner')?.config?.['mappings']).toEqual([
      { type: 'value', options: { '': { text: '(none)', index: 0 } } },
    ]);
  });

  test('what can’t be answered is said', async () => {
    await expect(rows({ question: 'trends' }, { from: 0, to: NOW })).rejects.toThrow(/more than 400 days/);
    await expect(rows({ question: 'trends', groupBy: ['status'] }, SPRING)).rejects.toThrow(/not by status/);
  });
});

test('the biggest changes against the time before', async () => {
  const today = { from: midnight, to: midnight + DAY };
  const worse = await rows({ question: 'changes' }, today);
  expect(worse).toMatchObject([{ job: 'worse', now: 20 * MINUTE, change: 1, runs: 10 }]);
  const better = await rows({ question: 'changes', direction: 'better', groupBy: ['tag:team'] }, today);
  expect(better).toMatchObject([{ team: 'b', now: 15 * MINUTE, before: 30 * MINUTE, change: -0.5, runs: 5 }]);
  const rate = await rows({ question: 'changes', measure: 'success_rate', direction: 'worse' }, today);
  expect(rate).toMatchObject([{ job: 'better', now: 0.5, before: 1, change: -0.5 }]);
  expect(await rows({ question: 'changes', minRuns: 50 }, today)).toEqual([]);
  const [frame] = await asked({ question: 'changes' }, today);
  expect(frame?.schema.meta?.custom).toEqual({ oldest: spring[0]!.started_at });
});

test('the calendar shows every day, empty ones too', async () => {
  const range = { from: SPRING.from - DAY, to: SPRING.to };
  const found = await rows({ question: 'calendar', filters: [{ field: 'job', op: '=', value: 'hourly' }] }, range, {
    timeZone: 'Europe/Berlin',
  });
  expect(found.map((row) => [row['date'], row['runs'], row['success_rate']])).toEqual([
    ['2026-03-27', 0, null],
    ['2026-03-28', 24, 1],
    ['2026-03-29', 23, 1],
  ]);
});
