import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AppEnv } from './context.js';
import { answerInPieces } from './stream.js';

const PIECE = 'a line of a file\n'.repeat(10_000);

async function* pieces(n: number, fails: boolean): AsyncGenerator<string> {
  for (let i = 0; i < n; i++) {
    yield PIECE;
  }
  if (fails) {
    throw new Error('the engine went away');
  }
}

const app = new Hono<AppEnv>()
  .get('/whole', (c) => answerInPieces(c, pieces(20, false)))
  .get('/half', (c) => answerInPieces(c, pieces(20, true)))
  .get('/none', (c) => answerInPieces(c, pieces(0, true)))
  .onError((error, c) => c.text(error.message, 503));
const server = createAdaptorServer({ fetch: app.fetch });
let url: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('a whole answer arrives whole', async () => {
  expect(await (await fetch(`${url}/whole`)).text()).toBe(PIECE.repeat(20));
});

test('one that breaks off does not look whole', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await expect(fetch(`${url}/half`).then((answer) => answer.text())).rejects.toThrow();
  log.mockRestore();
});

test('one that can not begin says why', async () => {
  const answer = await fetch(`${url}/none`);
  expect([answer.status, await answer.text()]).toEqual([503, 'the engine went away']);
});
