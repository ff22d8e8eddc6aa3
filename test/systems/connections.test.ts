import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  Accepted,
  AuditAnswer,
  LinesAnswer,
  Problem,
  RunAnswer,
  RunsAnswer,
} from '../../ingest/src/model/answer.js';
import type { BasiqJob } from '../../ingest/src/systems/basiq.js';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const USER = 'b2afc9cd-0f3c-41f0-9e19-d18482abc9fc';
const CONNECTION = '60612323-9c42-478a-8ff2-640445dbe64a';

/** Jobs as Basiq's reference shows them, under the ids of its Job History page. */
const FAILED = {
  type: 'job',
  id: '6c869859-8635-4fad-b809-2fe9ef7a0ee7',
  created: '2024-12-10T00:46:25Z',
  updated: '2024-12-10T00:46:38Z',
  jobType: 'connection',
  steps: [
    {
      title: 'verify-credentials',
      status: 'failed',
      result: { code: 'authorization-failed', title: 'Authorization failed', detail: 'access_denied' },
    },
    { title: 'retrieve-accounts', status: 'pending', result: null },
    { title: 'retrieve-transactions', status: 'pending', result: null },
  ],
  links: {
    self: 'https://au-api.basiq.io/jobs/6c869859-8635-4fad-b809-2fe9ef7a0ee7',
    source: `https://au-api.basiq.io/users/${USER}/connections/${CONNECTION}`,
  },
};
const link = (url: string) => ({ type: 'link', url });
const SUCCEEDED = {
  type: 'job',
  id: '10105886-f806-43c5-9a56-7b672ad24c1d',
  created: '2024-12-10T04:33:00Z',
  updated: '2024-12-10T04:33:02Z',
  jobType: 'connection',
  institution: { id: 'AU00000', links: { self: 'https://au-api.basiq.io/institutions/AU00000' }, type: 'institution' },
  steps: [
    { title: 'verify-credentials', status: 'success', result: link(`/users/${USER}/connections/${CONNECTION}`) },
    {
      title: 'retrieve-accounts',
      status: 'success',
      result: link(`/users/${USER}/accounts?filter=institution.id.eq('AU00000')`),
    },
    {
      title: 'retrieve-transactions',
      status: 'success',
      result: link(`/users/${USER}/transactions?filter=institution.id.eq('AU00000')`),
    },
  ],
  links: {
    self: 'https://au-api.basiq.io/jobs/10105886-f806-43c5-9a56-7b672ad24c1d',
    source: `https://au-api.basiq.io/users/${USER}/connections/${CONNECTION}`,
  },
};
const REPORT = {
  type: 'job',
  id: 'b1824ad0-73f1-0138-3700-0a58a9feac09',
  partnerId: 'e73ffa09-742f-4be3-9aae-0ad077f041a1',
  applicationId: '3e2863df-43d1-405d-b104-701bcb34e184',
  created: '2016-06-08T09:10:32.000Z',
  updated: '2016-06-08T09:14:28.000Z',
  status: 'in-progress',
  jobType: 'report',
  steps: [{ title: 'create-report', status: 'in-progress', result: null }],
  links: {
    self: '/jobs/b1824ad0-73f1-0138-3700-0a58a9feac09',
    source: '/reports/b1824ad0-73f1-0138-3700-0a58a9feac09',
  },
};

let service: TestService;
const get = <T>(path: string, headers?: Record<string, string>) =>
  call<T>(service.url, 'GET', path, undefined, headers);
const receive = <T = Accepted>(body: string | object) => call<T>(service.url, 'POST', '/v1/receive/basiq?wait=1', body);
const readRun = (run: string) => get<RunAnswer>(`/v1/runs/${run}`);
const readJob = (id: string) => get<BasiqJob>(`/v1/basiq/jobs/${id}`);
const listJobs = (user: string, query = '') =>
  get<{ type: string; size: number; data: BasiqJob[]; links: { self: string; next?: string } }>(
    `/v1/basiq/users/${user}/jobs${query}`
  );

beforeAll(async () => {
  service = await startService();
  await receive([FAILED, SUCCEEDED, REPORT]);
});
afterAll(() => service.stop());

describe('jobs in', () => {
  test('a failed job says at which step, why, and on which connection', async () => {
    expect((await readRun(FAILED.id)).body).toMatchObject({
      job: 'basiq/connection',
      status: 'failed',
      type: 'connection',
      user: USER,
      queued_at: '2024-12-10T00:46:25.000Z',
      started_at: '2024-12-10T00:46:25.000Z',
      finished_at: '2024-12-10T00:46:38.000Z',
      duration_ms: 13_000,
      message: 'access_denied',
      error: { type: 'authorization-failed', message: 'access_denied', step: 'verify-credentials' },
      source: { system: 'basiq', connection: CONNECTION, url: FAILED.links.source },
      url: FAILED.links.self,
      steps: [
        { step: 'verify-credentials', status: 'failed', status_text: 'failed' },
        { step: 'retrieve-accounts', status: 'pending' },
        { step: 'retrieve-transactions', status: 'pending' },
      ],
    });
  });

  test('a job is followed from its first answer to its end, though its connection shows only later', async () => {
    const steps = (...words: string[]) =>
      SUCCEEDED.steps.map((step, i) => ({
        ...step,
        status: words[i],
        result: words[i] === 'success' ? step.result : null,
      }));
    const self = 'https://au-api.basiq.io/jobs/e9132638';
    const job = { type: 'job', id: 'e9132638', created: '2020-06-10T09:59:00Z' };
    await receive({ type: 'job', id: 'e9132638', links: { self } });
    expect((await readRun('e9132638')).body).toMatchObject({ status: 'running', started_at: null });
    await receive({
      ...job,
      updated: '2020-06-10T09:59:01Z',
      steps: steps('in-progress', 'pending', 'pending'),
      links: { self },
    });
    expect((await readRun('e9132638')).body).toMatchObject({ status: 'running', finished_at: null });
    expect((await readJob('e9132638')).body).toMatchObject({ updated: '2020-06-10T09:59:01Z' });
    await receive({
      ...job,
      updated: '2020-06-10T09:59:07Z',
      steps: steps('success', 'in-progress', 'pending'),
      links: { self },
    });
    expect((await readRun('e9132638')).body).toMatchObject({ status: 'running', source: { connection: CONNECTION } });
    const { links } = SUCCEEDED;
    await receive({ ...job, updated: '2020-06-10T09:59:30Z', steps: steps('success', 'success', 'success'), links });
    expect((await readRun('e9132638')).body).toMatchObject({ status: 'succeeded', duration_ms: 30_000, user: USER });
    expect((await get<RunsAnswer>('/v1/runs?from=2020-01-01T00:00:00Z&q=e9132638')).body.runs).toHaveLength(1);
  });

  test('a job that went well says so', async () => {
    expect((await readRun(SUCCEEDED.id)).body).toMatchObject({
      status: 'succeeded',
      message: expect.stringContaining('successfully refreshed the connection data'),
      error: null,
    });
  });

  test('the list that Basiq answers is taken as it is, and NDJSON', async () => {
    const data = ['l-1', 'l-2'].map((id) => ({ ...SUCCEEDED, id }));
    expect((await receive({ type: 'list', size: 2, data, links: { self: '/users/x/jobs' } })).body).toMatchObject({
      accepted: 2,
      ids: ['l-1', 'l-2'],
    });
    const lines = ['n-1', 'n-2'].map((id) => JSON.stringify({ ...FAILED, id }));
    expect((await receive(lines.join('\n'))).body).toMatchObject({ accepted: 2, ids: ['n-1', 'n-2'] });
  });

  test('a challenge waits for its answer; a list of results is read by its first', async () => {
    const challenge = {
      type: 'mfa',
      method: 'token',
      input: ['OTP Password'],
      expiryMs: 3600,
      links: { response: '/jobs/mfa/mfa' },
    };
    await receive({
      ...SUCCEEDED,
      id: 'mfa',
      steps: [
        { title: 'verify-credentials', status: 'success', result: [link('/users/ea3a81/connections/8fce3b')] },
        { title: 'mfa-challenge', status: 'in-progress', result: [challenge] },
        { title: 'retrieve-accounts', status: 'pending', result: null },
      ],
      links: { self: '/jobs/mfa' },
    });
    expect((await readRun('mfa')).body).toMatchObject({
      status: 'running',
      user: 'ea3a81',
      source: { connection: '8fce3b' },
    });
    expect((await readJob('mfa')).body.steps[1]).toEqual({
      title: 'mfa-challenge',
      status: 'in-progress',
      result: [challenge],
    });
  });

  test('a word that nobody documented is kept and makes the job unknown', async () => {
    const steps = [{ title: 'verify-credentials', status: 'on-hold', result: null }];
    await receive({ ...SUCCEEDED, id: 'odd', steps });
    expect((await readRun('odd')).body).toMatchObject({
      status: 'unknown',
      status_text: 'on-hold',
      steps: [{ status: 'unknown', status_text: 'on-hold' }],
    });
    expect((await readJob('odd')).body.steps).toEqual(steps);
  });

  test('times that need an assumption say so; an end before the start is kept', async () => {
    await receive({ ...FAILED, id: 'times', created: '2024-12-10T00:46:25', updated: 1733791580 });
    expect((await readRun('times')).body).toMatchObject({
      queued_at: '2024-12-10T00:46:25.000Z',
      finished_at: '2024-12-10T00:46:20.000Z',
      duration_ms: -5000,
      metadata: {
        repairs: [
          'created: "2024-12-10T00:46:25" has no time zone and was read as UTC',
          'updated: 1733791580 was read as seconds',
        ],
      },
    });
  });

  test.each([
    ['a job without an id', { ...FAILED, id: undefined }, 'id'],
    ['something else that Basiq answers', { type: 'user', id: 'x' }, 'type'],
    ['steps that are none', { ...FAILED, steps: 'all' }, 'steps'],
    ['a time that is none', { ...FAILED, updated: 'just now' }, 'updated'],
    ['a kind that can name no job', { ...FAILED, jobType: 'a\nb' }, 'jobType'],
    ['a field that stands there twice', '{"type":"job","id":"a","id":"b"}', ''],
    ['an empty list', { type: 'list', size: 0, data: [] }, undefined],
    ['no JSON', '<job/>', undefined],
  ])('%s is a clear problem', async (_, body, path) => {
    const answer = await receive<Problem>(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.detail).toMatch(/.{15,}/);
    expect(answer.body.errors?.[0]?.path).toBe(path);
  });
});

describe('jobs out', () => {
  test.each([
    ['a failed', FAILED],
    ['a successful', SUCCEEDED],
  ])('%s job comes back as it was sent', async (_, job) => {
    const { status, body } = await readJob(job.id);
    expect(status).toBe(200);
    expect(body).toEqual(job);
  });

  test('so does a report, and whatever else a job says, its times letter by letter', async () => {
    expect((await readJob(REPORT.id)).body).toEqual(REPORT);
    const { jobType: _kind, ...untyped } = SUCCEEDED;
    const jobs = [
      { ...untyped, id: 'as-is-1', created: '2024-12-10T04:33:00.123456Z', updated: '2024-12-10T15:33:10.5+11:00' },
      { ...SUCCEEDED, id: 'as-is-2', institution: 'AU00000', extra: { n: 1 }, links: { self: '/jobs/2', bank: '/b' } },
      { ...FAILED, id: 'as-is-3', steps: [{ title: 'verify-credentials', status: 'FAILED', result: null, took: 3 }] },
      { ...FAILED, id: 'as-is-4', steps: [{ title: 'verify-credentials', status: 'failed', result: [] }] },
      {
        ...FAILED,
        id: 'as-is-5',
        steps: ['a', 'a 3', 'a', ''].map((title) => ({ title, status: 'success', result: title })),
      },
    ];
    await receive(jobs);
    for (const job of jobs) {
      expect((await readJob(job.id)).body).toEqual(job);
    }
    const big = `{"id": "as-is-6", "created": "2024-12-10T00:46:25Z", "steps": [], "extra": 123456789012345678901}`;
    await receive(big);
    const raw = await fetch(`${service.url}/v1/basiq/jobs/as-is-6`);
    expect(await raw.text()).toContain('"extra":123456789012345678901');
  });

  test.each([
    [[], 'Basiq gave no reason'],
    [[null], 'Basiq gave no reason'],
    [5, 'Basiq gave no reason'],
    ['the bank said no', 'the bank said no'],
    [{ type: 'list', data: [{ type: 'error', code: 'x', detail: 'too late' }] }, 'too late'],
  ])('a step that failed with %j says why, if it does', async (result, message) => {
    const id = `why ${JSON.stringify(result)}`;
    await receive({ ...FAILED, id, steps: [{ title: 'verify-credentials', status: 'failed', result }] });
    expect((await readRun(encodeURIComponent(id))).body).toMatchObject({ status: 'failed', error: { message } });
  });

  test("a user's jobs are a list, filtered by connection, page by page", async () => {
    const jobs = Array.from({ length: 5 }, (_, i) => ({
      ...FAILED,
      id: `u-${i}`,
      created: `2024-12-1${i}T00:00:00Z`,
      updated: `2024-12-1${i}T00:00:09Z`,
      links: { self: `/jobs/u-${i}`, source: `/users/ea3a81/connections/${i < 2 ? 'first' : 'second'}` },
    }));
    await receive(jobs);
    const all = await listJobs('ea3a81', "?filter=connection.id.eq('second')");
    expect(all.body).toMatchObject({
      type: 'list',
      size: 3,
      links: { self: `${service.url}/v1/basiq/users/ea3a81/jobs` },
    });
    expect(all.body.data).toEqual([jobs[4], jobs[3], jobs[2]]);
    const ids: string[] = [];
    let query = "?limit=2&filter=connection.id.eq('second')";
    for (let pages = 0; query !== '' && pages < 5; pages++) {
      const { body } = await listJobs('ea3a81', query);
      ids.push(...body.data.map((job) => job.id));
      query = body.links.next === undefined ? '' : new URL(body.links.next).search;
    }
    expect(ids).toEqual(['u-4', 'u-3', 'u-2']);
    expect((await listJobs('nobody')).body).toMatchObject({ type: 'list', size: 0, data: [] });
  });

  test('a run without steps is one step, so that its outcome is seen where it is looked for', async () => {
    const error = { type: 'OutOfMemory', message: 'killed' };
    await call(service.url, 'POST', '/v1/runs?wait=1', [
      { job: 'plain', run: 'plain-1', status: 'running', started_at: '2026-11-22T03:00:00Z' },
      { job: 'plain', run: 'plain-2', status: 'failed', title: 'Nightly', error },
    ]);
    expect((await readJob('plain-1')).body).toMatchObject({
      status: 'in-progress',
      steps: [{ title: 'plain', status: 'in-progress', result: null }],
      links: { source: `${service.url}/v1/jobs/plain` },
    });
    expect((await readJob('plain-2')).body.steps).toEqual([
      { title: 'Nightly', status: 'failed', result: { code: 'OutOfMemory', title: 'Nightly', detail: 'killed' } },
    ]);
  });

  test('errors are problems, with what a client of Basiq looks for', async () => {
    const unknown = await get<Problem & { data: object[] }>('/v1/basiq/jobs/nobody');
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({
      status: 404,
      data: [{ type: 'error', code: 'resource-not-found', detail: expect.stringContaining('nobody') }],
    });
    const filter = await get<Problem & { data: object[] }>(
      "/v1/basiq/users/x/jobs?filter=institution.id.eq('AU00000')"
    );
    expect(filter.status).toBe(400);
    expect(filter.body.data).toMatchObject([
      { code: 'parameter-not-valid', detail: expect.stringContaining('connection.id.eq') },
    ]);
  });

  test('a run that came another way is a job too; one of two with the same id is asked for by its key', async () => {
    const run = (job: string) => ({
      job,
      run: 'same id',
      status: 'failed',
      user: 'svc',
      started_at: '2026-11-22T03:00:00Z',
      finished_at: '2026-11-22T03:10:09.5Z',
      error: { type: 'Timeout', message: 'upstream took 30 s' },
      steps: [
        { step: 'extract', status: 'succeeded' },
        {
          step: 'load',
          title: 'Load it',
          status: 'timed_out',
          error: { type: 'Timeout', message: 'upstream took 30 s' },
        },
      ],
      source: { connection: 'warehouse' },
    });
    await call(service.url, 'POST', '/v1/runs?wait=1', [run('one'), run('two')]);
    const ambiguous = await get<Problem>('/v1/basiq/jobs/same%20id');
    expect(ambiguous.status).toBe(409);
    const key = ambiguous.body.errors?.find((error) => error.path === 'two')?.message ?? '';
    expect((await readJob(key)).body).toEqual({
      type: 'job',
      id: 'same id',
      created: '2026-11-22T03:00:00Z',
      updated: '2026-11-22T03:10:09.500Z',
      jobType: 'two',
      status: 'failed',
      steps: [
        { title: 'extract', status: 'success', result: null },
        {
          title: 'Load it',
          status: 'failed',
          result: { code: 'Timeout', title: 'Load it', detail: 'upstream took 30 s' },
        },
      ],
      links: {
        self: `${service.url}/v1/basiq/jobs/same%20id`,
        source: `${service.url}/v1/basiq/users/svc/connections/warehouse`,
      },
    });
  });
});

describe('programmatic access by job id', () => {
  test('retrieve one, and its log', async () => {
    const lines = ['refreshing', 'ERROR access_denied'].map((message, seq) =>
      JSON.stringify({ job: 'basiq/connection', run: FAILED.id, seq, message, level: seq ? 'error' : 'info' })
    );
    await call(service.url, 'POST', '/v1/lines?wait=1', lines.join('\n'));
    const run = await readRun(FAILED.id);
    expect(run.body).toMatchObject({
      run: FAILED.id,
      lines: 2,
      first_error_line: 'ERROR access_denied',
    });
    const log = await get<LinesAnswer>(`/v1/runs/${FAILED.id}/lines?level=error`);
    expect(log.body.lines.map((line) => line.message)).toEqual(['ERROR access_denied']);
    const text = await get<string>(`/v1/runs/${FAILED.id}/lines`, { accept: 'text/plain' });
    expect(text.body).toBe('refreshing\nERROR access_denied\n');
  });

  test('list and filter, by connection too', async () => {
    const ids = async (query: string) =>
      (await get<RunsAnswer>(`/v1/runs?from=2024-01-01T00:00:00Z&${query}`)).body.runs.map((run) => run.run);
    expect(await ids(`connection=${CONNECTION}&status=failed&q=6c869859`)).toEqual([FAILED.id]);
    expect(await ids('connection=first&connection=second&status=failed')).toEqual(['u-4', 'u-3', 'u-2', 'u-1', 'u-0']);
    expect(await ids('connection=nothing')).toEqual([]);
  });

  test('questions filter, group and list by connection', async () => {
    const range = { from: Date.UTC(2024, 11, 1), to: Date.UTC(2024, 11, 31) };
    const [values] = await ask(service.url, { question: 'values', field: 'connection', search: 'o' }, range);
    expect(rowsOf(values)).toEqual([{ value: 'second', count: 3 }]);
    const filters = [{ field: 'user', op: '=', value: 'ea3a81' }];
    const [counts] = await ask(
      service.url,
      { question: 'counts', groupBy: ['connection'], filters, format: 'table' },
      range
    );
    expect(rowsOf(counts)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ connection: 'first', runs: 2 }),
        expect.objectContaining({ connection: 'second', runs: 3 }),
      ])
    );
  });
});

describe('management by job id', () => {
  const id = 'managed-1';
  const path = `/v1/runs/${id}`;

  test('annotate, acknowledge, re-label, cancel-mark, delete; every change stands in the audit trail', async () => {
    const steps = [{ title: 'verify-credentials', status: 'in-progress', result: null }];
    await receive({ ...SUCCEEDED, id, steps });
    const patch = (body: object) => call<RunAnswer>(service.url, 'PATCH', path, body);
    expect((await patch({ note: 'the bank is closed today' })).body.notes).toMatchObject([
      { text: 'the bank is closed today' },
    ]);
    expect((await patch({ acknowledged: { note: 'mine' } })).body.acknowledged).toMatchObject({
      note: 'mine',
      until: null,
    });
    expect((await patch({ title: 'Refresh', tags: { bank: 'AU00000' } })).body).toMatchObject({
      title: 'Refresh',
      tags: { bank: 'AU00000' },
    });
    expect((await patch({ status: 'cancelled' })).body).toMatchObject({ status: 'cancelled' });
    expect((await readJob(id)).body).toMatchObject({ id, status: 'failed' });
    await receive({ ...SUCCEEDED, id });
    expect((await readRun(id)).body).toMatchObject({ status: 'cancelled', title: 'Refresh' });
    expect((await call(service.url, 'DELETE', path)).status).toBe(200);
    expect((await readRun(id)).status).toBe(404);
    expect((await readJob(id)).status).toBe(404);
    const { body } = await get<AuditAnswer>(`/v1/audit?job=basiq/connection&run=${id}`);
    expect(body.entries.map(({ action, outcome }) => [action, outcome])).toEqual(
      ['run.delete', 'run.cancel', 'run.label', 'run.acknowledge', 'run.annotate'].map((action) => [action, 'done'])
    );
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
      expect((await call(service.url, method, '/v1/audit', {})).status).toBe(405);
    }
  });

  test('a failed job comes with the documented actions, unless more is known', async () => {
    expect((await readRun(FAILED.id)).body.recommended).toEqual({
      source: 'rule',
      rule: 'Connection refresh failed',
      url: null,
      actions: [
        "Check if the user's credentials are still valid.",
        'Verify the network or API endpoint availability.',
        'Use the job_id to fetch logs for more details.',
      ],
    });
    const result = { code: 'system-unavailable', title: 'Service unavailable.', detail: 'The request timed out.' };
    await receive({ ...FAILED, id: 'timed-out', steps: [{ title: 'verify-credentials', status: 'failed', result }] });
    expect((await readRun('timed-out')).body.recommended).toMatchObject({ rule: 'Time-out' });
    expect((await readRun(SUCCEEDED.id)).body.recommended).toBeNull();
  });

  test('a job is purged with all its runs', async () => {
    await call(service.url, 'POST', '/v1/receive/basiq?wait=1&job=purged', [
      { ...FAILED, id: 'p-1' },
      { ...FAILED, id: 'p-2' },
    ]);
    expect((await call(service.url, 'DELETE', '/v1/jobs/purged')).body).toMatchObject({ deleted: { runs: 2 } });
    expect((await readJob('p-1')).status).toBe(404);
  });
});
