import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Accepted, Problem, RunAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

/** The example of HarperDB's documentation, to the letter. */
const EXAMPLE = {
  id: '59f9cd79-08c1-4154-84fc-86289306b5ee',
  user: 'HDB_ADMIN',
  type: 'csv_data_load',
  status: 'COMPLETE',
  start_datetime: 1607031575775,
  end_datetime: 1607031577379,
  job_body: null,
  message: 'successfully loaded 350 of 350 records',
  created_datetime: 1607031575760,
  __createdtime__: 1607031575764,
  __updatedtime__: 1607031577379,
  start_datetime_converted: '2020-12-03T21:39:35.775Z',
  end_datetime_converted: '2020-12-03T21:39:37.379Z',
};
const JOB = 'harperdb/csv_data_load';

let service: TestService;
const receive = <T = Accepted>(body: string | object) =>
  call<T>(service.url, 'POST', '/v1/receive/harperdb?wait=1', body);
const operation = <T = Array<Record<string, unknown>>>(body: string | object) =>
  call<T>(service.url, 'POST', '/v1/harperdb', body, { 'content-type': 'application/json' });
const readRun = (job: string, run: string) =>
  call<RunAnswer>(service.url, 'GET', `/v1/run?${new URLSearchParams({ job, run })}`);

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('rows in', () => {
  test('the documented row becomes a run of its kind of job', async () => {
    expect(await receive([EXAMPLE])).toMatchObject({
      status: 200,
      body: { accepted: 1, rejected: [], ids: [EXAMPLE.id], stored: 1 },
    });
    const { body } = await readRun(JOB, EXAMPLE.id);
    expect(body).toMatchObject({
      status: 'succeeded',
      status_text: 'COMPLETE',
      type: 'csv_data_load',
      user: 'HDB_ADMIN',
      queued_at: '2020-12-03T21:39:35.760Z',
      started_at: '2020-12-03T21:39:35.775Z',
      finished_at: '2020-12-03T21:39:37.379Z',
      duration_ms: 1604,
      message: 'successfully loaded 350 of 350 records',
      counts: { data: { success: 350, failure: 0 }, metadata: { success: 0, failure: 0 } },
      error: null,
    });
  });

  test('NDJSON is taken too; records that were not loaded are failures; a job goes from created to its end', async () => {
    const row = (status: string, more: object) =>
      JSON.stringify({ ...EXAMPLE, id: 'grows', end_datetime: null, message: null, status, ...more });
    await receive(row('CREATED', { __updatedtime__: 1607031575764 }));
    expect((await readRun(JOB, 'grows')).body).toMatchObject({ status: 'pending', status_text: 'CREATED' });
    const progress = row('IN_PROGRESS', { __updatedtime__: 1607031575800 });
    const end = row('ERROR', { end_datetime: 1607031577379, message: 'failed: loaded 348 of 350 records' });
    expect((await receive(`${end}\n${progress}\n`)).body.accepted).toBe(2);
    expect((await readRun(JOB, 'grows')).body).toMatchObject({
      status: 'failed',
      error: { message: 'failed: loaded 348 of 350 records' },
      counts: { data: { success: 348, failure: 2 } },
    });
  });

  test('a row that is corrected says nothing any more of the error before', async () => {
    await receive({
      ...EXAMPLE,
      id: 'corrected',
      status: 'ERROR',
      message: 'no such table',
      __updatedtime__: 1607031577379,
    });
    await receive({ ...EXAMPLE, id: 'corrected', __updatedtime__: 1607031577380 });
    expect((await readRun(JOB, 'corrected')).body).toMatchObject({ status: 'succeeded', error: null });
    expect((await readRun(JOB, 'corrected')).body.message).toBe(EXAMPLE.message);
  });

  test('what the job was asked to do, and fields nobody documented, are kept', async () => {
    const job_body = { operation: 'csv_data_load', schema: 'dev', table: 'dogs' };
    const message = { error: 'no such table' };
    await receive({ ...EXAMPLE, id: 'body', job_body, result: { ETag: 'x' }, message, status: 'ERROR' });
    expect((await readRun(JOB, 'body')).body).toMatchObject({
      message: 'no such table',
      data: { job_body },
      metadata: { result: { ETag: 'x' }, message },
    });
    expect((await operation({ operation: 'get_job', id: 'body' })).body[0]).toMatchObject({ job_body });
  });

  test.each([
    ['a row without an id', { ...EXAMPLE, id: undefined }, 'id'],
    ['a time that is none', { ...EXAMPLE, start_datetime: 'yesterday' }, 'start_datetime'],
    ['a field that stands there twice', '{"id":"a","type":"x","id":"b"}', ''],
    ['what is no object', '[1]', ''],
    ['an array that breaks off', '[{"id":"a"},', undefined],
    ['no JSON', 'COMPLETE', undefined],
    ['nothing', '', undefined],
  ])('%s is a clear problem', async (_, body, path) => {
    const answer = await receive<Problem>(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.detail).toMatch(/.{15,}/);
    expect(answer.body.errors?.[0]?.path).toBe(path);
  });

  test('a kind that can name no job is refused, and keeps nothing else from being stored', async () => {
    const rows = ['a\nb', 'x'.repeat(600), 'fine'].map((type, i) => ({ ...EXAMPLE, id: `kind-${i}`, type }));
    const { status, body } = await receive(rows);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ids: ['kind-2'],
      stored: 1,
      rejected: [
        { index: 0, path: 'type', message: expect.stringContaining('control characters') },
        { index: 1, path: 'type', message: expect.stringContaining('512') },
      ],
    });
  });

  test('numbers where words are expected are taken as their text', async () => {
    await receive({ ...EXAMPLE, id: 'numbers', user: 7, type: 5, status: 3 });
    expect((await readRun('harperdb/5', 'numbers')).body).toMatchObject({
      status: 'unknown',
      status_text: '3',
      user: '7',
    });
  });

  test('what a row leaves open stays open on its way out, and its message has the form that it came in', async () => {
    const open = {
      start_datetime: null,
      end_datetime: null,
      start_datetime_converted: null,
      end_datetime_converted: null,
    };
    const rows = [
      { ...EXAMPLE, ...open, id: 'open-1', status: 'CREATED', message: null },
      {
        ...EXAMPLE,
        ...open,
        id: 'open-2',
        user: null,
        type: null,
        status: 'ERROR',
        message: null,
        created_datetime: null,
      },
      { ...EXAMPLE, id: 'open-3', status: 'ERROR', message: { error: 'no such table', code: 4040 } },
      { ...EXAMPLE, id: 'open-4', message: ['a', 1.5] },
      { ...EXAMPLE, id: 'open-5', start_datetime: 1607031575775.25, __createdtime__: 1607031575764.5 },
    ];
    await receive(rows);
    for (const row of rows) {
      expect((await operation({ operation: 'get_job', id: row.id })).body).toEqual([row]);
    }
  });

  test.each([
    ['successfully loaded 1,350 of 1,400 records', { success: 1350, failure: 50 }],
    ['0 of 10 records successfully deleted', { success: 0, failure: 10 }],
    ['successfully deleted 1 of 1 record', { success: 1, failure: 0 }],
    ['10 of 5 records', { success: 0, failure: 0 }],
    ['version 1.2 of 3 records', { success: 0, failure: 0 }],
  ])('"%s" is counted', async (message, data) => {
    const id = `count ${message}`;
    await receive({ ...EXAMPLE, id, message });
    expect((await readRun(JOB, id)).body.counts).toMatchObject({ data });
  });

  test('a day that no calendar has is no time', async () => {
    const { body } = await receive<Problem>({ ...EXAMPLE, start_datetime: '2020-02-30T00:00:00Z' });
    expect(body).toMatchObject({ status: 400, errors: [{ path: 'start_datetime' }] });
  });

  test('a bad row harms none beside it', async () => {
    const { status, body } = await receive([
      { ...EXAMPLE, id: 'good' },
      { type: 'x' },
      { ...EXAMPLE, id: 'also good' },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 2, ids: ['good', 'also good'], rejected: [{ index: 1, path: 'id' }] });
  });

  test('a status that nobody documented is unknown, and its word comes back', async () => {
    await receive({ ...EXAMPLE, id: 'odd', status: 'HIBERNATING' });
    expect((await readRun(JOB, 'odd')).body).toMatchObject({ status: 'unknown', status_text: 'HIBERNATING' });
    expect((await operation({ operation: 'get_job', id: 'odd' })).body[0]).toMatchObject({ status: 'HIBERNATING' });
  });

  test('seconds are read as such, which shows; an end before the start is kept and has no part in statistics', async () => {
    await receive({ ...EXAMPLE, id: 'seconds', start_datetime: 1607031575, end_datetime: 1607031570 });
    expect((await readRun(JOB, 'seconds')).body).toMatchObject({
      started_at: '2020-12-03T21:39:35.000Z',
      finished_at: '2020-12-03T21:39:30.000Z',
      duration_ms: -5000,
      metadata: {
        repairs: ['start_datetime: 1607031575 was read as seconds', 'end_datetime: 1607031570 was read as seconds'],
      },
    });
    await receive({ ...EXAMPLE, id: 'zoneless', start_datetime: '2020-12-03T21:39:35' });
    expect((await readRun(JOB, 'zoneless')).body).toMatchObject({
      started_at: '2020-12-03T21:39:35.000Z',
      metadata: { repairs: ['start_datetime: "2020-12-03T21:39:35" has no time zone and was read as UTC'] },
    });
  });

  test('a row of 20 MB is taken and comes back', async () => {
    const job_body = { data: 'a,b\n'.repeat(5 * 1024 * 1024) };
    expect((await receive({ ...EXAMPLE, id: 'large', job_body })).status).toBeLessThan(300);
    await expect
      .poll(async () => (await operation({ operation: 'get_job', id: 'large' })).body[0]?.['job_body'], {
        timeout: 60_000,
      })
      .toEqual(job_body);
  });

  test('?job= names the job that the rows belong to', async () => {
    await call(service.url, 'POST', '/v1/receive/harperdb?wait=1&job=nightly load', { ...EXAMPLE, id: 'named' });
    expect((await readRun('nightly load', 'named')).status).toBe(200);
  });
});

describe('the operations API', () => {
  test('get_job answers the documented row, field by field', async () => {
    await receive(EXAMPLE);
    const { status, body, headers } = await operation({ operation: 'get_job', id: EXAMPLE.id });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(body).toEqual([EXAMPLE]);
  });

  test('an id may be a number of any length', async () => {
    await receive({ ...EXAMPLE, id: '123456789012345678901' });
    const { body } = await operation('{"operation": "get_job", "id": 123456789012345678901}');
    expect(body).toMatchObject([{ id: '123456789012345678901' }]);
  });

  test('an unknown job is an empty list', async () => {
    expect(await operation({ operation: 'get_job', id: 'nobody' })).toMatchObject({ status: 200, body: [] });
    const search = { operation: 'search_jobs_by_start_date', from_date: '1999-01-01', to_date: '1999-12-31' };
    expect(await operation(search)).toMatchObject({ status: 200, body: [] });
  });

  const search = async (from_date: unknown, to_date: unknown) => {
    const { status, body } = await operation({ operation: 'search_jobs_by_start_date', from_date, to_date });
    expect(status).toBe(200);
    return body.filter((row) => String(row['id']).startsWith('s-')).map((row) => row['id']);
  };

  test('a search takes every form of date, and both ends belong to it', async () => {
    const start = (id: string, text: string) => ({ ...EXAMPLE, id, start_datetime: Date.parse(text) });
    await receive([
      start('s-1', '2021-01-25T22:05:27.464Z'),
      start('s-2', '2021-01-25T22:21:24.781Z'),
      start('s-3', '2021-01-25T23:05:27.464Z'),
    ]);
    const second = Date.parse('2021-01-25T22:21:24.781Z');
    expect(await search('2021-01-25T22:05:27.464+0000', '2021-01-25T23:05:27.464+0000')).toEqual(['s-1', 's-2', 's-3']);
    expect(await search('2021-01-25T22:05:27.465+0000', '2021-01-25T23:05:27.463+0000')).toEqual(['s-2']);
    expect(await search('2021-01-25T23:05:28+0100', '2021-01-26T00:05:27.464+01:00')).toEqual(['s-2', 's-3']);
    expect(await search('2021-01-25', '2021-01-25')).toEqual(['s-1', 's-2', 's-3']);
    expect(await search('2021-01-26', '2021-01-27')).toEqual([]);
    expect(await search('2021-01-25 22:10', '2021-01-25T22:21:24.781Z')).toEqual(['s-2']);
    expect(await search('20210125T2206Z', '20210125')).toEqual(['s-2', 's-3']);
    expect(await search(second, String(second))).toEqual(['s-2']);
    expect(await search(1611613284, 1611613285)).toEqual(['s-2']);
    await receive({ ...start('s-4', '2021-01-25T22:30:00Z'), start_datetime: null, status: 'CREATED' });
    expect(await search('2020-12', '2021')).toEqual(['s-1', 's-2', 's-3']);
    expect(await search('2021-02', '2021-12')).toEqual([]);
  });

  test.each([
    ['1000-01-01', '9999-12-31'],
    ['0', '253402300799999'],
    [0, 253402300799999],
    ['1970', '2999-01-01T00:00:00.000+0000'],
  ])('a search from %j to %j is one of all that there is', async (from, to) => {
    expect(await search(from, to)).toHaveLength(3);
  });

  test('an address with a slash behind it is the same', async () => {
    await receive(EXAMPLE);
    const answer = await call(service.url, 'POST', '/v1/harperdb/', { operation: 'get_job', id: EXAMPLE.id });
    expect(answer).toMatchObject({ status: 200, body: [EXAMPLE] });
  });

  test('a search of more than one page gives every job once, oldest first', async () => {
    const first = Date.UTC(2022, 0, 1);
    const rows = Array.from({ length: 2345 }, (_, i) => ({
      ...EXAMPLE,
      id: `page-${i}`,
      start_datetime: first + (i >> 2),
    }));
    await receive(rows.map((row) => JSON.stringify(row)).join('\n'));
    const { body } = await operation({
      operation: 'search_jobs_by_start_date',
      from_date: '2022-01-01',
      to_date: '2022-01-02',
    });
    expect(body).toHaveLength(2345);
    expect(new Set(body.map((row) => row['id'])).size).toBe(2345);
    const starts = body.map((row) => Number(row['start_datetime']));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  test.each([
    ['no JSON', 'get_job', 'Invalid JSON.'],
    ['no operation', { id: 'x' }, "Request body must include an 'operation' property."],
    ['an operation of a database', { operation: 'describe_all' }, "Operation 'describe_all' not found"],
    ['an operation that JavaScript has', { operation: 'constructor' }, "Operation 'constructor' not found"],
    ['no id', { operation: 'get_job' }, "'id' is required"],
    [
      'a date that is none',
      { operation: 'search_jobs_by_start_date', from_date: 'last week', to_date: '2021-01-01' },
      /Invalid 'from' date, must be in ISO-8601 format \(YYYY-MM-DD\)/,
    ],
    [
      'a day that no calendar has',
      { operation: 'search_jobs_by_start_date', from_date: '2021-02-30', to_date: '2021-03-01' },
      /Invalid 'from' date/,
    ],
    [
      'microseconds',
      { operation: 'search_jobs_by_start_date', from_date: 0, to_date: 1611615801206000 },
      /Invalid 'to' date/,
    ],
    [
      'half a range',
      { operation: 'search_jobs_by_start_date', from_date: '2021-01-01' },
      /Invalid 'to' date, must be in ISO-8601 format \(YYYY-MM-DD\)/,
    ],
  ])('%s is answered in the words of the original', async (_, body, words) => {
    const answer = await operation<Problem & { error: string }>(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    expect(answer.body).toMatchObject({ status: 400, title: expect.any(String) });
  });

  test('a run that came another way is a row too', async () => {
    await call(service.url, 'POST', '/v1/runs?wait=1', {
      job: 'nightly-export',
      run: 'native-1',
      status: 'timed_out',
      user: 'svc-etl',
      started_at: '2026-11-22T03:00:00Z',
      finished_at: '2026-11-22T03:10:09Z',
      counts: { data: { success: 348, failure: 2 } },
      data: { table: 'orders' },
    });
    const [row] = (await operation({ operation: 'get_job', id: 'native-1' })).body;
    expect(Object.keys(row ?? {})).toEqual(Object.keys(EXAMPLE));
    expect(row).toMatchObject({
      id: 'native-1',
      user: 'svc-etl',
      type: 'nightly-export',
      status: 'ERROR',
      start_datetime: Date.UTC(2026, 10, 22, 3),
      end_datetime: Date.UTC(2026, 10, 22, 3, 10, 9),
      job_body: { table: 'orders' },
      message: 'successfully handled 348 of 350 records',
      end_datetime_converted: '2026-11-22T03:10:09.000Z',
    });
  });
});

describe('with tokens', () => {
  const SECRET = 'a-token-of-harper:db';
  let guarded: TestService;
  const ask = (authorization?: string) =>
    call<Problem & { error: string }>(
      guarded.url,
      'POST',
      '/v1/harperdb',
      { operation: 'get_job', id: 'x' },
      authorization === undefined ? {} : { authorization }
    );
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'joblens-tokens-')), 'tokens.json');
    const tokens = [
      { name: 'script', token: SECRET, scopes: ['read'] },
      { name: 'writer', token: 'a-token-that-writes', scopes: ['write'] },
    ];
    writeFileSync(file, JSON.stringify({ tokens }));
    guarded = await startService({ env: { JOBLENS_TOKENS_FILE: file } });
  });
  afterAll(() => guarded.stop());

  test('the password of Basic authentication is a token, whoever the user', async () => {
    expect(await ask(basic(`HDB_ADMIN:${SECRET}`))).toMatchObject({ status: 200, body: [] });
    expect(await ask(`Bearer ${SECRET}`)).toMatchObject({ status: 200, body: [] });
  });

  test.each([
    ['a wrong password', basic('HDB_ADMIN:password'), 401],
    ['no password', basic(SECRET), 401],
    ['nothing', undefined, 401],
    ['a token that may only write', basic('HDB_ADMIN:a-token-that-writes'), 403],
  ])('%s does not get in', async (_, authorization, status) => {
    const answer = await ask(authorization);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(status === 401 ? 'Login failed' : expect.stringContaining('scope'));
  });

  test('nowhere else is Basic authentication taken', async () => {
    const answer = await call(guarded.url, 'GET', '/v1/runs', undefined, {
      authorization: basic(`HDB_ADMIN:${SECRET}`),
    });
    expect(answer.status).toBe(401);
  });
});
