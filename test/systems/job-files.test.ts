import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Accepted, LinesAnswer, Problem, RunAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { EXAMPLE } from '../support/job-files.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
const get = <T>(path: string) => call<T>(service.url, 'GET', path);
const send = <T = Accepted>(body: string | object, query = '') =>
  call<T>(service.url, 'POST', `/v1/receive/workato?wait=1${query}`, body);
const runAt = async (job: string | number, run: string | number) =>
  (await get<RunAnswer>(`/v1/run?${new URLSearchParams({ job: String(job), run: String(run) })}`)).body;
const linesAt = async (job: string | number, run: string | number) =>
  (await get<LinesAnswer>(`/v1/run/lines?${new URLSearchParams({ job: String(job), run: String(run) })}`)).body.lines;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('a job history file, as documented', () => {
  test('becomes a run of its recipe, with its report and its lines', async () => {
    expect(await send(EXAMPLE, '&user_id=5234')).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: [], ids: ['100'], stored: 1 },
    });
    expect(await runAt(234, 100)).toMatchObject({
      job: '234',
      run: '100',
      status: 'succeeded',
      status_text: 'completed',
      type: 'recipe',
      user: '5234',
      title: 'hello world',
      started_at: '2018-05-21T00:00:00.000Z',
      finished_at: '2018-05-21T00:00:10.000Z',
      duration_ms: 10_000,
      report: { name: "Xavier D'Souza", age: 35 },
      source: { system: 'workato', recipe: '234', user_id: '5234' },
      metadata: { is_poll_error: false },
      lines: 2,
      error_lines: 0,
    });
    const lines = await linesAt(234, 100);
    expect(lines).toMatchObject([
      {
        seq: 0,
        time: '2018-05-21T00:00:00.000Z',
        step: '0',
        operation: 'timer',
        message: 'clock timer',
        input: { interval: '1' },
        output: { time: '2018-05-21T23:14:41.783555+00:00' },
        masked: false,
        fields: { adapter_name: 'clock' },
      },
      { seq: 1, step: '1', operation: 'get_time', input: {}, output: { time: '2018-05-21T16:14:41.963964-07:00' } },
    ]);
  });

  test('sent again changes nothing', async () => {
    // All but when it came.
    const seen = async () =>
      JSON.stringify([await runAt(234, 100), await linesAt(234, 100)]).replaceAll(
        /"(arrival|received_at)":"[^"]*"/g,
        ''
      );
    const before = await seen();
    expect((await send(EXAMPLE, '&user_id=5234')).body).toMatchObject({ accepted: 1 });
    expect(await seen()).toBe(before);
    expect(
      (await get<RunsAnswer>('/v1/runs?job=234&from=2018-01-01T00:00:00Z&to=2019-01-01T00:00:00Z')).body.runs
    ).toHaveLength(1);
  });

  test('that is corrected replaces what it said, lines too', async () => {
    const job = (more: object) => ({
      id: 1,
      flow_id: 'corrected',
      started_at: '2026-11-20T03:00:00Z',
      completed_at: '2026-11-20T03:01:00Z',
      ...more,
    });
    const line = (output: unknown) => [
      { recipe_line_number: 0, adapter_name: 'http', adapter_operation: 'get', output },
    ];
    await send(
      job({ status: 'failed', error_type: 'Timeout', error: 'too slow', report: { a: 1 }, lines: line('old') })
    );
    expect(await runAt('corrected', 1)).toMatchObject({
      status: 'failed',
      error: { type: 'Timeout', message: 'too slow' },
    });
    await send(job({ status: 'completed', error_type: null, error: null, report: { b: 2 }, lines: line('new') }));
    expect(await runAt('corrected', 1)).toMatchObject({
      status: 'succeeded',
      error: null,
      message: null,
      report: { b: 2 },
    });
    expect((await runAt('corrected', 1)).report).toEqual({ b: 2 });
    expect(await linesAt('corrected', 1)).toMatchObject([{ output: 'new' }]);
  });

  test('that is corrected to fewer lines shows and counts no others', async () => {
    const file = (...operations: string[]) => ({
      id: 2,
      flow_id: 'corrected',
      status: 'completed',
      started_at: '2026-11-20T03:00:00Z',
      completed_at: '2026-11-20T03:01:00Z',
      report: { lines: operations.length },
      lines: operations.map((operation, n) => ({ recipe_line_number: n, adapter_operation: operation })),
    });
    await send(file('get', 'map', 'put', 'end'));
    expect((await runAt('corrected', 2)).lines).toBe(4);
    await send(file('get', 'post'));
    const shown = (await linesAt('corrected', 2)).map(({ operation }) => operation);
    expect([shown, (await runAt('corrected', 2)).lines]).toEqual([['get', 'post'], 2]);
  });

  test('that failed says why, and which line it was', async () => {
    await send({
      id: 7,
      flow_id: 8,
      parent_id: 6,
      calling_job_id: 5,
      status: 'failed',
      started_at: '2026-11-20T03:00:00Z',
      completed_at: '2026-11-20T03:00:01Z',
      error_type: 'RestClient::Timeout',
      error: 'no answer',
      is_poll_error: true,
      lines: [
        { recipe_line_number: 0, adapter_name: 'clock', adapter_operation: 'timer' },
        { recipe_line_number: 1, adapter_name: 'http', adapter_operation: 'get', error: 'no answer in 30 s' },
      ],
    });
    expect(await runAt(8, 7)).toMatchObject({
      status: 'failed',
      message: 'no answer',
      error: { type: 'RestClient::Timeout', message: 'no answer' },
      parent: { run: '6' },
      called_by: { run: '5' },
      metadata: { is_poll_error: true },
      first_error_line: 'http get: no answer in 30 s',
      error_lines: 1,
    });
  });

  test('whose error is an object says its message, and keeps the object; a no or an empty one is no error', async () => {
    const error = { message: 'no answer', status: 504 };
    const lines = [{ error: false }, { error: {} }, { error }, { error: ['a', 1] }];
    await send({ id: 9, flow_id: 'errors', status: 'failed', error, lines });
    expect(await runAt('errors', 9)).toMatchObject({
      message: 'no answer',
      error: { message: 'no answer' },
      metadata: { error },
      error_lines: 2,
    });
    expect(await linesAt('errors', 9)).toMatchObject([
      { level: 'info', fields: { error: false } },
      { level: 'info' },
      { level: 'error', message: 'line 2: no answer', fields: { error } },
      { level: 'error', message: 'line 3: ["a",1]' },
    ]);
    await send({ id: 10, flow_id: 'errors', status: 'completed', error: false });
    expect(await runAt('errors', 10)).toMatchObject({ message: null, error: null });
  });

  test('with masked data is stored without it, in no place', async () => {
    const hidden = { input: { card: '4111-secret' }, output: { token: 'secret-too' } };
    const lines = [
      { recipe_line_number: 0, adapter_name: 'pay', adapter_operation: 'charge', ...hidden, mask_data: true },
      {
        recipe_line_number: 1,
        adapter_name: 'pay',
        adapter_operation: 'done',
        input: { shown: 1 },
        output: null,
        mask_data: false,
      },
    ];
    const inside = {
      recipe_line_number: 2,
      adapter_name: 'if',
      mask_data: false,
      lines: [{ ...hidden, mask_data: true }],
    };
    const around = {
      recipe_line_number: 3,
      adapter_name: 'each',
      mask_data: true,
      lines: [[{ ...hidden, note: 'kept' }]],
    };
    await send({ id: 1, flow_id: 'masked', status: 'completed', lines: [...lines, inside, around] });
    expect(await linesAt('masked', 1)).toMatchObject([
      { masked: true, input: null, output: null, message: 'pay charge' },
      { masked: false, input: { shown: 1 }, output: null },
      { masked: false, fields: { lines: [{ input: null, output: null, mask_data: true }] } },
      { masked: true, fields: { lines: [[{ input: null, output: null, note: 'kept' }]] } },
    ]);
    const everything = await Promise.all(
      ['/v1/run?job=masked&run=1', '/v1/run/lines?job=masked&run=1', '/v1/rejected'].map(async (path) =>
        (await fetch(service.url + path)).text()
      )
    );
    expect(everything.join()).not.toContain('secret');
  });
});

const pretty = (value: object) => JSON.stringify(value, null, '\t');

describe('many files in one body', () => {
  const file = (id: number) => ({
    id,
    flow_id: 'many',
    status: 'completed',
    started_at: '2026-11-20T03:00:00Z',
    lines: [{ recipe_line_number: 0 }],
  });

  test.each([
    ['NDJSON', (ids: number[]) => ids.map((id) => JSON.stringify(file(id))).join('\n')],
    ['an array', (ids: number[]) => JSON.stringify(ids.map(file))],
    ['an array printed over many lines', (ids: number[]) => JSON.stringify(ids.map(file), null, 2)],
    ['files as they are, one behind the other', (ids: number[]) => ids.map((id) => pretty(file(id))).join('\n')],
    ['the same without a line end between them', (ids: number[]) => ids.map((id) => pretty(file(id))).join('')],
    ['one line without a line end between them', (ids: number[]) => ids.map((id) => JSON.stringify(file(id))).join('')],
  ])('as %s', async (_what, write) => {
    const ids = [1, 2, 3];
    expect((await send(write(ids))).body).toMatchObject({ accepted: 3, ids: ['1', '2', '3'], rejected: [] });
    expect(await linesAt('many', 2)).toHaveLength(1);
  });

  test('one that breaks off, behind one that was printed over many lines, is named', async () => {
    const { body } = await send(`${pretty(file(20))}\n{\n  "id": 21,\n`);
    expect(body).toMatchObject({ ids: ['20'], rejected: [{ index: 1, message: expect.stringContaining('JSON') }] });
  });

  test('a bad one is named and harms none beside it', async () => {
    const twice = '{"id":12,"flow_id":"mixed","report":{"a":1,"a":2}}';
    const bodies = [
      JSON.stringify({ ...file(10), flow_id: 'mixed' }),
      JSON.stringify({ flow_id: 'mixed', status: 'completed' }),
      twice,
      JSON.stringify({ ...file(13), flow_id: 'mixed', started_at: 'yesterday' }),
      JSON.stringify({ ...file(14), flow_id: 'mixed', lines: [{}, 'not a line'] }),
      'not JSON',
    ];
    const { status, body } = await send(bodies.join('\n'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accepted: 1,
      ids: ['10'],
      rejected: [
        { index: 1, path: 'id', message: expect.stringContaining('whole number') },
        { index: 2, path: '', message: expect.stringContaining('"a"') },
        { index: 3, path: 'started_at', message: expect.stringContaining('yesterday') },
        { index: 4, path: 'lines.1', message: expect.any(String) },
        { index: 5, path: '', message: expect.stringContaining('not JSON') },
      ],
    });
    const nothing = await send<Problem>(bodies[1] ?? '');
    expect(nothing.status).toBe(400);
    expect(nothing.headers.get('content-type')).toContain('problem+json');
    expect(nothing.body.errors).toMatchObject([{ index: 0, path: 'id' }]);
  });
});

describe('what can’t be asked back is kept, and its repair is visible', () => {
  test.each([
    ['a status that nobody documented', { status: 'Aborted' }, { status: 'unknown', status_text: 'Aborted' }],
    ['no status', {}, { status: 'unknown', status_text: null }],
    ['a number as status', { status: 5 }, { status: 'unknown', status_text: '5' }],
    [
      'times as Ruby prints them',
      { status: 'completed', started_at: '2026-11-20 03:00:00 UTC', completed_at: '2026-11-20 05:00:00 +0200' },
      { started_at: '2026-11-20T03:00:00.000Z', finished_at: '2026-11-20T03:00:00.000Z', metadata: {} },
    ],
    [
      'a day without a time',
      { status: 'completed', started_at: '2026-11-20' },
      { started_at: '2026-11-20T00:00:00.000Z', metadata: { repairs: [expect.stringContaining('UTC')] } },
    ],
    [
      'an end without a start',
      { status: 'failed', completed_at: '2018-05-21T00:00:10Z' },
      { started_at: null, at: '2018-05-21T00:00:10.000Z' },
    ],
    [
      'half a surrogate pair',
      {
        status: 'failed',
        title: 'a\ud800',
        error_type: '\udc00',
        error: 'b\ud800',
        lines: [{ error: '\ud800', input: '\ud800' }],
      },
      { status: 'failed', title: 'a\ufffd', error: { type: '\ufffd', message: 'b\ufffd' }, lines: 1 },
    ],
    [
      'completed before started',
      { status: 'completed', started_at: '2026-11-20T03:00:10Z', completed_at: '2026-11-20T03:00:00Z' },
      { duration_ms: -10_000 },
    ],
    [
      'a time without zone',
      { status: 'completed', started_at: '2026-11-20T03:00:00' },
      { started_at: '2026-11-20T03:00:00.000Z', metadata: { repairs: [expect.stringContaining('UTC')] } },
    ],
    [
      'an epoch in seconds',
      { status: 'completed', started_at: 1_795_143_600 },
      { started_at: '2026-11-20T03:00:00.000Z', metadata: { repairs: [expect.stringContaining('seconds')] } },
    ],
    [
      'fields that nobody documented',
      { status: 'completed', unheard: { of: 1 } },
      { metadata: { unheard: { of: 1 } } },
    ],
  ])('%s', async (what, fields, expected) => {
    const job = `repaired: ${what}`;
    expect((await send({ id: 1, flow_id: job, ...fields })).status).toBe(200);
    expect(await runAt(job, 1)).toMatchObject(expected);
  });

  test('a file that names no recipe waits visibly', async () => {
    await send({ id: 77, status: 'completed' });
    expect(await runAt('unassigned/workato', 77)).toMatchObject({ status: 'succeeded' });
  });

  test('ids of 21 digits and numbers of any form', async () => {
    await send(
      '{"id":123456789012345678901,"flow_id":987654321098765432109,"status":"completed","report":{"price":1.10,"far":1e400},"lines":[{"recipe_line_number":0,"output":{"id":123456789012345678901,"n":1.10}}]}'
    );
    const query = 'job=987654321098765432109&run=123456789012345678901';
    expect(await (await fetch(`${service.url}/v1/run?${query}`)).text()).toContain(
      '"report":{"price":1.10,"far":1e400}'
    );
    expect(await (await fetch(`${service.url}/v1/run/lines?${query}`)).text()).toContain(
      '"output":{"id":123456789012345678901,"n":1.10}'
    );
  });

  test('a file of 20 MB', async () => {
    const output = { rows: Array.from({ length: 20 }, (_, i) => `${i}${'x'.repeat(1024 * 1024)}`) };
    const { status, body } = await send({
      id: 1,
      flow_id: 'large',
      status: 'completed',
      lines: [{ recipe_line_number: 0, output }],
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { accepted: 1, stored: 1 } });
    expect((await linesAt('large', 1))[0]?.output).toEqual(output);
  });
});
