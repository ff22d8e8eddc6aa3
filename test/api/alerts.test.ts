import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
/** In minutes. */
const DAY = 24 * 60;
const NOW = Date.now();
const range = { from: NOW - 24 * 60 * MINUTE, to: NOW + MINUTE };
let service: TestService;

const send = (path: string, body: object) => call(service.url, 'POST', `${path}?wait=1`, body);
const rows = async (query: object) => rowsOf((await ask(service.url, { format: 'numeric', ...query }, range))[0]);
const run = (id: string, status: string, minutesAgo: number, more: object = {}) => ({
  job: 'etl/orders',
  run: id,
  status,
  type: 'etl',
  started_at: NOW - minutesAgo * MINUTE,
  finished_at: NOW - (minutesAgo - 1) * MINUTE,
  ...more,
});
const errors = (id: string, minutesAgo: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    job: 'etl/orders',
    run: id,
    time: NOW - minutesAgo * MINUTE + i,
    level: 'error',
    message: `error ${i + 1} of ${id}`,
  }));

beforeAll(async () => {
  service = await startService();
  await call(service.url, 'PUT', '/v1/job?job=etl%2Forders&wait=1', {
    owner: 'data',
    schedule: '@daily',
    runbook_url: 'https://runbooks/orders',
  });
  await send('/v1/runs', [
    run('1', 'succeeded', 90),
    run('2', 'failed', 60),
    run('3', 'failed', 30),
    { ...run('x', 'succeeded', 20), job: 'calm' },
    ...[21, 14, 7].map((days) => ({ ...run(`w${days}`, 'failed', days * DAY), job: 'weekly' })),
    ...[42, 35, 28, 21, 14].map((days) => ({ ...run(`r${days}`, 'succeeded', days * DAY), job: 'weekly/report' })),
    { ...run('r7', 'succeeded', 7 * DAY), job: 'weekly/report', finished_at: NOW - (7 * DAY - 4) * MINUTE },
  ]);
  await send('/v1/lines', [
    ...errors('2', 60, 2),
    ...errors('3', 30, 3),
    { job: 'calm', run: 'x', time: NOW - 20 * MINUTE, message: 'fine' },
  ]);
  await send('/v1/records', [
    { job: 'etl/orders', run: '3', phase: 'data', outcome: 'failure', key: 'a' },
    { job: 'etl/orders', run: '3', phase: 'data', outcome: 'success', key: 'b' },
  ]);
});
afterAll(() => service.stop());

const LABELS = { job: 'etl/orders', owner: 'data', type: 'etl' };

describe('alert questions', () => {
  test('carry job, owner and type', async () => {
    expect(await rows({ question: 'streak' })).toEqual([
      { job: 'weekly', owner: '', type: 'etl', streak: 3 },
      { ...LABELS, streak: 2 },
      { job: 'calm', owner: '', type: 'etl', streak: 0 },
      { job: 'weekly/report', owner: '', type: 'etl', streak: 0 },
    ]);
    expect(await rows({ question: 'spike', minRuns: 3 })).toEqual([{ ...LABELS, spike: 2 / 3 }]);
  });

  test('a job that runs seldom is judged by its newest runs, whether or not they lie in the range', async () => {
    expect(await rows({ question: 'slow' })).toEqual([{ job: 'weekly/report', owner: '', type: 'etl', slow: 4 }]);
    const [text] = await rows({ question: 'capture', of: { question: 'slow' } });
    expect(text).toMatchObject({ job: 'weekly/report', run: 'r7', value: 4 });
    expect(await rows({ question: 'slow', minRuns: 6 })).toEqual([]);
  });

  test('the type of an overdue job is that of its runs where its config says none', async () => {
    expect(await rows({ question: 'overdue' })).toEqual([{ ...LABELS, overdue: 0 }]);
  });

  test('capture answers each row with the error line of the newest such run, the run and the runbook', async () => {
    const captured = await rows({ question: 'capture', of: { question: 'streak' } });
    expect(captured).toMatchObject([
      { job: 'weekly', run: 'w7', value: 3 },
      {
        ...LABELS,
        error_line: 'error 1 of 3',
        run: '3',
        path: '/a/joblens-history-app/run?job=etl%2Forders&run=3',
        runbook_url: 'https://runbooks/orders',
        value: 2,
      },
      { job: 'calm', error_line: '', run: '', value: 0 },
      { job: 'weekly/report', error_line: '', run: '', value: 0 },
    ]);
    await expect(rows({ question: 'capture', of: { question: 'runs' } })).rejects.toThrow(/query of an alert rule/);
    await expect(rows({ question: 'capture', of: { question: 'capture' } })).rejects.toThrow(/query of an alert rule/);
  });

  test('error lines and failed records count from the last clean success on, and clear with the next', async () => {
    expect(await rows({ question: 'log_errors' })).toEqual([
      { ...LABELS, errors: 5 },
      { job: 'calm', owner: '', type: 'etl', errors: 0 },
    ]);
    expect(await rows({ question: 'records_failed' })).toMatchObject([{ ...LABELS, failed: 1 }, { failed: 0 }]);
    const texts = await rows({ question: 'capture', of: { question: 'records_failed' } });
    expect(texts[0]).toMatchObject({ run: '3', value: 1 });

    await send('/v1/runs', [run('4', 'succeeded', 10)]);
    await send('/v1/lines', [{ job: 'etl/orders', run: '4', time: NOW - 10 * MINUTE, message: 'all well' }]);
    const now = async (question: string) => (await rows({ question })).find((row) => row['job'] === 'etl/orders');
    expect(await now('log_errors')).toMatchObject({ errors: 0 });
    expect(await now('records_failed')).toMatchObject({ failed: 0 });
    expect(await now('streak')).toMatchObject({ streak: 0 });
  });

  test('the service tells its own state', async () => {
    const states = rowsOf((await ask(service.url, { question: 'service', format: 'table' }, range))[0]);
    expect(states.map((state) => state['check'])).toEqual(['lag', 'silent', 'aside', 'waiting', 'rejected', 'jobs']);
    const [silent] = await rows({ question: 'service', check: 'silent' });
    expect(silent).toMatchObject({ check: 'silent' });
    expect(Number(silent?.['value'])).toBeLessThan(60);
    const received = await ask(service.url, { question: 'service', format: 'timeseries' }, range);
    const total = received.map((frame) => [
      frame.schema.name,
      frame.data.values[1]?.reduce<number>((sum, n) => sum + Number(n), 0),
    ]);
    expect(Object.fromEntries(total)).toMatchObject({ lines: 7, records: 2 });
  });

  test('answer for however many jobs, with names as long as they may be', async () => {
    const names = Array.from({ length: 800 }, (_, i) => `${'x'.repeat(500)}/${i}`);
    await send(
      '/v1/runs',
      names.map((job) => ({ ...run('1', 'failed', 5), job }))
    );
    const streaks = await rows({ question: 'streak' });
    expect(streaks.filter(({ job }) => names.includes(String(job)))).toHaveLength(names.length);
    expect(await rows({ question: 'capture', of: { question: 'streak' } })).toHaveLength(streaks.length);
    expect(await rows({ question: 'slow' })).toHaveLength(1);
  });
});
