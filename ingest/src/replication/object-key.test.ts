import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeId, encodeId, shortForm } from './id-form.js';
import { objectKey, readObjectKey, type FileName } from './object-key.js';

const EXAMPLE: FileName = { user: '5234', job: '234', run: '100', at: Date.UTC(2018, 4, 21), outcome: 'succeeded' };

/** Ids as people choose them, and as they try to break things with. */
const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
  fc.string({ unit: fc.constantFrom('0', '1', '00', '9'), minLength: 1, maxLength: 30 }),
  fc.uuid(),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('.', '..', '/', '../', '-', '_', '%2e', '_2f', '__', 'a', '1', '\\', ' ', '日', '\u200b'),
    minLength: 1,
    maxLength: 20,
  })
);

test("the document's own example, to the letter", () => {
  expect(objectKey(EXAMPLE)).toBe(
    '5234/jobs/234/20180521/000/000/000/000/000/000/100/5234-234-100-20180521000000-succeeded.json'
  );
  expect(
    objectKey(
      { ...EXAMPLE, run: '123456789012345678901', at: Date.UTC(2026, 10, 22, 3, 4, 5, 678), outcome: 'failed' },
      'archive/'
    )
  ).toBe(
    'archive/5234/jobs/234/20261122/123/456/789/012/345/678/901/5234-234-123456789012345678901-20261122030405-failed.json'
  );
});

describe('an id that is no number of up to 21 digits', () => {
  test.each([
    ['nightly/export', 'nightly_2fexport'],
    ['2026-11-22', '2026_2d11_2d22'],
    ['..', '_2e_2e'],
    ['007', '_3007'],
    ['1234567890123456789012', '_31234567890123456789012'],
    ['_', '_5f'],
    ['é', '_c3_a9'],
    ['0', '0'],
    ['-1', '_2d1'],
  ])('%s is written %s', (given, form) => {
    expect(encodeId(given)).toBe(form);
    expect(decodeId(form)).toBe(given);
  });

  test('has a form that can be read back, is no other’s, and leads nowhere', () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(decodeId(encodeId(a))).toBe(a);
        expect(encodeId(a) === encodeId(b)).toBe(a === b);
        expect(encodeId(a)).toMatch(/^[A-Za-z0-9_]+$/);
        expect(encodeId(a)).not.toBe(shortForm(b));
      }),
      { numRuns: 2000 }
    );
  });

  test('is read from nothing but its own form', () => {
    for (const text of ['', '..', 'a-b', '_2F', '_61', '_', '__ab', shortForm('x'), 'é', '007', '_30'.repeat(2)]) {
      expect(decodeId(text), text).toBeUndefined();
    }
  });
});

describe('a key', () => {
  const name = fc.record({
    user: id,
    job: id,
    run: id,
    at: fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2299, 0) }).map((ms) => ms - (((ms % 1000) + 1000) % 1000)),
    outcome: fc.constantFrom('succeeded' as const, 'failed' as const),
  });

  test('says whose it is, is no other’s, and stays where it belongs', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const key = objectKey(a, 'some/where/');
        expect(key.length).toBeLessThanOrEqual(1024);
        expect(key).toMatch(
          /^some\/where\/[A-Za-z0-9_]+\/jobs\/[A-Za-z0-9_]+\/\d{8}\/[A-Za-z0-9_/]+\/[A-Za-z0-9_-]+\.json$/
        );
        expect(key).not.toContain('//');
        if (!key.includes('__')) {
          expect(readObjectKey(key)).toEqual(a);
        }
        expect(objectKey(b, 'some/where/') === key).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 1000 }
    );
  });

  test('fits, however long the ids are', () => {
    const long = { ...EXAMPLE, job: '日'.repeat(512), run: '本'.repeat(512) };
    expect(objectKey(long, 'p/').length).toBeLessThanOrEqual(1024);
    expect(objectKey(long)).not.toBe(objectKey({ ...long, job: `${'日'.repeat(511)}x` }));
    expect(readObjectKey(objectKey({ ...EXAMPLE, run: 'x'.repeat(300) }))?.run).toBe('x'.repeat(300));
  });

  test.each([
    'readme.json',
    '5234-234-100-20180521-succeeded.json',
    'a/b',
    '5234-234-100-20180521000000-cancelled.json',
  ])('that is none is read as none: %s', (text) => expect(readObjectKey(text)).toBeUndefined());
});
