import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accepted, Problem, RunsAnswer } from '../../ingest/src/model/answer.js';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService({ env: { JOBLENS_MAX_JOBS: '5' } });
}, 120_000);
afterAll(() => service.stop());

const run = (job: string) => ({ job, run: 'r', status: 'succeeded' });
const line = (job: string, message = 'x') => ({ job, run: 'r', message });
const jobs = async () =>
  (await call<RunsAnswer>(service.url, 'GET', '/v1/runs')).body.runs.map(({ job }) => job).sort();
const told = async () =>
  rowsOf((await ask(service.url, { question: 'service', check: 'jobs' }, { from: 0, to: Date.now() }))[0])[0];
const patient = { timeout: 60_000, interval: 200 };

test('a tenant gets no new jobs past its limit, is told before, and goes on with those it has', async () => {
  const { url } = service;
  await call(url, 'POST', '/v1/runs?wait=1', ['a', 'b', 'c'].map(run));
  await call(url, 'POST', '/v1/lines?wait=1', line('d'));
  await expect.poll(told, patient).toMatchObject({ value: 4, message: 'Of 5 that there may be: the limit is near' });
  await call(url, 'PUT', '/v1/jobs/e?wait=1', { owner: 'ops' });
  await expect.poll(told, patient).toMatchObject({ value: 5, message: 'Of 5 that there may be: new ones are refused' });
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
    /^joblens_jobs\{tenant="default"\} 5\njoblens_jobs_limit|^joblens_jobs\{tenant="default"\} 5$/m
  );

  const refused = await call<Problem>(url, 'POST', '/v1/runs', [run('a'), run('f')]);
  expect(refused).toMatchObject({
    status: 403,
    body: { detail: expect.stringMatching(/"f" is new.*JOBLENS_MAX_JOBS/) as string },
  });
  expect((await call(url, 'PUT', '/v1/jobs/f', {})).status).toBe(403);
  const raw = { 'content-type': 'text/plain' };
  expect((await call(url, 'POST', '/v1/jobs/f/runs/r/lines', 'text\n', raw)).status).toBe(403);

  const mixed = await call<Accepted>(url, 'POST', '/v1/lines?wait=1', [line('d', 'kept'), line('f'), line('g')]);
  expect(mixed.body).toMatchObject({ stored: 1, quarantined: 2 });
  const { rejected } = (await call<{ rejected: Array<{ reason: string }> }>(url, 'GET', '/v1/rejected')).body;
  expect(rejected[0]?.reason).toMatch(/as many jobs as there may be/);
  expect((await call(url, 'POST', '/v1/runs?wait=1', run('e'))).status).toBe(200);
  expect(await jobs()).toEqual(['a', 'b', 'c', 'd', 'e']);

  // What is purged makes room.
  await call(url, 'DELETE', '/v1/jobs/a');
  await expect.poll(async () => (await call(url, 'POST', '/v1/runs?wait=1', run('f'))).status, patient).toBe(200);
}, 120_000);
