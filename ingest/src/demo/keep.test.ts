import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DemoHistory } from './keep.js';

const taken: string[] = [];
let onRequest: () => void = () => undefined;
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push(`${request.url?.split('?wait')[0]} ${Buffer.concat(chunks).toString().slice(0, 300)}`);
      onRequest();
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":1}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => server.close());

it('sends the very same history again after it was interrupted', { timeout: 60_000 }, async () => {
  const demo = new DemoHistory(mkdtempSync(join(tmpdir(), 'joblens-demo-')));
  const stopping = new AbortController();
  onRequest = () => taken.length === 45 && stopping.abort();
  await expect(demo.load(url, undefined, stopping.signal)).rejects.toThrow();
  expect(demo.isUnfinished).toBe(true);

  const before = taken.splice(0);
  onRequest = () => undefined;
  const words = await demo.load(url, undefined, new AbortController().signal);
  expect(words).toMatch(/^demo history loaded: 2\d,\d{3} runs, \d{3},\d{3} lines in \d+ s$/);
  expect(demo.isUnfinished).toBe(false);
  expect(before.filter((request) => !taken.includes(request))).toEqual([]);
});
