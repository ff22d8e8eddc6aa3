import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const NOW = Date.now();
const RUN = { job: 'warehouse/customers-replication', run: '1' };
let service: TestService;

beforeAll(async () => {
  service = await startService();
  const records = Array.from({ length: 12 }, (_, i) => ({
    ...RUN,
    phase: 'data',
    outcome: i < 8 ? 'failure' : 'success',
    key: `customers:${i}`,
    message:
      i < 6 ? `duplicate key (id)=(${i * 1000}) of 6c869859-8635-4fad-b809-2fe9ef7a0ee${i}` : 'country is missing',
  }));
  const table = {
    ...RUN,
    phase: 'metadata',
    outcome: 'failure',
    key: 'public.consents',
    message: 'country is missing',
  };
  const log = [
    ['info', 'copying customers'],
    ['error', 'row 17 failed at 2026-11-22T03:00:00Z: commit 791cffe'],
    ['error', '    at copy (/app/copy.ts:17:3)'],
    ['error', 'row 230 failed at 2026-11-22T03:00:05.250+01:00: commit 81a2b3c'],
    ['fatal', "giving up: it's over"],
  ].map(([level, message], i) => ({ ...RUN, seq: i + 1, time: NOW + i, level, message }));
  await call(service.url, 'POST', '/v1/runs?wait=1', {
    ...RUN,
    status: 'failed',
    started_at: NOW - 60_000,
    finished_at: NOW,
  });
  await call(service.url, 'POST', '/v1/records?wait=1', [...records, table]);
  await call(service.url, 'POST', '/v1/lines?wait=1', log);
});
afterAll(() => service.stop());

const errorsOf = async (query: object) =>
  rowsOf((await ask(service.url, { question: 'errors', ...query }, { from: NOW - 3_600_000, to: NOW }))[0]);

test('a run tells what went wrong in it, each kind of message once', async () => {
  expect(await errorsOf(RUN)).toEqual([
    {
      source: 'data',
      message: 'duplicate key (id)=(0) of 6c869859-8635-4fad-b809-2fe9ef7a0ee0',
      count: 6,
      key: 'customers:0',
      line: null,
    },
    { source: 'data', message: 'country is missing', count: 2, key: 'customers:6', line: null },
    { source: 'metadata', message: 'country is missing', count: 1, key: 'public.consents', line: null },
    { source: 'log', message: 'row 17 failed at 2026-11-22T03:00:00Z: commit 791cffe', count: 2, key: '', line: 2 },
    { source: 'log', message: "giving up: it's over", count: 1, key: '', line: 5 },
  ]);
});

test('it wants to know which run', async () => {
  await expect(errorsOf({})).rejects.toThrow('Which run?');
  await expect(errorsOf({ job: RUN.job, run: 'no such' })).rejects.toThrow('no such');
});
