import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.js';

test('errors of one kind share a fingerprint, whatever their times, numbers, ids and colours', () => {
  const a = fingerprint(
    'Timeout',
    '\u001b[31m2026-11-22T03:10:09Z request 6c869859-8635-4fad-b809-2fe9ef7a0ee7 took 30 s, commit 9f2c1ab3'
  );
  const b = fingerprint(
    'Timeout',
    '2026-11-23 04:11:10.5 request 00000000-8635-4fad-b809-2fe9ef7a0ee7 took 7 s, commit 1a2b3c4d'
  );
  expect(a).toBe(b);
  expect(fingerprint('Other', 'took 7 s')).not.toBe(fingerprint('Timeout', 'took 7 s'));
  expect(fingerprint('', 'disk full')).not.toBe(fingerprint('', 'disk gone'));
});
