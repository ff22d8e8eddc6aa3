import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './lines.js';

function split(chunks: Buffer[], maxBytes?: number) {
  const splitter = new LineSplitter(maxBytes);
  return [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
}

describe('LineSplitter', () => {
  it('splits at \\n only and keeps \\r, empty lines and invalid UTF-8', () => {
    const lines = split([Buffer.from('one\r\n\n\xff\xfe\rtwo', 'latin1')]);
    expect(lines.map((line) => line.bytes.toString('latin1'))).toEqual(['one\r', '', '\xff\xfe\rtwo']);
  });

  it('gives the same lines however the bytes were cut into chunks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200), { maxLength: 8 }), (bytes, cuts) => {
        const text = Buffer.from(bytes.map((byte) => (byte % 5 === 0 ? 10 : byte)));
        const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const chunks = at.slice(1).map((end, index) => text.subarray(at[index], end));
        const whole = text.toString('latin1').split('\n');
        const expected = whole.at(-1) === '' ? whole.slice(0, -1) : whole;
        expect(split(chunks).map((line) => line.bytes.toString('latin1'))).toEqual(expected);
      })
    );
  });

  it('cuts long lines into marked pieces, never inside a character', () => {
    const lines = split([Buffer.from('äöü€😀ok\nshort\n')], 6);
    expect(lines.map((line) => [line.bytes.toString(), line.continued])).toEqual([
      ['äöü', false],
      ['€', true],
      ['😀ok', true],
      ['short', false],
    ]);
  });
});
