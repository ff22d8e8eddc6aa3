import fc from 'fast-check';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { zstdDecoder } from './zstd.js';

const MB = 1024 * 1024;
const COMPRESSED = Buffer.from('KLUv/QRYSQEAeyJqb2IiOiJ6aXAiLCJydW4iOiJ6c3RkIiwibWVzc2FnZSI6Im0ifQofUJVQ', 'base64');
const TEXT = '{"job":"zip","run":"zstd","message":"m"}\n';

/** A frame whose blocks repeat one byte so many times each. `window` is the header's byte for it. */
function repeating(blocks: number, times: number, window: number): Buffer {
  const block = (_: unknown, i: number) => {
    const header = Buffer.alloc(3);
    header.writeUIntLE(times * 8 + 2 + Number(i === blocks - 1), 0, 3);
    return Buffer.concat([header, Buffer.from('a')]);
  };
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, window]);
  return Buffer.concat([header, ...Array.from({ length: blocks }, block)]);
}
/** A window of 8 MB. */
const LARGEST = 13 << 3;

/** What comes out, until it is more than the limit, as a body is read. */
async function decode(pieces: readonly Buffer[], limit = MB): Promise<Buffer> {
  const decoder = zstdDecoder(limit);
  const source = Readable.from(pieces, { objectMode: false });
  const out: Buffer[] = [];
  let bytes = 0;
  for await (const piece of source.pipe(decoder)) {
    out.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    if (bytes > limit) {
      break;
    }
  }
  return Buffer.concat(out);
}

test('a body is decoded alike however it is cut, frame after frame', async () => {
  const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const body = Buffer.concat([COMPRESSED, skipped, repeating(2, 1000, 0), COMPRESSED]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(body.length), { maxLength: 8 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), body.length];
      const pieces = at.slice(1).map((to, i) => body.subarray(at[i], to));
      expect((await decode(pieces)).toString()).toBe(TEXT + 'a'.repeat(2000) + TEXT);
    }),
    { numRuns: 50 }
  );
});

test('one that broke off is not taken for the whole', async () => {
  for (let length = 1; length < COMPRESSED.length; length++) {
    await expect(decode([COMPRESSED.subarray(0, length)])).rejects.toThrow();
  }
  await expect(decode([Buffer.from('something else altogether')])).rejects.toThrow('no zstd data');
});

test('a few bytes that would become gigabytes come out no further than is asked for', async () => {
  const bytes = await decode([repeating(16_000, 128 * 1024, LARGEST)]);
  expect(bytes.length).toBe(MB + 128 * 1024);
});

test('one that is made to be slow is refused at once', async () => {
  const begun = performance.now();
  await expect(decode([repeating(100, 1, LARGEST + 1)])).rejects.toThrow('refers back');
  await expect(decode([repeating(100_000, 1, LARGEST)])).rejects.toThrow('too many small blocks');
  expect(performance.now() - begun).toBeLessThan(30_000);
});
