import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Accepted, LinesAnswer, Problem } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { ownServices } from '../support/own.js';
import { settled, startService } from '../support/service.js';

const { start, folder } = ownServices();

const line = (message: string) => JSON.stringify({ job: 'keyed', run: 'r', message });
const send = (
  url: string,
  body: string | Uint8Array,
  key: string,
  { path = '/v1/lines', ...headers }: Record<string, string> = {}
) => call<Accepted & Problem>(url, 'POST', path, body, { 'idempotency-key': key, ...headers });
const isReplay = ({ headers }: { headers: Headers }) => headers.get('idempotent-replayed') === 'true';
const messages = async (url: string) => {
  await settled(url);
  const { body } = await call<LinesAnswer>(url, 'GET', '/v1/run/lines?job=keyed&run=r');
  return (body.lines ?? []).map(({ message }) => message);
};

test('a key stands for one request: another one under it is refused, and nothing stored of it', async () => {
  const { url } = await start();
  expect(await send(url, line('first'), 'a')).toMatchObject({ status: 202, body: { accepted: 1 } });
  const other = await send(url, line('another'), 'a');
  expect(other).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('key-reused'), detail: expect.stringContaining('Nothing was stored') },
  });
  const elsewhere = await send(url, line('first'), 'a', { path: '/v1/records' });
  expect(elsewhere.status).toBe(422);
  const raw = { path: '/v1/run/lines?job=keyed&run=raw', 'content-type': 'text/plain' };
  expect((await send(url, 'out', 'raw', raw)).status).toBe(202);
  expect((await send(url, 'out', 'raw', { ...raw, path: '/v1/run/lines?job=keyed&run=other' })).status).toBe(422);
  expect(await messages(url)).toEqual(['first']);
  expect((await call(url, 'GET', '/v1/run?job=keyed&run=other')).status).toBe(404);
});

test('a retry is the same request, however it is compressed and whether it waits', async () => {
  const { url } = await start();
  const first = await send(url, line('once'), 'a');
  const zipped = await send(url, gzipSync(line('once')), 'a', { 'content-encoding': 'gzip' });
  const waiting = await send(url, line('once'), 'a', { path: '/v1/lines?wait=1' });
  expect([zipped, waiting].map(isReplay)).toEqual([true, true]);
  expect(zipped.body).toEqual(first.body);
  const both = await Promise.all(['b one', 'b two'].map((message) => send(url, line(message), 'b')));
  expect(both.map(({ status }) => status).sort()).toEqual([202, 422]);
  expect(await messages(url)).toHaveLength(2);
});

test('also what waits in the spool is known by its request after a crash', async () => {
  const data = folder();
  const env = { CLICKHOUSE_URL: 'http://127.0.0.1:1' };
  const first = await startService({ data, env });
  expect((await send(first.url, line('first'), 'a')).status).toBe(202);
  await first.kill('SIGKILL');
  const { url } = await start({ data });
  expect((await send(url, line('another'), 'a')).status).toBe(422);
  expect(isReplay(await send(url, line('first'), 'a'))).toBe(true);
  expect(await messages(url)).toEqual(['first']);
});

test('and what another service took', async () => {
  const host = await start();
  const { url } = JSON.parse(readFileSync(join(host.data, 'engine.json'), 'utf8')) as { url: string };
  const env = { CLICKHOUSE_URL: url, JOBLENS_DATABASE: 'shared' };
  const [a, b] = [await start({ env }), await start({ env })];
  await send(a.url, line('first'), 'a', { path: '/v1/lines?wait=1' });
  expect((await send(b.url, line('another'), 'a')).status).toBe(422);
  expect(isReplay(await send(b.url, line('first'), 'a'))).toBe(true);
  expect(await messages(b.url)).toEqual(['first']);
});
