import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinesAnswer, RunAnswer } from '../../ingest/src/model/answer.js';
import { FIELDS, OPERATORS, QUESTIONS } from '../../ingest/src/model/words.js';
import { call, type QueryAnswer } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let paths: Array<{ method: string; path: string }>;
beforeAll(async () => {
  service = await startService();
  const { body } = await call<{ paths: Record<string, object> }>(service.url, 'GET', '/openapi.json');
  paths = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path }))
  );
}, 120_000);
afterAll(() => service.stop(), 60_000);

const RUNS = process.env['JOBLENS_FAULTS'] === 'full' ? 2000 : 80;
/** Text that means something to SQL, JSON, paths, HTTP, HTML, regular expressions or prototypes. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    "'; DROP TABLE runs; --",
    "' OR 1=1 --",
    '{p1:String}',
    '\\',
    "\\'",
    '../../../../etc/passwd',
    '%2e%2e%2f',
    '\u0000',
    '\r\nSet-Cookie: a=b',
    '<script>alert(1)</script>',
    '\u001b[31mred\u001b]0;title\u0007',
    '__proto__',
    'constructor',
    '(a+)+$',
    '(?<=a)b',
    '[',
    '\ud800',
    '🏳️‍🌈',
    '9'.repeat(400),
    '-1',
    'NaN',
    '1e999',
    'x'.repeat(5000)
  )
);
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** Whether an answer is one that a service gives on purpose. */
const isAnswer = (status: number) => status !== 500 && status !== 502;

describe('hostile input is answered, never with a 500', () => {
  test('in bodies of every kind', { timeout: 300_000 }, async () => {
    const targets = paths.filter(
      ({ method, path }) => ['POST', 'PUT', 'PATCH'].includes(method) && !/tokens|replication|retention|slos/.test(path)
    );
    expect(targets.length).toBeGreaterThan(10);
    const body = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      fc.array(json, { maxLength: 5 }).map((values) => values.map((value) => JSON.stringify(value)).join('\n')),
      hostile,
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => gzipSync(bytes).subarray(0, 40)),
      fc.constant('['.repeat(100_000)),
      fc.constant(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
    );
    const event = fc.record(
      {
        job: hostile,
        run: hostile,
        status: hostile,
        time: fc.oneof(hostile, fc.double(), fc.bigInt().map(String)),
        tags: json,
        error: json,
        metadata: json,
        steps: json,
        message: hostile,
        seq: json,
        level: hostile,
      },
      { requiredKeys: ['job'] }
    );
    const sent = fc.oneof(
      body,
      event.map((value) => JSON.stringify(value))
    );
    const encoding = fc.constantFrom(
      {},
      {},
      {},
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'zstd' },
      { 'content-encoding': 'x' },
      { 'content-type': 'text/csv' }
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...targets), sent, encoding, async ({ method, path }, text, headers) => {
        const target = `${path.replaceAll(/\{\w+\}/g, 'fuzz')}?job=fuzz&run=fuzz`;
        const { status } = await call(service.url, method, target, text, headers as Record<string, string>);
        return isAnswer(status);
      }),
      { numRuns: 2 * RUNS }
    );
  });

  test('in every parameter of every call', { timeout: 300_000 }, async () => {
    const names = [
      'job',
      'run',
      'key',
      'q',
      'status',
      'user',
      'type',
      'from',
      'to',
      'limit',
      'cursor',
      'level',
      'from_seq',
      'attempt',
      'phase',
      'outcome',
      'format',
      'after',
      'id',
      'wait',
      'offset',
      'filter',
      'connection',
    ];
    const targets = paths.filter(({ method, path }) => method === 'GET' && !path.endsWith('/tail'));
    const query = fc.array(fc.tuple(fc.constantFrom(...names), hostile), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...targets), query, hostile, async ({ method, path }, pairs, name) => {
        const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(name.toWellFormed()) || 'x');
        const wellFormed = pairs.map(([key, value]) => [key, value.toWellFormed()]);
        const { status } = await call(service.url, method, `${filled}?${new URLSearchParams(wellFormed)}`);
        return isAnswer(status);
      }),
      { numRuns: 3 * RUNS }
    );
  });

  test('in every part of a question', { timeout: 300_000 }, async () => {
    const field = fc.oneof(
      fc.constantFrom(...FIELDS),
      hostile.map((name) => `tag:${name}`),
      hostile
    );
    const query = fc.record(
      {
        question: fc.constantFrom(...QUESTIONS),
        format: fc.oneof(fc.constantFrom('table', 'timeseries', 'numeric'), hostile),
        filters: fc.array(
          fc.record({
            field,
            op: fc.constantFrom(...OPERATORS),
            value: fc.oneof(hostile, fc.array(hostile, { maxLength: 3 })),
          }),
          { maxLength: 3 }
        ),
        groupBy: fc.array(field, { maxLength: 3 }),
        search: hostile,
        key: hostile,
        job: hostile,
        run: hostile,
        cursor: hostile,
        limit: fc.oneof(fc.integer(), fc.double()),
        stats: fc.array(hostile, { maxLength: 2 }),
        field,
      },
      { requiredKeys: ['question'] }
    );
    const range = { from: Date.now() - 3_600_000, to: Date.now() };
    await fc.assert(
      fc.asyncProperty(query, hostile, async (one, timeZone) => {
        const { status, body } = await call<QueryAnswer>(service.url, 'POST', '/v1/query', {
          ...range,
          timeZone,
          queries: [{ refId: 'A', ...one }],
        });
        const answer = body.results?.['A'];
        return isAnswer(status) && (answer === undefined || answer.status === undefined || isAnswer(answer.status));
      }),
      { numRuns: 3 * RUNS }
    );
  });
});

test('any name and any text come back as they were sent', { timeout: 300_000 }, async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
    .filter((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f]/.test(text));
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((value) => value.isWellFormed() && !value.includes('\u0000'));
  await fc.assert(
    fc.asyncProperty(name, name, text, async (job, run, message) => {
      await call(service.url, 'POST', '/v1/runs?wait=1', { job, run, status: 'failed', message });
      await call(service.url, 'POST', '/v1/lines?wait=1', { job, run, message });
      const target = new URLSearchParams({ job, run });
      const { body } = await call<RunAnswer>(service.url, 'GET', `/v1/run?${target}`);
      expect([body.job, body.run, body.message]).toEqual([job, run, message]);
      const lines = await call<LinesAnswer>(service.url, 'GET', `/v1/run/lines?${target}`);
      expect(lines.body.lines.at(-1)?.message).toBe(message);
    }),
    { numRuns: Math.ceil(RUNS / 5) }
  );
});
