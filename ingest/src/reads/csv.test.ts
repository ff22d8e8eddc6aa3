import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvLine } from './csv.js';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("http://evil","x")', '"\'=HYPERLINK(""http://evil"",""x"")"'],
  ['+49 30 1234', "'+49 30 1234"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['-5', '-5'],
  ['-5.25', '-5.25'],
  ['a=b', 'a=b'],
])('%j becomes %j', (text, expected) => {
  expect(csvLine([text])).toBe(`${expected}\r\n`);
});

test('every other reader of CSV gets back what was written, but for the apostrophe', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '=', '-', 'a') })
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (cells) => {
      const [read] = parse(csvLine(cells), { relaxQuotes: false }) as string[][];
      expect(read?.map((got, i) => got === cells[i] || got === `'${cells[i]}`)).toEqual(cells.map(() => true));
      expect(read?.some((got) => /^\s*[=+@]/.test(got))).toBe(false);
    })
  );
});
