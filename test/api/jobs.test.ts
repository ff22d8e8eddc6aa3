import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.now();
const range = { from: NOW - 2 * DAY, to: NOW };
let service: TestService;

/** Runs every six hours for four days, the newest an hour ago; `minutes` long, the last two days twice as long. */
const history = (job: string, minutes: number, status: (i: number) => string) =>
  Array.from({ length: 16 }, (_, i) => {
    const started = NOW - HOUR - (15 - i) * 6 * HOUR;
    const took = minutes * (i < 8 ? 1 : 2) * MINUTE;
    return { job, run: `r${i}`, status: status(i), started_at: started, finished_at: started + took, type: 'run type' };
  });

const jobs = async (query: object = {}) => {
  const [frame] = await ask(service.url, { question: 'jobs', ...query }, range);
  return { rows: rowsOf(frame), custom: frame?.schema.meta?.custom };
};
const names = async (query: object) => (await jobs(query)).rows.map((row) => row['job']);

beforeAll(async () => {
  service = await startService();
  const config = (job: string, body: object) =>
    call(service.url, 'PUT', `/v1/jobs/${encodeURIComponent(job)}?wait=1`, body);
  await config('a/fast', {
    owner: 'data',
    type: 'etl',
    tags: { env: 'prod' },
    schedule: '30 3 * * *',
    timezone: 'Europe/Berlin',
    runbook_url: 'https://runbooks.example/fast',
  });
  await config('b/slow', { owner: 'web', tags: { env: 'test' } });
  await config('c/never', { owner: 'data', schedule: 'every 2h', paused: true, name: 'A job that never ran' });
  const runs = [
    ...history('a/fast', 1, () => 'succeeded'),
    ...history('b/slow', 10, (i) => (i === 15 || i === 2 ? 'failed' : 'succeeded')),
  ];
  await call(service.url, 'POST', '/v1/runs?wait=1', runs.map((run) => JSON.stringify(run)).join('\n'));
});
afterAll(() => service.stop());

describe('every job', () => {
  test('with what its runs say, against the period before', async () => {
    const { rows, custom } = await jobs({ sort: 'job' });
    expect(custom).toEqual({ total: 3, next: null });
    const [fast, slow, never] = rows;
    expect(fast).toMatchObject({
      job: 'a/fast',
      type: 'etl',
      owner: 'data',
      last_status: 'succeeded',
      last_at: NOW - HOUR,
      runs: 8,
      failures: 0,
      success_rate: 1,
      p50: 2 * MINUTE,
      p50_before: MINUTE,
      p50_change: 1,
      total: 16 * MINUTE,
      tags: '{"env":"prod"}',
      runbook_url: 'https://runbooks.example/fast',
      schedule: '30 3 * * *',
      timezone: 'Europe/Berlin',
      usual: 'usually every 6 h, 2 min',
    });
    expect(Number(fast?.['next_at'])).toBeGreaterThan(NOW);
    expect(slow).toMatchObject({ type: 'run type', last_status: 'failed', runs: 8, failures: 1, success_rate: 7 / 8 });
    expect(slow).toMatchObject({ success_rate_before: 7 / 8, next_at: null });
    const spark = JSON.parse(String(slow?.['spark'])) as Array<Record<string, unknown>>;
    expect(spark).toHaveLength(16);
    expect(spark.at(-1)).toMatchObject({ run: 'r15', status: 'failed', duration_ms: 20 * MINUTE });
    const trend = JSON.parse(String(fast?.['trend'])) as Array<number | null>;
    expect(trend).toHaveLength(12);
    expect(new Set(trend.filter((value) => value !== null))).toEqual(new Set([2 * MINUTE]));
    expect(never).toMatchObject({
      job: 'c/never',
      owner: 'data',
      last_status: '',
      last_at: null,
      runs: 0,
      paused: true,
    });
    expect(never).toMatchObject({ next_at: null, success_rate: null, usual: '' });
  });

  test.each([
    [{}, ['b/slow', 'a/fast', 'c/never']],
    [{ sort: 'job', descending: true }, ['c/never', 'b/slow', 'a/fast']],
    [{ sort: 'p95' }, ['b/slow', 'a/fast', 'c/never']],
    [{ sort: 'p95', descending: false }, ['a/fast', 'b/slow', 'c/never']],
    [{ sort: 'success_rate' }, ['b/slow', 'a/fast', 'c/never']],
    [{ sort: 'next_at' }, ['a/fast', 'b/slow', 'c/never']],
    [{ sort: 'owner' }, ['a/fast', 'c/never', 'b/slow']],
    [{ state: 'failing' }, ['b/slow']],
    [{ state: 'ok' }, ['a/fast']],
    [{ state: 'never' }, ['c/never']],
    [{ search: 'FAST' }, ['a/fast']],
    [{ search: 'never ran' }, ['c/never']],
    [{ search: 'web' }, ['b/slow']],
    [{ filters: [{ field: 'status', op: '=', value: 'failed' }] }, ['b/slow']],
    [{ filters: [{ field: 'owner', op: '=', value: 'data' }] }, ['a/fast', 'c/never']],
  ])('asked with %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test.each(['job', 'next_at'])('a page at a time, by %s', async (sort) => {
    const first = await jobs({ sort, limit: 2 });
    expect(first.custom).toMatchObject({ total: 3 });
    const second = await jobs({ sort, limit: 2, cursor: first.custom?.['next'] });
    expect(second.custom).toMatchObject({ next: null });
    expect([...first.rows, ...second.rows].map((row) => row['job'])).toEqual(await names({ sort }));
  });

  test('in groups by owner, type or tag', async () => {
    const { rows } = await jobs({ groupBy: ['owner'] });
    expect(rows).toMatchObject([
      { group: 'web', jobs: 1, failing: 1, runs: 8, failures: 1, success_rate: 7 / 8, p50: 20 * MINUTE },
      { group: 'data', jobs: 2, failing: 0, runs: 8, p50: 2 * MINUTE, p50_before: MINUTE, total: 16 * MINUTE },
    ]);
    const byTag = await jobs({ groupBy: ['tag:env'] });
    expect(byTag.rows.map((row) => row['group'])).toEqual(['test', 'prod', '']);
    const byType = await jobs({ groupBy: ['type'] });
    expect(byType.rows.map((row) => row['group']).sort()).toEqual(['', 'etl', 'run type']);
    await expect(jobs({ groupBy: ['status'] })).rejects.toThrow(/one of type, owner and tag/);
  });
});
