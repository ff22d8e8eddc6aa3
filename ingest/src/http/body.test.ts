import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asLines } from './body.js';

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
