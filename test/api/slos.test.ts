import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const NOW = Date.now();
const range = { from: NOW - MINUTE, to: NOW + 60 * MINUTE };
let service: TestService;
const run = (id: string, minutesAgo: number, status: string) => {
  const finished = NOW - minutesAgo * MINUTE;
  return { job: 'export', run: id, status, type: 'dump', started_at: finished - MINUTE, finished_at: finished };
};
const SLOS = {
  slos: [
    {
      id: 'exports',
      name: 'Exports succeed',
      target: 0.9,
      window_days: 7,
      owner: 'data',
      filters: [{ field: 'job', op: '=', value: 'export' }],
    },
    { id: 'dumps', name: 'Dumps', target: 0.9, window_days: 7, filters: [{ field: 'type', op: '=', value: 'dump' }] },
    { id: 'idle', name: 'Idle', target: 0.9, window_days: 7, filters: [{ field: 'job', op: '=', value: 'nobody' }] },
  ],
};
const burn = async (speed: string) =>
  rowsOf((await ask(service.url, { question: 'slo', speed, format: 'numeric' }, range))[0]);

beforeAll(async () => {
  service = await startService();
  const old = Array.from({ length: 18 }, (_, i) => run(`old${i}`, 24 * 60 + i, 'succeeded'));
  const runs = [...old, run('bad1', 20, 'failed'), { ...run('bad2', 10, 'failed'), message: 'the disk is full' }];
  await call(service.url, 'POST', '/v1/runs?wait=1', runs.map((one) => JSON.stringify(one)).join('\n'));
}, 120_000);
afterAll(() => service.stop());

test('objectives are set and read whole; what can’t be one is said', async () => {
  expect((await call(service.url, 'GET', '/v1/slos')).body).toEqual({ slos: [] });
  const wrong = await call(service.url, 'PUT', '/v1/slos', { slos: [{ id: 'a b', name: 'x', target: 99 }] });
  expect(wrong.status).toBe(400);
  expect((await call(service.url, 'PUT', '/v1/slos', SLOS)).status).toBe(200);
  expect((await call(service.url, 'GET', '/v1/slos')).body).toMatchObject(SLOS);
}, 60_000);

test('a budget that is spent, how fast it burns, and that a success ends it', async () => {
  const [row] = rowsOf((await ask(service.url, { question: 'slo' }, range))[0]);
  expect(row).toMatchObject({ id: 'exports', runs: 20, failures: 2, success_rate: 0.9, objective: '90 % over 7 days' });
  expect(row?.['budget']).toBeCloseTo(2);
  expect(row?.['budget_left']).toBeCloseTo(0);
  const [fast] = await burn('fast');
  expect(fast).toMatchObject({ slo: 'exports', job: 'export', owner: 'data', type: 'dump' });
  expect(fast?.['burn']).toBeCloseTo(10);
  expect((await burn('fast')).slice(1)).toMatchObject([
    { slo: 'dumps', job: '', type: 'dump' },
    { slo: 'idle', job: 'nobody', type: '', burn: 0 },
  ]);
  const texts = { question: 'capture', format: 'numeric', of: { question: 'slo', speed: 'fast' } };
  expect(rowsOf((await ask(service.url, texts, range))[0])).toMatchObject([
    { slo: 'exports', run: 'bad2', error_line: 'the disk is full' },
    { slo: 'dumps', run: 'bad2', path: '/a/joblens-history-app/run?job=export&run=bad2' },
    { slo: 'idle', run: '', error_line: '' },
  ]);
  const ok = {
    job: 'export',
    run: 'ok',
    status: 'succeeded',
    started_at: Date.now() - 1000,
    finished_at: Date.now() - 1,
  };
  await call(service.url, 'POST', '/v1/runs?wait=1', ok);
  expect((await burn('fast'))[0]?.['burn']).toBe(0);
}, 60_000);
