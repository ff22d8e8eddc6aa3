import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobAnswer, Problem, RecordsAnswer, RunAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
const get = <T>(path: string, headers?: Record<string, string>) =>
  call<T>(service.url, 'GET', path, undefined, headers);
const post = (path: string, body: string | object) => call(service.url, 'POST', `${path}?wait=1`, body);
const put = (job: string, config: object, wait = '?wait=1') =>
  call(service.url, 'PUT', `/v1/jobs/${job}${wait}`, config);
const readRun = async (job: string, run: string) =>
  (await get<RunAnswer>(`/v1/run?${new URLSearchParams({ job, run })}`)).body;
const history = async (job: string) => (await get<RunsAnswer>(`/v1/runs?job=${job}`)).body.runs;
const records = async (run: string, query: Record<string, string> = {}) =>
  (await get<RecordsAnswer>(`/v1/run/records?${new URLSearchParams({ job: 'replicate', run, ...query })}`)).body;
const ndjson = (items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('a job config', () => {
  test('at once makes an entry that says "not run yet", and becomes the first run when that comes', async () => {
    await put('fresh', { type: 'replication', source: { system: 'Salesforce', object: 'Account' }, owner: 'crm' }, '');
    await expect
      .poll(() => history('fresh'), { timeout: 20_000 })
      .toMatchObject([{ status: 'pending', message: 'not run yet', run: '', type: 'replication', started_at: null }]);
    await post('/v1/runs', { job: 'fresh', run: 'first', status: 'running', started_at: '2026-11-22T03:00:00Z' });
    expect(await history('fresh')).toMatchObject([{ status: 'running', run: 'first' }]);
    await put('fresh', { type: 'replication', owner: 'somebody else' });
    expect(await history('fresh')).toHaveLength(1);
    expect((await get<JobAnswer>('/v1/jobs/fresh')).body).toMatchObject({
      owner: 'somebody else',
      last_run: { run: 'first' },
    });
  });

  test('its entry counts nowhere', async () => {
    await put('idle', { type: 'replication' });
    expect(await history('idle')).toHaveLength(1);
    expect((await get<JobAnswer>('/v1/jobs/idle')).body).toMatchObject({
      counts: {},
      success_rate: null,
      p50_ms: null,
    });
    const range = { from: Date.now() - 3_600_000, to: Date.now() + 3_600_000 };
    const filters = [{ field: 'job', op: '=', value: 'idle' }];
    const [shown] = await ask(service.url, { question: 'runs', filters }, range);
    expect(rowsOf(shown)).toMatchObject([{ status: 'pending', message: 'not run yet' }]);
    for (const question of ['counts', 'rate', 'streak', 'values']) {
      const [frame] = await ask(
        service.url,
        { question, filters, field: 'job', format: question === 'values' ? 'table' : 'numeric' },
        range
      );
      expect(rowsOf(frame)).toEqual([]);
    }
  });

  test('its source is there for the run that has not come, and for those that have', async () => {
    const source = { system: 'Salesforce', credentials: { user: 'svc', password: 'not-for-everyone' } };
    await put('sourced', { source });
    const { body } = await get<JobAnswer>('/v1/jobs/sourced');
    expect(body.source).toMatchObject({ system: 'Salesforce', credentials: { user: 'svc' } });
  });
});

describe('a run', () => {
  const COUNTS = { metadata: { success: 3, failure: 1 }, data: { success: 348, failure: 2 } };
  const record = (phase: string, outcome: string, key: string, more: object = {}) => ({
    job: 'replicate',
    run: '1',
    phase,
    outcome,
    key,
    ...more,
  });

  beforeAll(async () => {
    await post('/v1/runs', {
      job: 'replicate',
      run: '1',
      status: 'failed',
      started_at: '2026-11-22T03:00:00Z',
      finished_at: '2026-11-22T03:10:00Z',
      counts: COUNTS,
    });
    await post(
      '/v1/records',
      ndjson([
        record('metadata', 'success', 'table:Account', { message: 'created', data: { fields: 41 } }),
        record('metadata', 'success', 'table:Contact', { message: 'unchanged' }),
        record('metadata', 'failure', 'field:Account.Geo__c', { message: 'type location is not supported' }),
        ...Array.from({ length: 248 }, (_, i) =>
          record('data', 'success', `row-${String(i).padStart(4, '0')}`, { data: { n: i } })
        ),
        record('data', 'failure', 'row-9001', {
          message: 'duplicate key',
          data: { customer: 'Ünal & Söhne', id: 9001 },
        }),
        record('data', 'failure', 'row-9002', { message: '=cmd|calc' }),
      ])
    );
  });

  test('has METADATA and DATA as two parts, each with its successes and failures, as told and as stored', async () => {
    expect(await readRun('replicate', '1')).toMatchObject({
      counts: COUNTS,
      records: { metadata: { success: 2, failure: 1 }, data: { success: 248, failure: 2 } },
    });
  });

  test.each([
    ['MetaSuccess', 'metadata', 'success', 2],
    ['MetaFailure', 'metadata', 'failure', 1],
    ['SuccessRecords', 'data', 'success', 248],
    ['FailedRecords', 'data', 'failure', 2],
  ])('%s opens the list of its records, page by page', async (_, phase, outcome, count) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 20; pages++) {
      const page: RecordsAnswer = await records('1', { phase, outcome, limit: '50', ...(cursor ? { cursor } : {}) });
      expect(page.records.length).toBeLessThanOrEqual(50);
      expect(page.records.every((one) => one.phase === phase && one.outcome === outcome)).toBe(true);
      seen.push(...page.records.map((one) => one.key));
      cursor = page.next;
    }
    expect(seen).toHaveLength(count);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('its records are found by key, message and data, whatever their case', async () => {
    const keys = async (q: string, more = {}) => (await records('1', { q, ...more })).records.map((one) => one.key);
    expect(await keys('ACCOUNT')).toEqual(['field:Account.Geo__c', 'table:Account']);
    expect(await keys('Duplicate')).toEqual(['row-9001']);
    expect(await keys('söhne')).toEqual(['row-9001']);
    expect(await keys('söhne', { outcome: 'success' })).toEqual([]);
    expect(await keys("'; --")).toEqual([]);
  });

  test('a record that is sent again moves to the list that it belongs to now', async () => {
    const moving = (outcome: string) => record('data', outcome, 'retried', { run: '2', message: outcome });
    await post('/v1/records', moving('failure'));
    expect((await records('2', { outcome: 'failure' })).records).toHaveLength(1);
    await post('/v1/records', moving('success'));
    expect((await records('2', { outcome: 'failure' })).records).toEqual([]);
    expect((await records('2')).records).toMatchObject([{ key: 'retried', outcome: 'success', message: 'success' }]);
    expect(await readRun('replicate', '2')).toMatchObject({ records: { data: { success: 1, failure: 0 } } });
  });

  test('a page is whole though most of what it looks at was sent again since', async () => {
    const all = (outcome: string, from: number) =>
      ndjson(
        Array.from({ length: 3000 - from }, (_, i) => record('data', outcome, `k${10_000 + from + i}`, { run: '3' }))
      );
    await post('/v1/records', all('failure', 0));
    await post(
      '/v1/records',
      ndjson(Array.from({ length: 2990 }, (_, i) => record('data', 'success', `k${10_000 + i}`, { run: '3' })))
    );
    const page = await records('3', { outcome: 'failure', limit: '5' });
    expect(page.records.map((one) => one.key)).toEqual(['k12990', 'k12991', 'k12992', 'k12993', 'k12994']);
    const rest = await records('3', { outcome: 'failure', cursor: page.next ?? '' });
    expect(rest).toMatchObject({ next: null, records: [{}, {}, {}, {}, { key: 'k12999' }] });
  });

  test('what is no record is set aside with its reason', async () => {
    const answer = await post(
      '/v1/records',
      ndjson([record('data', 'maybe', 'k', { run: '4' }), record('data', 'success', 'k', { run: '4' })])
    );
    expect(answer.body).toMatchObject({ stored: 1, quarantined: 1 });
    expect((await get<Problem>('/v1/run/records?job=replicate&run=1&outcome=maybe')).status).toBe(400);
    expect((await get<Problem>('/v1/run/records?job=replicate&run=1&format=xlsx')).status).toBe(400);
    expect((await get<Problem>('/v1/run/records?job=replicate&run=nowhere&format=csv')).status).toBe(404);
  });
});

describe('records as a file', () => {
  const file = async (query: string, accept?: string) => {
    const { headers, body, status } = await get<string>(`/v1/run/records?job=files&${query}`, accept ? { accept } : {});
    return { status, type: headers.get('content-type'), name: headers.get('content-disposition'), text: body };
  };

  beforeAll(async () => {
    const items = Array.from({ length: 25_000 }, (_, i) =>
      JSON.stringify({
        job: 'files',
        run: 'a/b "c"',
        phase: 'data',
        outcome: i % 1000 ? 'success' : 'failure',
        key: `k${100_000 + i}`,
      })
    );
    await post('/v1/records', items.join('\n'));
    await post(
      '/v1/records',
      [
        '{"job":"files","run":"odd","phase":"data","outcome":"failure","key":"=2+5","message":"a, \\"b\\"\\nc","data":{"id":123456789012345678901,"t":"é"}}',
        '{"job":"files","run":"odd","phase":"data","outcome":"success","key":"plain"}',
      ].join('\n')
    );
  });

  test('CSV is safe to open in a spreadsheet, and whole', async () => {
    const { type, name, text } = await file('run=odd', 'text/csv');
    expect(type).toBe('text/csv; charset=utf-8');
    expect(name).toBe(`attachment; filename="records-files-odd.csv"; filename*=UTF-8''records-files-odd.csv`);
    const rows = parse(text, { columns: true }) as Array<Record<string, string>>;
    expect(rows).toMatchObject([
      {
        phase: 'data',
        outcome: 'failure',
        key: "'=2+5",
        message: 'a, "b"\nc',
        data: expect.stringContaining('123456789012345678901'),
      },
      { phase: 'data', outcome: 'success', key: 'plain', message: '', data: '' },
    ]);
    expect(rows[0]?.['received_at']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test('NDJSON keeps every digit', async () => {
    const { type, text } = await file('run=odd', 'application/x-ndjson');
    expect(type).toBe('application/x-ndjson');
    const [first = '', second = ''] = text.trim().split('\n');
    expect(first).toContain('123456789012345678901');
    expect(JSON.parse(first)).toMatchObject({
      phase: 'data',
      outcome: 'failure',
      key: '=2+5',
      message: 'a, "b"\nc',
      data: { t: 'é' },
    });
    expect(JSON.parse(second)).toMatchObject({ key: 'plain', message: '', data: null });
  });

  test('holds all that match, not only a page', async () => {
    const run = `run=${encodeURIComponent('a/b "c"')}`;
    const all = await file(`${run}&format=ndjson&limit=10`);
    const keys = all.text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { key: string }).key);
    expect(keys).toEqual(Array.from({ length: 25_000 }, (_, i) => `k${100_000 + i}`));
    expect(all.name).toBe(
      `attachment; filename="records-files-a_b _c_.ndjson"; filename*=UTF-8''records-files-a_b%20_c_.ndjson`
    );
    const failed = await file(`${run}&format=csv&outcome=failure`);
    expect(failed.text.trim().split('\r\n')).toHaveLength(26);
    const one = await file(`${run}&format=csv&q=K101234`);
    expect(one.text.trim().split('\r\n')).toHaveLength(2);
    expect((await file(`${run}&format=csv&q=nothing`)).text).toBe('phase,outcome,key,message,data,received_at\r\n');
  });
});

describe('input that is not right', () => {
  const event = (run: string, more: object) => ({ job: 'input', run, status: 'succeeded', ...more });

  test.each([
    ['no job', { run: '1' }, 'job'],
    ['a status that is none', event('1', { status: 'exploded' }), 'status'],
    ['a time that is none', event('1', { started_at: 'yesterday' }), 'started_at'],
    ['epoch seconds', event('1', { started_at: 1607031575 }), 'started_at'],
    ['epoch seconds as text', event('1', { finished_at: '1607031575' }), 'finished_at'],
    ['a field that stands twice', '{"job":"input","run":"1","run":"2"}', ''],
  ])('%s is a clear problem', async (_, body, path) => {
    const answer = await call<Problem>(service.url, 'POST', '/v1/runs', body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.errors).toEqual([{ index: 0, path, message: expect.stringMatching(/.{15,}/) }]);
  });

  test('a time without a zone is UTC; an end before its start is kept, and has no part in statistics', async () => {
    const start = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
    const local = (ms: number) => new Date(ms).toISOString().replace('.000Z', '');
    await post('/v1/runs', [
      event('zoneless', { started_at: local(start), finished_at: local(start + 10_000).replace('T', ' ') }),
      event('upside down', { started_at: start, finished_at: start - 3_600_000 }),
    ]);
    expect(await readRun('input', 'zoneless')).toMatchObject({
      started_at: new Date(start).toISOString(),
      duration_ms: 10_000,
    });
    expect(await readRun('input', 'upside down')).toMatchObject({ duration_ms: -3_600_000 });
    expect((await get<JobAnswer>('/v1/jobs/input')).body).toMatchObject({
      counts: { succeeded: 2 },
      p50_ms: 10_000,
      p95_ms: 10_000,
    });
  });

  test('a config that names a field twice, or is none, is a clear problem', async () => {
    const refused = async (body: string) => {
      const answer = await call<Problem>(service.url, 'PUT', '/v1/jobs/refused', body);
      expect(answer.status).toBe(400);
      return answer.body.detail;
    };
    expect(await refused('{"source": {"a": 1, "a": 2}}')).toContain('"a" stands here twice');
    expect(await refused('[1]')).toMatch(/^Invalid input: expected object/);
    expect(await refused('{')).toContain('JSON object');
    expect((await get('/v1/jobs/refused')).status).toBe(404);
  });

  test('half a surrogate pair, which JSON can say and UTF-8 can not, keeps nothing from being stored', async () => {
    const half = 'a\ud800';
    await put('halves', { type: half, owner: half, source: { object: half } });
    await post('/v1/runs', [
      { job: 'halves', run: '1', status: 'failed', title: half, user: half, tags: { [half]: half } },
      { job: 'halves', run: '2', status: 'failed', error: { type: half, message: half }, source: { connection: half } },
      { job: 'halves', run: '3', status: 'succeeded' },
    ]);
    expect(await readRun('halves', '1')).toMatchObject({ title: 'a\ufffd', tags: { 'a\ufffd': 'a\ufffd' } });
    expect(await readRun('halves', '2')).toMatchObject({ error: { type: 'a\ufffd', message: 'a\ufffd' } });
    expect(await readRun('halves', '3')).toMatchObject({ status: 'succeeded' });
    expect((await get<JobAnswer>('/v1/jobs/halves')).body.last_run).toMatchObject({ run: '3' });
  });

  test('a run of 20 MB is taken and comes back', async () => {
    const data = { rows: 'x'.repeat(20 * 1024 * 1024) };
    await post('/v1/runs', event('large', { data }));
    await expect.poll(async () => (await readRun('input', 'large')).data, { timeout: 60_000 }).toEqual(data);
  });
});
