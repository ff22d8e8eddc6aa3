import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { call } from '../support/client.js';
import { EXAMPLE, EXAMPLE_KEY } from '../support/job-files.js';
import { CREDENTIALS, startS3, type S3Server } from '../support/s3.js';
import { startService, type TestService } from '../support/service.js';

interface Settings {
  enabled: boolean;
  connection?: Record<string, unknown>;
  state: {
    backlog: number;
    files: number;
    oldest_at: string | null;
    last_written_at: string | null;
    problem: { message: string; attempts: number; next_try_at: string } | null;
    refused: Array<{ job: string; run: string; problem: string }>;
    backfills: Array<{ id: string; runs: number; written: number; done: boolean }>;
  };
}

vi.setConfig({ testTimeout: 180_000 });
const SOON = { timeout: 120_000, interval: 200 };
let s3: S3Server;
let service: TestService;
let data: string;

const send = (path: string, body: string | object) =>
  call(service.url, 'POST', `${path}${path.includes('?') ? '&' : '?'}wait=1`, body);
const runs = (...events: object[]) => send('/v1/runs', events);
const SETTINGS = '/v1/settings/replication';
const settings = async () => (await call<Settings>(service.url, 'GET', SETTINGS)).body;
const put = (body: object) => call<Settings>(service.url, 'PUT', SETTINGS, body);
const connection = (bucket: string, more: object = {}) => ({ region: 'us-east-1', bucket, endpoint: s3.url, ...more });
/** A bucket of its own for each test, and replication into it. */
async function into(bucket: string, more: object = {}) {
  await s3.createBucket(bucket);
  const answer = await put({ enabled: true, connection: connection(bucket), user_id: '5234', ...more });
  expect(answer.status).toBe(200);
}
const keysOf = (bucket: string, count: number) =>
  expect
    .poll(() => s3.keys(bucket), SOON)
    .toHaveLength(count)
    .then(() => s3.keys(bucket));
const fileAt = async (bucket: string, key: string) => JSON.parse(await s3.read(bucket, key)) as Record<string, unknown>;
const AT = '2026-11-20T03:00:00Z';
const done = (job: string, run: string, more: object = {}) => ({
  job,
  run,
  status: 'succeeded',
  started_at: AT,
  finished_at: '2026-11-20T03:00:05Z',
  ...more,
});

beforeAll(async () => {
  s3 = await startS3();
  data = await mkdtemp(join(tmpdir(), 'joblens-test-'));
  service = await startService({ data, env: CREDENTIALS });
}, 700_000);
afterAll(async () => {
  await service?.stop();
  await s3?.stop();
  await rm(data, { recursive: true, force: true });
});

describe('files out', () => {
  test("the document's example comes out to the letter", async () => {
    await into('example');
    await send('/v1/receive/workato?user_id=5234', EXAMPLE);
    expect(await keysOf('example', 1)).toEqual([EXAMPLE_KEY]);
    expect(await s3.read('example', EXAMPLE_KEY)).toBe(JSON.stringify(JSON.parse(EXAMPLE)));
    await expect
      .poll(async () => (await call(service.url, 'GET', '/v1/run?job=234&run=100')).body['replicated'], SOON)
      .toMatchObject({ url: `s3://example/${EXAMPLE_KEY}`, problem: null });
  });

  test('and so does the same run sent as our own events', async () => {
    await into('native');
    await send('/v1/lines', [
      { job: '234', run: '101', seq: 0, level: 'info', message: 'began', time: AT },
      { job: '234', run: '101', seq: 1, level: 'error', message: 'boom', time: AT, output: { n: 1 } },
    ]);
    await runs(
      done('234', '101', {
        status: 'failed',
        title: 'hello',
        error: { type: 'Odd', message: 'boom' },
        report: { age: 35 },
      })
    );
    const [key] = await keysOf('native', 1);
    expect(key).toBe('5234/jobs/234/20261120/000/000/000/000/000/000/101/5234-234-101-20261120030000-failed.json');
    expect(await fileAt('native', key ?? '')).toMatchObject({
      id: 101,
      flow_id: 234,
      parent_id: null,
      calling_job_id: null,
      status: 'failed',
      started_at: AT,
      completed_at: '2026-11-20T03:00:05Z',
      error_type: 'Odd',
      error: 'boom',
      title: 'hello',
      is_poll_error: false,
      report: { age: 35 },
      lines: [
        { recipe_line_number: 0, adapter_name: 'log', message: 'began', input: {}, output: {}, mask_data: false },
        { recipe_line_number: 1, adapter_operation: 'error', message: 'boom', output: { n: 1 } },
      ],
    });
  });

  test('only runs that completed or failed get one; ids of any form stay where they belong', async () => {
    await into('statuses', { connection: connection('statuses', { prefix: '/archive' }), user_id: 'acme/eu' });
    await runs(
      done('ids', '../../../etc/passwd'),
      done('ids', '007'),
      done('ids', '7'),
      done('ids', '1234567890123456789012'),
      done('ids', 'late', { status: 'timed_out' }),
      ...['running', 'pending', 'cancelled', 'skipped', 'unknown'].map((status) =>
        done('ids', `no ${status}`, { status })
      )
    );
    const keys = await keysOf('statuses', 5);
    const at = 'archive/acme_2feu/jobs/ids/20261120';
    expect(keys).toEqual(
      [
        `${at}/000/000/000/000/000/000/007/acme_2feu-ids-7-20261120030000-succeeded.json`,
        `${at}/_2e_2e_2f_2e_2e_2f_2e_2e_2fetc_2fpasswd/acme_2feu-ids-_2e_2e_2f_2e_2e_2f_2e_2e_2fetc_2fpasswd-20261120030000-succeeded.json`,
        `${at}/_3007/acme_2feu-ids-_3007-20261120030000-succeeded.json`,
        `${at}/_31234567890123456789012/acme_2feu-ids-_31234567890123456789012-20261120030000-succeeded.json`,
        `${at}/late/acme_2feu-ids-late-20261120030000-failed.json`,
      ].sort()
    );
  });

  test('without line logs, for the tenant or a single job; a job can be left out; masked data stays masked', async () => {
    const line = { recipe_line_number: 0, adapter_name: 'pay', input: { card: 'secret' }, output: { token: 'secret' } };
    const file = (flow: string, mask_data: boolean) => ({
      id: 1,
      flow_id: flow,
      status: 'completed',
      started_at: AT,
      lines: [{ ...line, mask_data }],
    });
    await into('lines', { store_lines: false, jobs: { by_admin: { store_lines: true } } });
    await call(service.url, 'PUT', '/v1/jobs/by_config?wait=1', { replicate: { store_lines: true, user_id: 'own' } });
    await call(service.url, 'PUT', '/v1/jobs/left_out?wait=1', { replicate: { enabled: false } });
    await expect.poll(async () => (await call(service.url, 'GET', '/v1/jobs/left_out')).status, SOON).toBe(200);
    await send('/v1/receive/workato', [
      file('plain', false),
      file('by_admin', true),
      file('by_config', false),
      file('left_out', false),
    ]);
    const keys = await keysOf('lines', 3);
    const of = (job: string) => fileAt('lines', keys.find((key) => key.includes(`/${job}/`)) ?? '');
    expect(keys.map((key) => key.split('/').slice(0, 3).join('/'))).toEqual([
      '5234/jobs/by_5fadmin',
      '5234/jobs/plain',
      'own/jobs/by_5fconfig',
    ]);
    expect(await of('plain')).toEqual({ id: 1, flow_id: 'plain', status: 'completed', started_at: AT });
    expect(await of('by_5fadmin')).toMatchObject({
      lines: [{ adapter_name: 'pay', input: null, output: null, mask_data: true }],
    });
    expect(await of('by_5fconfig')).toMatchObject({ lines: [{ input: { card: 'secret' } }] });
  });

  test('in parts, where they are large', async () => {
    await into('large');
    const lines = Array.from({ length: 300 }, (_, i) => ({
      recipe_line_number: i,
      adapter_name: 'csv',
      output: { rows: `${i}${'x'.repeat(40_000)}` },
    }));
    const file = { id: 5, flow_id: 6, status: 'completed', started_at: AT, lines };
    await send('/v1/receive/workato', file);
    const [key = ''] = await keysOf('large', 1);
    expect(await fileAt('large', key)).toEqual(file);
    expect(await s3.partsOf('large', key)).toBeGreaterThan(1);
  });
});

describe('corrections', () => {
  test('are written again; where the name changes, the old file goes', async () => {
    await into('corrected');
    await send('/v1/receive/workato', { id: 1, flow_id: 2, status: 'failed', error: 'boom', started_at: AT });
    const [failed = ''] = await keysOf('corrected', 1);
    expect(failed).toContain('-failed.json');
    await send('/v1/receive/workato', { id: 1, flow_id: 2, status: 'completed', error: null, started_at: AT });
    await expect.poll(() => s3.keys('corrected'), SOON).toEqual([failed.replace('-failed', '-succeeded')]);
    expect(await fileAt('corrected', failed.replace('-failed', '-succeeded'))).toMatchObject({
      status: 'completed',
      error: null,
    });
  });

  test('a line that comes later is in the file, too', async () => {
    await into('later');
    await runs(done('later', '1'));
    const [key = ''] = await keysOf('later', 1);
    expect(await fileAt('later', key)).toMatchObject({ lines: [] });
    await send('/v1/lines', { job: 'later', run: '1', seq: 0, message: 'late' });
    await expect.poll(() => fileAt('later', key), SOON).toMatchObject({ lines: [{ message: 'late' }] });
  });

  test('a run that is cancelled after all has no file any more; one that is deleted keeps it', async () => {
    await into('gone');
    await runs(done('gone', '1', { status: 'failed' }), done('gone', '2'));
    const [, kept] = await keysOf('gone', 2);
    await runs({ job: 'gone', run: '1', status: 'cancelled', time: '2026-11-20T04:00:00Z' });
    expect(await keysOf('gone', 1)).toEqual([kept]);
    expect((await call(service.url, 'DELETE', '/v1/run?job=gone&run=2')).status).toBe(200);
    await runs(done('gone', '3'));
    expect(await keysOf('gone', 2)).toContain(kept);
  });
});

describe('outages and restarts', () => {
  test('what can’t be written waits, visibly, also over a crash, and is written once S3 is back', async () => {
    await into('outage');
    await runs(done('outage', '1'));
    await keysOf('outage', 1);
    s3.shut();
    await runs(...Array.from({ length: 20 }, (_, i) => done('outage', `${i + 2}`)));
    await expect.poll(settings, SOON).toMatchObject({
      state: {
        backlog: 20,
        oldest_at: expect.any(String),
        problem: { message: `Nothing listens at ${s3.url}.`, attempts: expect.any(Number) },
      },
    });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/^joblens_replication_backlog\{tenant="default"\} 20$/m);
    expect(metrics).toMatch(/^joblens_replication_lag_seconds\{tenant="default"\} \d/m);
    expect(metrics).toMatch(/^joblens_replication_failures_total\{tenant="default"\} [1-9]/m);

    await service.kill('SIGKILL');
    service = await startService({ data, env: CREDENTIALS });
    expect(await settings()).toMatchObject({ enabled: true, state: { backlog: 20 } });
    await s3.open();
    await keysOf('outage', 21);
    await expect.poll(settings, SOON).toMatchObject({ state: { backlog: 0, problem: null } });
  });

  test('settings that are mended help at once', async () => {
    await put({ enabled: true, connection: connection('not-there-yet') });
    await runs(done('mended', '1'));
    await expect.poll(settings, SOON).toMatchObject({
      state: { problem: { message: expect.stringMatching(/no bucket "not-there-yet"/) }, backlog: 1 },
    });
    await into('there');
    await keysOf('there', 1);
  });
});

describe('back-fill', () => {
  test('writes what ended before replication was switched on, on demand', async () => {
    await put({ enabled: false, connection: connection('backfilled') });
    const older = Array.from({ length: 400 }, (_, i) =>
      done(i % 20 ? 'older' : 'old', `${i}`, { started_at: `2025-0${1 + (i % 9)}-10T00:00:00Z` })
    );
    await runs(...older);
    await into('backfilled');
    await runs(done('new', '1'));
    expect(await keysOf('backfilled', 1)).toMatchObject([expect.stringContaining('/new/')]);
    const range = { from: '2025-01-01T00:00:00Z', to: '2025-12-31T00:00:00Z' };
    const one = await call<{ runs: number }>(service.url, 'POST', '/v1/replication/backfill', { ...range, job: 'old' });
    expect(one).toMatchObject({ status: 202, body: { runs: 20, done: false } });
    await keysOf('backfilled', 21);
    await call(service.url, 'POST', '/v1/replication/backfill', range);
    await keysOf('backfilled', 401);
    await expect.poll(settings, SOON).toMatchObject({
      state: {
        files: expect.any(Number),
        backfills: expect.arrayContaining([expect.objectContaining({ runs: 400, written: 400, done: true })]),
      },
    });
  });

  test('is refused with words where it makes no sense', async () => {
    const upsideDown = await call(service.url, 'POST', '/v1/replication/backfill', { from: 2000, to: 1000 });
    expect(upsideDown).toMatchObject({ status: 400, body: { detail: expect.stringContaining('upside down') } });
    await put({ enabled: false });
    const off = await call(service.url, 'POST', '/v1/replication/backfill', { from: 1000, to: 2000 });
    expect(off).toMatchObject({ status: 409, body: { detail: expect.stringContaining('switched off') } });
  });
});

describe('settings', () => {
  test('hold no secrets, and are refused with words', async () => {
    const wrong = async (body: object) => (await call<{ detail: string }>(service.url, 'PUT', SETTINGS, body)).body;
    expect((await wrong({ enabled: true })).detail).toContain('connection');
    expect((await wrong({ connection: { ...connection('b-b'), secret_access_key: 'hush' } })).detail).toMatch(
      /secret_access_key: not known here; no keys or secrets are stored/
    );
    expect((await wrong({ connection: { ...connection('b-b'), endpoint: 'ftp://x' } })).detail).toContain(
      'https://s3.example.com'
    );
    expect((await wrong({ connection: { ...connection('b-b'), prefix: 'a/../b' } })).detail).toContain('prefix');
    const audit = await (await fetch(`${service.url}/v1/audit`)).text();
    expect(audit).toContain('settings.replication');
    expect(audit).not.toContain('hush');
  });
});
