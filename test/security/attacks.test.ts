import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem, RunAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 120_000);
afterAll(() => service.stop(), 60_000);

/** What every object of JavaScript has, and no list of words. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

describe('a word that every object knows is none of ours', () => {
  test.each(INHERITED)('as another system’s status: %s', { timeout: 60_000 }, async (word) => {
    const sent = {
      workato: { id: word, flow_id: 'words', status: word },
      basiq: { id: word, jobType: 'words', status: word, steps: [{ title: 'a', status: word }] },
      harperdb: { id: word, type: 'words', status: word },
    };
    const jobs = { workato: 'words', basiq: 'basiq/words', harperdb: 'harperdb/words' };
    for (const [system, body] of Object.entries(sent)) {
      expect((await call(service.url, 'POST', `/v1/receive/${system}?wait=1`, body)).status).toBe(200);
      const target = new URLSearchParams({ job: jobs[system as keyof typeof jobs], run: word });
      const run = await call<RunAnswer>(service.url, 'GET', `/v1/run?${target}`);
      expect([system, run.body.status, run.body.status_text]).toEqual([system, 'unknown', word]);
    }
  });

  test.each(INHERITED)('as a role: %s', async (role) => {
    const as = { 'x-joblens-role': role };
    expect((await call(service.url, 'GET', '/v1/runs', undefined, as)).status).toBe(200);
    expect((await call(service.url, 'PATCH', '/v1/run?job=a&run=b', { note: 'x' }, as)).status).toBe(403);
  });
});

test('no answer is taken for what it is not, or used by another site', async () => {
  for (const path of ['/', '/v1/runs', '/v1/nothing', '/v1/run/lines?job=none&run=none', '/openapi.json', '/metrics']) {
    const { headers } = await fetch(service.url + path);
    const of = ['x-content-type-options', 'referrer-policy', 'cross-origin-resource-policy'];
    expect([path, ...of.map((name) => headers.get(name))]).toEqual([path, 'nosniff', 'no-referrer', 'same-origin']);
  }
});

test('millions of items in one small body are refused before they are looked at', { timeout: 120_000 }, async () => {
  const objects = Array.from({ length: 700_000 }, () => '{}');
  const nested = `{"job":"a","metadata":{"a":[${'[],'.repeat(6_000_000)}[]]}}`;
  for (const body of [objects.join('\n'), `[${objects.join(',')}]`, nested, `\n\n${nested}`]) {
    for (const path of ['/v1/runs', '/v1/steps', '/v1/receive/workato']) {
      const { status, body: problem } = await call<Problem>(service.url, 'POST', path, body);
      expect([path, status, problem.detail]).toEqual([path, 413, expect.stringContaining('smaller pieces')]);
    }
  }
});

test('who asks for long logs and does not read them keeps nobody from reading', { timeout: 120_000 }, async () => {
  const log = '/v1/run/lines?job=long&run=1';
  const line = `${'x'.repeat(200)}\n`;
  const sent = await call(service.url, 'POST', `${log}&wait=1`, line.repeat(100_000), { 'content-type': 'text/plain' });
  expect(sent.body).toMatchObject({ stored: 100_000 });
  const { hostname, port } = new URL(service.url);
  const slow = Array.from({ length: 12 }, () => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(`GET ${log} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/plain\r\n\r\n`);
    // It takes what fits into its buffer, and no more.
    return socket.on('readable', () => undefined);
  });
  const answered = () => slow.filter((socket) => socket.readableLength > 0).length;
  await expect.poll(answered, { timeout: 30_000 }).toBeGreaterThan(1);
  const runs = await fetch(`${service.url}/v1/runs`, { signal: AbortSignal.timeout(30_000) });
  expect(runs.status).toBe(200);
  slow.forEach((socket) => socket.destroy());
  const read = await fetch(service.url + log, { headers: { accept: 'text/plain' } });
  expect((await read.text()).length).toBe(line.length * 100_000);
});

describe('what is no request is told so', () => {
  /** The whole answer to these bytes, until the service ends the connection. */
  const answerTo = (bytes: string) => {
    const { hostname, port } = new URL(service.url);
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    return text(socket);
  };

  test.each([
    ['an address that is too long', `GET /v1/runs?q=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`, 431],
    ['a header that is too long', `GET /v1/runs HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n', 400],
    [
      'two lengths',
      'POST /v1/runs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello',
      400,
    ],
    [
      'a length and chunks',
      'POST /v1/runs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('%s', async (_, bytes, status) => {
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.any(String) });
  });
});
