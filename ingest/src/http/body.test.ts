import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { asLines, Inflight, readBody } from './body.js';
import type { AppEnv } from './context.js';

test('lines are counted alike however a body is cut into pieces', () => {
  const anyText = fc
    .array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', ' '), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(anyText, fc.array(fc.nat(20), { maxLength: 6 }), (text, cuts) => {
      const bytes = Buffer.from(text);
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = at
        .slice(1)
        .map((to, i) => bytes.subarray(at[i], to))
        .filter((chunk) => chunk.length > 0);
      const lines = asLines({ chunks, bytes: bytes.length });
      const whole = Buffer.concat([...lines.chunks]).toString();
      expect(lines.bytes).toBe(Buffer.byteLength(whole));
      expect(whole === text || whole === `${text}\n`).toBe(true);
      expect(lines.rows).toBe(whole.split('\n').length - 1);
      expect(lines.open).toBe(text !== '' && !text.endsWith('\n'));
      expect(lines.filled).toBe(
        whole
          .split('\n')
          .slice(0, -1)
          .filter((line) => line !== '' && line !== '\r').length
      );
    })
  );
});

const app = new Hono<AppEnv>().post('/', async (c) => {
  const { chunks } = await readBody(c, 10_000, new Inflight(100_000));
  return c.text(Buffer.concat(chunks).toString());
});
app.onError((error, c) => c.text(error.message, 400));

/** Sends a body in pieces, as a network does. */
const send = (encoding: string, pieces: readonly Buffer[]) =>
  app.request('/', {
    method: 'POST',
    headers: { 'content-encoding': encoding },
    body: Readable.toWeb(Readable.from(pieces)),
    duplex: 'half',
  } as RequestInit);

test.each([
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['gzip', gzipSync],
] as const)(
  'of a %s body nothing is left out: what follows behind its end is refused, or part of it',
  async (encoding, compress) => {
    const body = compress('first');
    expect(await (await send(encoding, [body])).text()).toBe('first');
    for (const rest of [compress('second'), Buffer.from('garbage')]) {
      for (const pieces of [
        [Buffer.concat([body, rest])],
        [body, rest],
        [body, ...Array.from({ length: 50 }, () => rest)],
      ]) {
        const answer = await send(encoding, pieces);
        const text = await answer.text();
        expect(answer.status === 400 || text.startsWith('firstsecond')).toBe(true);
      }
    }
  }
);
