import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  Accepted,
  JobAnswer,
  LinesAnswer,
  Problem,
  RecordsAnswer,
  RunAnswer,
  RunsAnswer,
} from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
const get = <T>(path: string, headers?: Record<string, string>) =>
  call<T>(service.url, 'GET', path, undefined, headers);
const post = <T = Accepted>(path: string, body: string | object | Uint8Array, headers?: Record<string, string>) =>
  call<T>(service.url, 'POST', path, body, headers);
const at = (job: string, run: string) => `/v1/run?${new URLSearchParams({ job, run })}`;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('run events', () => {
  test('one object, an array and NDJSON are taken; a run without an id gets one', async () => {
    const one = await post('/v1/runs?wait=1', { job: 'forms', run: 'one', status: 'succeeded' });
    expect(one).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: [], ids: ['one'], stored: 1, quarantined: 0 },
    });
    const array = await post('/v1/runs', [
      { job: 'forms', run: 'two' },
      { job: 'forms', run: 'three' },
    ]);
    expect(array).toMatchObject({ status: 202, body: { accepted: 2, ids: ['two', 'three'] } });
    const ndjson = await post('/v1/runs?wait=1', '{"job":"forms"}\n\n{"job":"forms","run":4}\n');
    expect(ndjson.body.accepted).toBe(2);
    expect(ndjson.body.ids?.[0]).toMatch(/^[0-9a-f-]{36}$/);
    const printed = await post('/v1/runs?wait=1', JSON.stringify({ job: 'forms', run: 'printed' }, null, 2));
    expect(printed.body.accepted).toBe(1);
    const { body } = await get<RunsAnswer>('/v1/runs?job=forms');
    expect(body.runs.map((run) => run.run).sort()).toEqual(
      ['4', 'one', 'printed', 'three', 'two', ndjson.body.ids?.[0]].sort()
    );
  });

  test('a bad item is named by index, path and what was expected, and harms no other', async () => {
    const { status, body } = await post('/v1/runs?wait=1', [
      { job: 'mixed', run: 'good', status: 'failed' },
      { job: 'mixed', run: 'bad', status: 'exploded' },
      { run: 'no job' },
      { job: 'mixed', started_at: 'yesterday' },
      'not an object',
    ]);
    expect(status).toBe(200);
    expect(body.accepted).toBe(1);
    expect(body.rejected).toEqual([
      { index: 1, path: 'status', message: expect.stringContaining('succeeded') },
      { index: 2, path: 'job', message: expect.any(String) },
      { index: 3, path: 'started_at', message: expect.stringContaining('RFC 3339') },
      { index: 4, path: '', message: expect.stringContaining('object') },
    ]);
    const nothing = await post<Problem>('/v1/runs', [{ run: 'x' }]);
    expect(nothing.status).toBe(400);
    expect(nothing.headers.get('content-type')).toContain('application/problem+json');
    expect(nothing.body.errors).toEqual([{ index: 0, path: 'job', message: expect.any(String) }]);
  });

  test('everything that was sent can be read back, unknown fields in metadata', async () => {
    await post('/v1/runs?wait=1', {
      job: 'whole',
      run: 'r',
      attempt: 1,
      status: 'failed',
      status_text: 'ERR',
      queued_at: '2026-11-22T02:59:00Z',
      started_at: '2026-11-22T03:00:00.5+00:00',
      finished_at: Date.UTC(2026, 10, 22, 3, 10),
      title: 'Whole',
      type: 'export',
      user: 'svc',
      message: '2 of 350 failed',
      error: { type: 'Timeout', message: 'upstream took 30 s', step: '3' },
      counts: { metadata: { success: 12, failure: 0 }, data: { success: 348, failure: 2 } },
      parent: { job: 'p', run: '1' },
      called_by: { run: '9' },
      tags: { env: 'prod', n: 5 },
      steps: [
        {
          step: 'extract',
          status: 'succeeded',
          started_at: '2026-11-22T03:00:01Z',
          finished_at: '2026-11-22T03:00:05Z',
          rows: 7,
        },
      ],
      source: { connection: 'halden', nested: { a: [1] } },
      metadata: { known: true },
      data: { rows: 350 },
      report: { name: "Xavier D'Souza" },
      recommended_actions: ['Check the credentials'],
      url: 'https://example.com/run',
      unheard_of: { x: 1 },
    });
    await post(
      '/v1/records?wait=1',
      '{"job":"whole","run":"r","phase":"data","outcome":"failure","key":"88213","message":"duplicate","data":{"id":88213}}'
    );
    const { body } = await get<RunAnswer>(at('whole', 'r'));
    expect(body).toMatchObject({
      status: 'failed',
      status_text: 'ERR',
      queued_at: '2026-11-22T02:59:00.000Z',
      started_at: '2026-11-22T03:00:00.500Z',
      finished_at: '2026-11-22T03:10:00.000Z',
      duration_ms: 599_500,
      error: { type: 'Timeout', message: 'upstream took 30 s', step: '3' },
      counts: { metadata: { success: 12, failure: 0 }, data: { success: 348, failure: 2 } },
      records: { metadata: { success: 0, failure: 0 }, data: { success: 0, failure: 1 } },
      tags: { env: 'prod', n: '5' },
      source: { connection: 'halden', nested: { a: [1] } },
      metadata: { known: true, unheard_of: { x: 1 } },
      recommended_actions: ['Check the credentials'],
      steps: [{ step: 'extract', status: 'succeeded', duration_ms: 4000, metadata: { rows: 7 } }],
      url: 'https://example.com/run',
    });
    expect((await get<RunAnswer>(`/v1/run?key=${body.key}`)).body.run).toBe('r');
    expect((await get<{ steps: unknown[] }>(`/v1/run/steps?key=${body.key}`)).body.steps).toHaveLength(1);
    const records = await get<RecordsAnswer>(`/v1/run/records?key=${body.key}&outcome=failure&q=dupl`);
    expect(records.body.records).toMatchObject([
      { phase: 'data', outcome: 'failure', key: '88213', data: { id: 88213 } },
    ]);
  });

  test('a run id that several jobs have is answered with the candidates', async () => {
    await post('/v1/runs?wait=1', [
      { job: 'same a', run: 'twin' },
      { job: 'same b', run: 'twin' },
      { job: 'same a', run: 'single' },
    ]);
    const twin = await get<Problem>('/v1/runs/twin');
    expect(twin.status).toBe(409);
    expect(twin.body.errors?.map((error) => error.path)).toEqual(['same a', 'same b']);
    expect((await get<RunAnswer>('/v1/runs/single')).body.job).toBe('same a');
    expect((await get<Problem>('/v1/runs/none')).status).toBe(404);
  });

  test('an Idempotency-Key makes a repeated write one write, with the same answer', async () => {
    const headers = { 'idempotency-key': 'batch-1' };
    const first = await post('/v1/runs?wait=1', { job: 'idem' }, headers);
    const again = await post('/v1/runs?wait=1', { job: 'idem' }, headers);
    expect(again.body.ids).toEqual(first.body.ids);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await post('/v1/lines?wait=1', '{"job":"idem","run":"l","message":"once"}', { 'idempotency-key': 'batch-2' });
    await post('/v1/lines?wait=1', '{"job":"idem","run":"l","message":"once"}', { 'idempotency-key': 'batch-2' });
    expect((await get<LinesAnswer>(`${at('idem', 'l').replace('/run?', '/run/lines?')}`)).body.total).toBe(1);
  });
});

describe('lines', () => {
  const lines = (job: string, run: string, more = '') => `/v1/run/lines?${new URLSearchParams({ job, run })}${more}`;

  test('stand in order of seq, each once, and a run appears from its lines alone', async () => {
    const line = (seq: number, message: string, level = 'info') =>
      JSON.stringify({ job: 'ordered', run: '1', seq, message, level, time: Date.UTC(2026, 0, 1) + seq });
    await post('/v1/lines?wait=1', [line(3, 'c', 'ERROR'), line(1, 'a')].join('\n'));
    await post('/v1/lines?wait=1', [line(2, 'b', 'warning'), line(3, 'c', 'ERROR')].join('\n'));
    const { body } = await get<LinesAnswer>(lines('ordered', '1'));
    expect(body.lines.map(({ n, message, level }) => [n, message, level])).toEqual([
      [1, 'a', 'info'],
      [2, 'b', 'warn'],
      [3, 'c', 'error'],
    ]);
    const run = await get<RunAnswer>(at('ordered', '1'));
    expect(run.body).toMatchObject({
      status: 'running',
      lines: 3,
      error_lines: 1,
      at: '2026-01-01T00:00:00.001Z',
      first_error_line: 'c',
    });
    const filtered = await get<LinesAnswer>(lines('ordered', '1', '&level=error&level=fatal'));
    expect(filtered.body).toMatchObject({ total: 1, lines: [{ n: 3, seq: 3 }] });
  });

  test('a malformed line goes to quarantine with its reason and harms no neighbour', async () => {
    const body = [
      '{"job":"torn","run":"1","message":"first"}',
      '{"job":"torn","run":"1","input":',
      '{"job":"torn","message":"no run"}',
      '{"job":"torn","run":"1","message":"last"}}',
      '{"job":"torn","run":"1","message":"good"}',
    ];
    const answer = await post('/v1/lines?wait=1', body.join('\n'));
    expect(answer.body).toEqual({ accepted: 5, stored: 2, quarantined: 3 });
    const read = await get<LinesAnswer>(lines('torn', '1'));
    expect(read.body.lines.map((line) => line.message)).toEqual(['first', 'good']);
    const { body: rejected } = await get<{ rejected: Array<{ reason: string; line: string }> }>('/v1/rejected');
    expect(rejected.rejected.map(({ reason, line }) => [line, reason])).toEqual(
      expect.arrayContaining([
        [body[1], 'not valid JSON in UTF-8'],
        [body[2], 'run: expected 1 to 512 characters, got none'],
        [body[3], 'not valid JSON in UTF-8'],
      ])
    );
  });

  test('a body that ends inside a string can not swallow the next one', async () => {
    await post('/v1/lines', '{"job":"thief","run":"1","message":"x","input":"');
    await post('/v1/lines?wait=1', '{"job":"victim","run":"1","message":"mine"}\n}');
    expect((await get<LinesAnswer>(lines('victim', '1'))).body.lines.map((line) => line.message)).toEqual(['mine']);
    expect((await get(lines('thief', '1'))).status).toBe(404);
  });

  test('a field that the contract does not name is kept among the fields', async () => {
    const sent = [
      { job: 'extra', run: '1', seq: 0, message: 'a', host: 'h1', nested: { x: [1] } },
      { job: 'extra', run: '1', seq: 1, message: 'b', host: 'h1', fields: { host: 'wins', k: 1 } },
      { job: 'extra', run: '1', seq: 2, message: 'c', level: null, fields: {} },
    ];
    const spaced = '{"job":"extra","run":"1","seq":3,"message":"d","host" : "by hand"}';
    await post('/v1/lines?wait=1', [...sent.map((line) => JSON.stringify(line)), spaced].join('\n'));
    const { body } = await get<LinesAnswer>(lines('extra', '1'));
    expect(body.lines.map((line) => line.fields)).toEqual([
      { host: 'h1', nested: { x: [1] } },
      { host: 'wins', k: 1 },
      {},
      { host: 'by hand' },
    ]);
  });

  test('an array is taken like NDJSON, long numbers unchanged', async () => {
    const answer = await call<Accepted>(
      service.url,
      'POST',
      '/v1/lines?wait=1',
      '[{"job":"array","run":"1","message":"a\\nb","fields":{"id":123456789012345678901}},\n {"job":"array","run":"1","message":"c"}]'
    );
    expect(answer.body).toMatchObject({ accepted: 2, stored: 2 });
    const response = await fetch(`${service.url}${lines('array', '1')}`);
    expect(await response.text()).toContain('a\\nb');
  });

  test('pages are numbered over the whole log and survive inserts', async () => {
    const line = (seq: number) => JSON.stringify({ job: 'paged', run: '1', seq, message: `m${seq}` });
    await post('/v1/lines?wait=1', Array.from({ length: 25 }, (_, i) => line(i * 2)).join('\n'));
    const first = await get<LinesAnswer>(lines('paged', '1', '&limit=10'));
    await post('/v1/lines?wait=1', line(1));
    const second = await get<LinesAnswer>(lines('paged', '1', `&limit=10&cursor=${first.body.next}`));
    expect(second.body.lines.map((l) => l.seq)).toEqual([20, 22, 24, 26, 28, 30, 32, 34, 36, 38]);
    expect(second.body.lines[0]?.n).toBe(11);
    expect((await get<LinesAnswer>(lines('paged', '1', '&from_line=20&limit=1'))).body.lines[0]).toMatchObject({
      n: 20,
    });
  });
});

describe('raw output', () => {
  const path = (job: string, run: string, more = '') =>
    `/v1/jobs/${encodeURIComponent(job)}/runs/${encodeURIComponent(run)}/lines${more}`;
  const plain = async (job: string, run: string) =>
    Buffer.from(
      await (await fetch(`${service.url}${path(job, run)}`, { headers: { accept: 'text/plain' } })).arrayBuffer()
    );

  test('comes back byte for byte: long lines, ANSI, invalid UTF-8, bare CR, no last newline', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`\u001b[31mred\u001b[0m\r\n\n\nbare\rcarriage\n${'x'.repeat(200_000)}\n`),
      Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0xc3, 0x28]),
      Buffer.from('\nError: no last newline'),
    ]);
    await post(path('raw', 'exact', '?wait=1'), new Uint8Array(bytes), { 'content-type': 'text/plain' });
    // What Grafana's requests accept; a log as JSON is what it can show.
    const asGrafana = { accept: 'application/json, text/plain, */*' };
    expect((await get<LinesAnswer>(path('raw', 'exact'), asGrafana)).body.lines.length).toBeGreaterThan(0);
    expect((await plain('raw', 'exact')).equals(bytes)).toBe(true);
    const run = await get<RunAnswer>(at('raw', 'exact'));
    expect(run.body).toMatchObject({
      status: 'running',
      lines: 8,
      error_lines: 1,
      first_error_line: 'Error: no last newline',
    });
  });

  test('bodies join in order of arrival, also in the middle of a line', async () => {
    for (const part of ['one\ntw', 'o\nthr', 'ee']) {
      await post(path('raw', 'joined', '?wait=1'), part, { 'content-type': 'text/plain' });
    }
    expect((await plain('raw', 'joined')).toString()).toBe('one\ntwo\nthree');
    expect((await get<LinesAnswer>(path('raw', 'joined'))).body.lines.map((line) => line.message)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  test('with offsets a retry, a longer retry and an overlap join exactly', async () => {
    const text = 'alpha\nbeta two\ngamma\nend';
    for (const [from, to] of [
      [0, 9],
      [0, 18],
      [9, 20],
      [18, 24],
      [0, 24],
    ] as const) {
      await post(path('raw', 'offset', `?wait=1&offset=${from}`), text.slice(from, to), {
        'content-type': 'text/plain',
      });
    }
    expect((await plain('raw', 'offset')).toString()).toBe(text);
  });
});

describe('jobs', () => {
  test('a new job has an entry in the history at once, which its first run replaces and nothing counts', async () => {
    await call(service.url, 'PUT', '/v1/jobs/fresh?wait=1', {
      schedule: '0 3 * * *',
      timezone: 'Europe/Berlin',
      owner: 'data',
      type: 'etl',
    });
    const before = await get<RunsAnswer>('/v1/runs?job=fresh');
    expect(before.body.runs).toMatchObject([{ run: '', status: 'pending', message: 'not run yet' }]);
    const job = await get<JobAnswer>('/v1/jobs/fresh');
    expect(job.body).toMatchObject({ owner: 'data', success_rate: null, counts: {}, schedule: '0 3 * * *' });
    expect(job.body.next_expected_at).toMatch(/T0[12]:00:00.000Z$/);
    expect(job.body.next_expected).toHaveLength(5);
    expect(job.body.next_expected[0]).toBe(job.body.next_expected_at);
    expect(job.body.schedule_words).toBe('At 03:00, Europe/Berlin');
    await post('/v1/runs?wait=1', { job: 'fresh', run: '1', status: 'succeeded' });
    expect((await get<RunsAnswer>('/v1/runs?job=fresh')).body.runs.map((run) => run.run)).toEqual(['1']);
    expect((await get<JobAnswer>('/v1/jobs/fresh')).body).toMatchObject({
      success_rate: 1,
      counts: { succeeded: 1 },
      last_run: { run: '1' },
    });
  });

  test.each([
    'a/b%2F..',
    'quote\'"\\',
    'emoji 🦉 ünï',
    'x'.repeat(512),
    '../../etc',
    'a?b#c&d=e',
    '{p1:String}',
    '-- drop',
  ])('the name %j works everywhere it can appear', async (name) => {
    await post('/v1/runs?wait=1', { job: name, run: name, status: 'succeeded', user: name, tags: { [name]: name } });
    expect((await get<RunAnswer>(at(name, name))).body).toMatchObject({
      job: name,
      run: name,
      user: name,
      tags: { [name]: name },
    });
    const inPath = encodeURIComponent(name);
    expect((await get<RunAnswer>(`/v1/jobs/${inPath}/runs/${inPath}`)).body.job).toBe(name);
    expect((await get<JobAnswer>(`/v1/jobs/${inPath}`)).body.job).toBe(name);
    expect((await get<RunsAnswer>(`/v1/runs?job=${inPath}&q=${inPath}`)).body.runs).toHaveLength(1);
    await post(`/v1/jobs/${inPath}/runs/${inPath}/lines?wait=1`, 'hello\n', { 'content-type': 'text/plain' });
    expect((await get<LinesAnswer>(`/v1/jobs/${inPath}/runs/${inPath}/lines`)).body.total).toBe(1);
  });
});

describe('cursors', () => {
  test('walk all runs once, whatever is inserted meanwhile', async () => {
    const run = (i: number) => ({
      job: 'walk',
      run: `r${i}`,
      status: 'succeeded',
      started_at: Date.UTC(2026, 0, 1) + i * 1000,
    });
    await post(
      '/v1/runs?wait=1',
      Array.from({ length: 30 }, (_, i) => run(i))
    );
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: { body: RunsAnswer } = await get<RunsAnswer>(`/v1/runs?job=walk&limit=7${cursor}`);
      seen.push(...page.body.runs.map((r) => r.run));
      await post('/v1/runs?wait=1', run(100 + seen.length));
      cursor = page.body.next ? `&cursor=${page.body.next}` : '';
    } while (cursor !== '');
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => `r${29 - i}`));
    expect((await get<Problem>('/v1/runs?cursor=rubbish')).body).toMatchObject({
      status: 400,
      detail: expect.stringContaining('cursor'),
    });
  });

  test('walk all lines once whose seq is a time in nanoseconds', async () => {
    const from = 1_790_000_000_000_000_000n;
    const numbered = Array.from(
      { length: 30 },
      (_, i) => `{"job":"ns","run":"1","message":"m${i}","seq":${from + BigInt(i)}}`
    );
    await call(service.url, 'POST', '/v1/lines?wait=1', numbered.join('\n'));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && seen.length <= 30;) {
      const page: { body: LinesAnswer } = await get<LinesAnswer>(`/v1/run/lines?job=ns&run=1&limit=7${cursor}`);
      seen.push(...page.body.lines.map(({ message }) => message));
      cursor = page.body.next === null ? null : `&cursor=${page.body.next}`;
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => `m${i}`));
  });

  test.each([
    ['/v1/run/lines?job=walk&run=r1', { n: 1.5, attempt: -1, at: '1e30', tie: 'x' }],
    ['/v1/run/lines?job=walk&run=r1', { n: 1, attempt: 1, at: '9223372036854775808', tie: '0' }],
    ['/v1/run/lines?job=walk&run=r1', { n: 1, attempt: 1, at: '1', tie: '18446744073709551616' }],
    ['/v1/rejected?limit=1', { ms: 1e30, arrival: '-1' }],
  ])('of somebody’s own making are refused: %s', async (path, position) => {
    const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
    expect((await get<Problem>(`${path}&cursor=${cursor}`)).body).toMatchObject({ status: 400 });
  });
});

describe('bad input', () => {
  const zip = gzipSync('{"job":"zip","run":"1","message":"m"}');

  test('compressed bodies are taken; half of one is refused with nothing stored', async () => {
    expect((await post('/v1/lines?wait=1', new Uint8Array(zip), { 'content-encoding': 'gzip' })).body).toMatchObject({
      stored: 1,
    });
    const zstd = Buffer.from('KLUv/QRYSQEAeyJqb2IiOiJ6aXAiLCJydW4iOiJ6c3RkIiwibWVzc2FnZSI6Im0ifQofUJVQ', 'base64');
    const whole = await post('/v1/lines?wait=1', new Uint8Array(zstd), { 'content-encoding': 'zstd' });
    expect(whole.body).toMatchObject({ stored: 1 });
    expect(
      (
        await post<Problem>('/v1/lines', new Uint8Array(zip.subarray(0, zip.length - 6)), {
          'content-encoding': 'gzip',
        })
      ).status
    ).toBe(400);
    expect(
      (await post<Problem>('/v1/lines', new Uint8Array(zstd.subarray(0, 20)), { 'content-encoding': 'zstd' })).status
    ).toBe(400);
    expect((await post<Problem>('/v1/lines', '{}', { 'content-encoding': 'rot13' })).status).toBe(415);
    expect((await get<LinesAnswer>('/v1/run/lines?job=zip&run=1')).body.total).toBe(1);
  });

  test.each([
    ['POST', '/v1/runs', 'not json', 400],
    ['POST', '/v1/runs', '', 400],
    ['POST', '/v1/runs', '[{"job":', 400],
    ['POST', '/v1/lines', 'plain words', 400],
    ['POST', '/v1/lines', '', 400],
    ['POST', '/v1/lines', '[1, 2', 400],
    ['PUT', '/v1/jobs/x', '[]', 400],
    ['GET', '/v1/runs?limit=0', undefined, 400],
    ['GET', '/v1/runs?status=exploded', undefined, 400],
    ['GET', '/v1/runs?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', undefined, 400],
    ['GET', '/v1/run?key=nonsense', undefined, 400],
    ['GET', '/v1/run', undefined, 400],
    ['GET', '/v1/nowhere', undefined, 404],
    ['PUT', '/v1/runs', '{}', 405],
    ['DELETE', '/v1/jobs/x/runs/y/lines', undefined, 405],
    ['POST', '/v1/query', 'x', 400],
    ['POST', '/v1/query', '{"from":1,"to":2}', 400],
  ])('%s %s with %j is a clear problem', async (method, path, body, status) => {
    const answer = await call<Problem>(service.url, method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.stringMatching(/.{10,}/) });
  });

  test('a call by another method is told by which', async () => {
    const { headers, body } = await call<Problem>(service.url, 'PUT', '/v1/runs', '{}');
    expect(headers.get('allow')).toBe('POST, GET');
    expect(body.detail).toContain('/v1/runs takes POST, GET, not PUT');
    expect((await fetch(`${service.url}/v1/runs`, { method: 'HEAD' })).status).toBe(200);
  });

  test('a query that fails fails alone, with words', async () => {
    const range = { from: 0, to: 1000 };
    const queries = [
      { refId: 'ok', question: 'counts' },
      { refId: 'unknown', question: 'nonsense' },
      { refId: 'upside', question: 'counts', timeRange: { from: 5, to: 1 } },
      {
        refId: 'regexp',
        question: 'counts',
        filters: [{ field: 'job', op: '=~', value: '(' }],
        timeRange: { from: 0, to: Date.now() },
      },
      { refId: 'format', question: 'runs', format: 'numeric' },
    ];
    const { body } = await call<{ results: Record<string, { status: number; error?: string }> }>(
      service.url,
      'POST',
      '/v1/query',
      { ...range, queries }
    );
    expect(body.results['ok']?.status).toBe(200);
    expect(body.results['unknown']).toMatchObject({ status: 400, error: expect.stringContaining('question') });
    expect(body.results['upside']).toMatchObject({ status: 400, error: expect.stringContaining('upside down') });
    expect(body.results['regexp']).toMatchObject({ status: 400, error: expect.stringContaining('RE2') });
    expect(body.results['format']).toMatchObject({ status: 400, error: expect.stringContaining('table') });
  });

  test.each([
    ['PUT', '/v1/settings/retention', '{"runs":30,"lines":7,"records":7,"jobs":{"a":{"lines":1,"lines":9}}}', 'lines'],
    ['POST', '/v1/query', '{"from":0,"to":1,"to":9,"queries":[{"question":"runs"}]}', 'to'],
    ['PUT', '/v1/jobs/odd', '{"tags":{"__proto__":"x"}}', '__proto__'],
    ['POST', '/v1/runs', '{"job":"odd","metadata":{"__proto__":{"lost":true}}}', '__proto__'],
  ])('%s %s: a field that would be lost is refused: %s', async (method, path, body, name) => {
    const answer = await call<Problem>(service.url, method, path, body);
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(`"${name}"`) } });
  });

  test('other names for this machine and other pages are refused', async () => {
    const { request } = await import('node:http');
    const status = (headers: Record<string, string>) =>
      new Promise<number>((resolve) =>
        request(`${service.url}/v1/runs`, { headers }, (answer) => resolve(answer.resume().statusCode ?? 0)).end()
      );
    expect(await status({ host: 'evil.example' })).toBe(403);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({})).toBe(200);
  });
});

test('the OpenAPI document describes every call', async () => {
  const { body } = await get<{ openapi: string; paths: Record<string, object> }>('/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/v1/runs', '/v1/lines', '/v1/jobs/{job}/runs/{run}', '/v1/query', '/metrics'])
  );
});
