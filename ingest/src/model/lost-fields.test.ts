import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lostFields } from './lost-fields.js';

test.each([
  ['{"a":1,"b":2}', []],
  ['{"a":1,"a":2}', [[0, 'a']]],
  ['{"a":{"__proto__":{}},"b":"__proto__"}', [[0, '__proto__']]],
  ['{"a":{"x":1},"b":{"x":1}}', []],
  ['{"a":[{"x":1},{"x":1,"x":2}]}', [[0, 'x']]],
  [
    '[{"a":1},{"a":1,"b":"a","b":2},{"c":[1,2,{"d":1}],"e":0},{"f":1,"f":1}]',
    [
      [1, 'b'],
      [3, 'f'],
    ],
  ],
  ['{"a":"\\"a\\":1,\\\\","b":"{\\"a\\":2,\\"a\\":3}"}', []],
  ['{"a":1,"\\u0061":2}', [[0, 'a']]],
  ['[[{"a":1},{"a":1}],{"a":1,"a":2}]', [[1, 'a']]],
])('%s has %j', (text, expected) => {
  const named = [...lostFields(text)].map(([item, why]) => [item, /"(.*)"/.exec(why)?.[1]]);
  expect(named).toEqual(expected);
});

test('what JSON.stringify writes has none, whatever stands in it', () => {
  const text = fc.json().filter((json) => !json.includes('__proto__'));
  fc.assert(fc.property(text, (json) => lostFields(json).size === 0));
});
