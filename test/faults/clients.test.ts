import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Accepted, LinesAnswer, Problem, RunAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';
import { FULL } from './ledger.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 120_000);
afterAll(() => service.stop(), 60_000);

const target = () => {
  const { hostname, port } = new URL(service.url);
  return { host: hostname, port: Number(port) };
};
const lines = async (run: string) =>
  (await call<LinesAnswer>(service.url, 'GET', `/v1/run/lines?job=clients&run=${run}&limit=10000`)).body;
const MINUTES = 60_000;

test(
  'who stalls in the middle of a body holds nobody up, and leaves nothing behind',
  { timeout: 2 * MINUTES },
  async () => {
    const stalled = Array.from({ length: 50 }, () => {
      const socket = connect(target());
      socket.on('error', () => undefined);
      socket.write(
        'POST /v1/lines HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n{"job":"clients","run":"stalled","message":"half'
      );
      return socket;
    });
    const good = await call<Accepted>(service.url, 'POST', '/v1/lines?wait=1', {
      job: 'clients',
      run: 'good',
      message: 'whole',
    });
    expect(good.body).toMatchObject({ accepted: 1, stored: 1 });
    stalled.forEach((socket) => socket.destroy());
    await settled(service.url);
    expect((await call(service.url, 'GET', '/v1/run?job=clients&run=stalled')).status).toBe(404);
    expect((await call(service.url, 'GET', '/health/ready')).status).toBe(200);
  }
);

test('ten thousand tiny requests at once are each stored once', { timeout: 4 * MINUTES }, async () => {
  const count = FULL ? 10_000 : 2000;
  const sockets = 200;
  let next = 0;
  await Promise.all(
    Array.from({ length: sockets }, async () => {
      for (let n = next++; n < count; n = next++) {
        const body = { job: 'clients', run: 'tiny', seq: n, message: `tiny ${n}` };
        let status = 0;
        do {
          status = (await call(service.url, 'POST', '/v1/lines', body)).status;
        } while (status === 503);
        expect(status).toBe(202);
      }
    })
  );
  await settled(service.url);
  expect((await call<RunAnswer>(service.url, 'GET', '/v1/run?job=clients&run=tiny')).body.lines).toBe(count);
});

test('a body of a gigabyte is refused while it is being sent, and memory stays', { timeout: 4 * MINUTES }, async () => {
  const before = residentOf(service.pid);
  const status = await new Promise<number | undefined>((resolve) => {
    const sending = request(
      { ...target(), method: 'POST', path: '/v1/lines', headers: { 'content-type': 'application/x-ndjson' } },
      (answer) => {
        resolve(answer.resume().statusCode);
        sending.destroy();
      }
    );
    sending.on('error', () => undefined);
    const piece = Buffer.alloc(
      1 << 20,
      `${JSON.stringify({ job: 'clients', run: 'huge', message: 'x'.repeat(400) })}\n`
    );
    let left = 1024;
    const more = () => {
      while (left-- > 0 && !sending.destroyed) {
        if (!sending.write(piece)) {
          sending.once('drain', more);
          return;
        }
      }
      sending.end();
    };
    more();
  });
  expect(status).toBe(413);
  expect(residentOf(service.pid) - before).toBeLessThan(400e6);
  expect((await call(service.url, 'GET', '/v1/run?job=clients&run=huge')).status).toBe(404);
});

test('50 MB on a single line are one line', { timeout: 4 * MINUTES }, async () => {
  const text = 'y'.repeat(50_000_000);
  const sent = await call<Accepted>(
    service.url,
    'POST',
    '/v1/run/lines?job=clients&run=long&wait=1',
    `before\n${text}\nafter\n`,
    { 'content-type': 'text/plain' }
  );
  expect([200, 202]).toContain(sent.status);
  await settled(service.url);
  const answer = await fetch(`${service.url}/v1/run/lines?job=clients&run=long`, { headers: { accept: 'text/plain' } });
  expect((await answer.text()).length).toBe(text.length + 'before\n\nafter\n'.length);
});

test('a request that was sent again under its key is stored once', { timeout: 2 * MINUTES }, async () => {
  const body = { job: 'clients', run: 'again', message: 'once' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call(service.url, 'POST', '/v1/lines', body, { 'idempotency-key': 'the same' }))
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  await settled(service.url);
  expect((await lines('again')).total).toBe(1);
});

test(
  'clocks: times from the future, from 1970, with nanoseconds and going backwards are kept',
  { timeout: 2 * MINUTES },
  async () => {
    const times = [
      '2099-01-01T00:00:00Z',
      '1970-01-01T00:00:00Z',
      '2026-11-22T03:00:00.123456789Z',
      '2026-11-22T02:59:59Z',
      0,
      'yesterday',
      '9999-12-31T23:59:59Z',
    ];
    await call(
      service.url,
      'POST',
      '/v1/lines?wait=1',
      times.map((time, seq) => ({ job: 'clients', run: 'clocks', seq, time, message: `at ${time}` }))
    );
    const { lines: kept } = await lines('clocks');
    expect(kept.map(({ message }) => message)).toEqual(times.map((time) => `at ${time}`));
    expect(kept.slice(0, 5).map(({ time }) => time)).toEqual([
      '2099-01-01T00:00:00.000Z',
      '1970-01-01T00:00:00.000Z',
      '2026-11-22T03:00:00.123Z',
      '2026-11-22T02:59:59.000Z',
      '1970-01-01T00:00:00.000Z',
    ]);
    const event = {
      job: 'clients',
      run: 'back',
      status: 'succeeded',
      started_at: '2026-11-22T03:00:00Z',
      finished_at: '2026-11-22T02:00:00Z',
    };
    expect((await call(service.url, 'POST', '/v1/runs?wait=1', event)).status).toBe(200);
    expect((await call<RunAnswer>(service.url, 'GET', '/v1/run?job=clients&run=back')).body.duration_ms).toBe(
      -3_600_000
    );
    expect(
      (await call<Problem>(service.url, 'POST', '/v1/runs', { ...event, started_at: '9999-12-31T00:00:00Z' })).status
    ).toBe(400);
  }
);

/** Resident memory of a process in bytes. */
function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
