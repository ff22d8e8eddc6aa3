import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobsAnswer, Problem } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const jobs = async () =>
  (await call<JobsAnswer>(service.url, 'GET', '/v1/jobs?limit=1000')).body.jobs.map(({ job }) => job);
const send = (method: string, path: string, body: string | object | Uint8Array, type = 'application/json') =>
  call<Problem & { quarantined?: number }>(service.url, method, path, body, { 'content-type': type });

/** Every way in by which a job gets its name. */
const WAYS: ReadonlyArray<[string, (job: string, run: string) => Promise<{ status: number }>]> = [
  ['run events', (job, run) => send('POST', '/v1/runs?wait=1', { job, run })],
  ['steps', (job, run) => send('POST', '/v1/steps?wait=1', { job, run, step: 's' })],
  ['lines', (job, run) => send('POST', '/v1/lines?wait=1', { job, run, message: 'm' })],
  ['an array of lines', (job, run) => send('POST', '/v1/lines?wait=1', [{ job, run, message: 'm' }])],
  [
    'lines that are mended',
    (job, run) =>
      send(
        'POST',
        '/v1/lines?wait=1',
        `{"job":${JSON.stringify(job)},"run":"${run}","message":"m","n":${'9'.repeat(30)}}`
      ),
  ],
  [
    'records',
    (job, run) => send('POST', '/v1/records?wait=1', { job, run, phase: 'data', outcome: 'success', key: 'k' }),
  ],
  [
    'raw output',
    (job, run) => send('POST', `/v1/run/lines?wait=1&${new URLSearchParams({ job, run })}`, 'm', 'text/plain'),
  ],
  ['a config', (job) => send('PUT', `/v1/job?wait=1&${new URLSearchParams({ job })}`, {})],
];

describe.each(WAYS)('by %s', (way, named) => {
  test('a job is called anything but control characters', async () => {
    const bad = ['\u0001', '\u001f', '\u007f', '\u0080', '\u0085', '\u009f'].map((character) => `${way} ${character}`);
    const good = ['\u00a0', '\u00bf', 'é', '\u2028', '…', '漢'].map((character) => `${way} ${character}`);
    for (const job of [...bad, ...good]) {
      await named(job, 'r');
    }
    expect((await jobs()).filter((job) => job.startsWith(`${way} `)).sort()).toEqual(good.sort());
  });
});

describe('bytes that are no UTF-8', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');

  test('in one item refuse that item, and no other', async () => {
    const event = (run: string, message: string) => JSON.stringify({ job: 'mixed', run, message });
    const items = [event('a', 'fine'), event('b', 'caf\u00e9'), event('c', 'fine')];
    for (const body of [items.join('\n'), `[${items.join(',')}]`]) {
      const { status, body: answer } = await send('POST', '/v1/runs', latin1(body));
      expect({ status, answer }).toMatchObject({
        status: 202,
        answer: { accepted: 2, ids: ['a', 'c'], rejected: [{ index: 1, message: expect.stringContaining('UTF-8') }] },
      });
    }
  });

  test.each([
    ['POST', '/v1/runs', '{"job":"caf\u00e9"}'],
    ['POST', '/v1/steps', '{"job":"caf","run":"r","step":"\u00e9"}'],
    ['POST', '/v1/receive/workato', '{"id":1,"title":"caf\u00e9"}'],
    ['POST', '/v1/lines', '[{"job":"caf","run":"r","message":"\u00e9"}]'],
    ['PUT', '/v1/jobs/caf', '{"owner":"\u00e9"}'],
    ['POST', '/v1/query', '{"from":0,"to":1,"queries":[{"question":"runs","search":"\u00e9"}]}'],
  ])('%s %s refuses them with words', async (method, path, body) => {
    const answer = await send(method, path, latin1(body));
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('UTF-8') } });
  });

  test('in a line of NDJSON go to quarantine with it', async () => {
    const { body } = await send('POST', '/v1/lines?wait=1', latin1('{"job":"caf","run":"r","message":"\u00e9"}'));
    expect(body.quarantined).toBe(1);
  });
});
