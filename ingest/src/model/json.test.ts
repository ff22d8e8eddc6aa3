import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExactNumber, parseJson, stringifyJson } from './json.js';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));
/** Any number that JSON can say, as somebody might write it. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 30)).map(([a, b]) => `${a}${b}`)
    ),
    fc.option(digits(1, 30)),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 3)).map((e) => e.join('')))
  )
  .map(
    ([sign, whole, fraction, exponent]) => sign + whole + (fraction === null ? '' : `.${fraction}`) + (exponent ?? '')
  );
const space = fc.constantFrom('', ' ', '\n', '\t');

test('every number comes back as it was written, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(numberText, { minLength: 1, maxLength: 4 }), space, (numbers, gap) => {
      const text = `{"in":[${gap}${numbers.join(`,${gap}`)}${gap}],"of":{"key":${gap}${numbers[0]}${gap}},"text":"${numbers[0]}"}`;
      expect(stringifyJson(parseJson(text))).toBe(text.replaceAll(/[ \n\t]/g, ''));
      expect(stringifyJson(parseJson(numbers[0] ?? ''))).toBe(numbers[0]);
    }),
    { numRuns: 500 }
  );
});

test('anything that JavaScript can hold is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      expect(JSON.parse(stringifyJson(parseJson(text)))).toEqual(JSON.parse(text));
    })
  );
});

test('numbers that fit stay numbers; ids of 21 digits, 1.10 and 1e400 do not pretend to', () => {
  const value = parseJson('{"id":123456789012345678901,"price":1.10,"far":1e400,"n":7,"x":1.5,"big":9007199254740993}');
  expect(value).toEqual({
    id: new ExactNumber('123456789012345678901'),
    price: new ExactNumber('1.10'),
    far: new ExactNumber('1e400'),
    n: 7,
    x: 1.5,
    big: new ExactNumber('9007199254740993'),
  });
  expect(JSON.parse(JSON.stringify(value))).toEqual({
    id: '123456789012345678901',
    price: 1.1,
    far: '1e400',
    n: 7,
    x: 1.5,
    big: '9007199254740993',
  });
});

test('a text that looks like the inside of an exact number stays text', () => {
  const text = JSON.stringify({ a: '\u0000:1.10', b: new ExactNumber('1.10').toString() });
  expect(stringifyJson(parseJson(text))).toBe(text);
});

test('of two values under one key the last counts', () => {
  expect(parseJson('{"a":1.10,"a":2.20}')).toEqual({ a: new ExactNumber('2.20') });
  expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
});

test('a key named __proto__ is a key', () => {
  const text = '{"__proto__":{"x":1.10}}';
  expect(stringifyJson(parseJson(text))).toBe(text);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test.each(['', '{', '[01]', '[1.]', '[+1.10]', '[1.10 2]', '{"a":1.10', '["a\nb",1.10]', '1.10.1', '-', 'nul'])(
  '%j is no JSON',
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  }
);

test('it does not matter how deep or long a text is', () => {
  const deep = `${'['.repeat(200_000)}1.10${']'.repeat(200_000)}`;
  let inner = parseJson(deep);
  while (Array.isArray(inner)) {
    inner = inner[0];
  }
  expect(inner).toEqual(new ExactNumber('1.10'));
  const long = JSON.stringify({ text: 'a "quoted", 1.10, \\ '.repeat(500_000), n: 0 }).replace('"n":0', '"n":1.10');
  expect(parseJson(long)).toMatchObject({ n: new ExactNumber('1.10') });
});
