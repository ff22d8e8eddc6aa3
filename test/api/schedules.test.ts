import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const patient = { timeout: 60_000, interval: 250 };
const range = { from: Date.now() - 60 * MINUTE, to: Date.now() + 60 * MINUTE };
let service: TestService;

const put = (job: string, config: object) => call(service.url, 'PUT', `/v1/jobs/${job}?wait=1`, config);
const send = (run: object) => call(service.url, 'POST', '/v1/runs?wait=1', run);
const runs = async (job: string) =>
  rowsOf(
    (await ask(service.url, { question: 'runs', filters: [{ field: 'job', op: '=', value: job }] }, range))[0]
  ).filter((row) => row['run'] !== '');
const statuses = async (job: string) => (await runs(job)).map((row) => row['status']);

beforeAll(async () => {
  service = await startService({ env: { JOBLENS_SWEEP_MS: '300' } });
}, 120_000);
afterAll(() => service.stop());

describe('a slot that nobody keeps', () => {
  test('becomes one missed run, made from the slot, which a late start resolves', async () => {
    const started = Date.now() - 3000;
    await put('hourly', { schedule: 'every 5s', grace: '1s', created_at: started });
    await send({ job: 'hourly', run: 'first', status: 'succeeded', started_at: started, finished_at: started + 10 });
    await expect.poll(() => statuses('hourly'), patient).toContain('missed');
    const [missed] = (await runs('hourly')).filter((row) => row['status'] === 'missed').slice(-1);
    const slot = Number(missed?.['at']);
    expect((slot - started) % 5000).toBe(0);
    expect(missed?.['run']).toBe(`slot-${new Date(slot).toISOString()}`);
    const [overdue] = rowsOf((await ask(service.url, { question: 'overdue', kind: 'missed' }, range))[0]);
    expect(overdue?.['overdue']).toBeGreaterThan(0);
    // Nothing is expected of a paused job; then the late run comes.
    await put('hourly', { schedule: 'every 5s', grace: '1s', paused: true });
    await send({
      job: 'hourly',
      run: 'late',
      status: 'succeeded',
      started_at: slot + 2000,
      finished_at: slot + 2010,
    });
    await expect
      .poll(async () => (await runs('hourly')).map((row) => row['run']), patient)
      .not.toContain(missed?.['run']);
  }, 90_000);

  test('a job that keeps its schedule misses nothing', async () => {
    const started = Date.now();
    await put('kept', { schedule: 'every 60m', grace: '1s', created_at: started - MINUTE });
    await send({ job: 'kept', run: 'one', status: 'succeeded', started_at: started, finished_at: started + 5 });
    await put('paused', { schedule: 'every 1s', grace: '1s', paused: true });
    await put('other', { schedule: 'every 2s', grace: '1s' });
    await expect.poll(() => statuses('other'), patient).toContain('missed');
    expect(await statuses('kept')).toEqual(['succeeded']);
    expect(await statuses('paused')).toEqual([]);
  }, 90_000);
});

test('an open run past its limit is timed out, and a later finish corrects it', async () => {
  const started = Date.now();
  await put('long', { max_runtime: '2s' });
  await send({ job: 'long', run: 'r', status: 'running', started_at: started });
  await expect.poll(() => statuses('long'), patient).toEqual(['timed_out']);
  const [timedOut] = await runs('long');
  expect(timedOut).toMatchObject({ finished_at: started + 2000, message: 'ran longer than 2 s, its limit' });
  await send({ job: 'long', run: 'r', status: 'succeeded', finished_at: started + 5000 });
  expect(await runs('long')).toMatchObject([{ status: 'succeeded', duration: 5000, message: '' }]);
}, 90_000);
