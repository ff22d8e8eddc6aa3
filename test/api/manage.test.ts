import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  AuditAnswer,
  JobAnswer,
  LinesAnswer,
  Problem,
  RunAnswer,
  RunsAnswer,
} from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const folder = mkdtempSync(join(tmpdir(), 'joblens-manage-'));
const rulesFile = join(folder, 'rules.yaml');
let service: TestService;
const get = <T>(path: string) => call<T>(service.url, 'GET', path);
const post = (path: string, body: string | object) => call(service.url, 'POST', `${path}?wait=1`, body);
const at = (job: string, run: string) => `/v1/run?${new URLSearchParams({ job, run })}`;
const patch = <T = RunAnswer>(path: string, body: object, headers: Record<string, string> = {}) =>
  call<T>(service.url, 'PATCH', path, body, headers);
const zoe = { 'x-joblens-user': 'zo%C3%AB@example.org', 'x-joblens-role': 'Editor' };

beforeAll(async () => {
  writeFileSync(
    rulesFile,
    `rules:\n  - name: Bank holidays\n    job: ^bank/\n    message: closed on\n    actions: [Wait for the next working day.]\n    url: https://runbooks.example.org/bank\n`
  );
  service = await startService({ env: { JOBLENS_RULES_FILE: rulesFile } });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a run', () => {
  test('takes notes, an acknowledgement and new labels, above what is reported later', async () => {
    const run = { job: 'op', run: 'annotated', status: 'failed', title: 'as sent', tags: { env: 'prod', team: 'a' } };
    await post('/v1/runs', run);
    const noted = await patch(at('op', 'annotated'), { note: 'looking into it' }, zoe);
    expect(noted).toMatchObject({ status: 200, body: { notes: [{ by: 'zoë@example.org', text: 'looking into it' }] } });
    await patch(at('op', 'annotated'), { note: 'a firewall rule', tags: { team: 'b' }, title: 'by hand' });
    const until = '2030-01-01T00:00:00.000Z';
    const taken = await patch(at('op', 'annotated'), { acknowledged: { until, note: 'mine' } }, zoe);
    expect(taken.body.acknowledged).toMatchObject({ by: 'zoë@example.org', until, note: 'mine' });
    await post('/v1/runs', { ...run, time: Date.now() + 60_000, title: 'sent again', message: 'and again' });
    const { body } = await get<RunAnswer>(at('op', 'annotated'));
    expect(body.notes.map(({ by, text }) => [by, text])).toEqual([
      ['zoë@example.org', 'looking into it'],
      ['local', 'a firewall rule'],
    ]);
    expect(body).toMatchObject({
      title: 'by hand',
      message: 'and again',
      tags: { env: 'prod', team: 'b' },
      status: 'failed',
    });
    const given = await patch('/v1/runs/annotated', { acknowledged: null });
    expect(given.body.acknowledged).toBeNull();
  });

  test('that is open can be marked as cancelled, and stays so; a finished one can not', async () => {
    await post('/v1/runs', { job: 'op', run: 'hanging', status: 'running', started_at: '2026-11-22T01:00:00Z' });
    const { body } = await patch(`/v1/jobs/op/runs/hanging`, { status: 'cancelled' }, zoe);
    expect(body).toMatchObject({ status: 'cancelled', status_text: 'cancelled by zoë@example.org' });
    expect(body.finished_at).not.toBeNull();
    await post('/v1/runs', { job: 'op', run: 'hanging', status: 'succeeded', finished_at: Date.now() });
    expect((await get<RunAnswer>(at('op', 'hanging'))).body.status).toBe('cancelled');
    const again = await patch<Problem>(at('op', 'hanging'), { status: 'cancelled' });
    expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining('cancelled already') } });
  });

  test('is changed by nothing that makes no sense', async () => {
    await post('/v1/runs', { job: 'op', run: 'strict', status: 'failed' });
    const wrong = async (body: object) => (await patch<Problem>(at('op', 'strict'), body)).status;
    expect(await wrong({})).toBe(400);
    expect(await wrong({ status: 'succeeded' })).toBe(400);
    expect(await wrong({ acknowledged: { until: 'soon' } })).toBe(400);
    expect(await wrong({ secret: 1 })).toBe(400);
    expect((await patch(at('op', 'nowhere'), { note: 'x' })).status).toBe(404);
    expect((await call(service.url, 'PATCH', at('op', 'strict'), '{"note"')).status).toBe(400);
    await call(service.url, 'PUT', '/v1/jobs/never-ran?wait=1', {});
    expect((await patch(`/v1/run?job=never-ran&run=`, { note: 'x' })).status).toBe(400);
  });

  test('is deleted whole: lines, records, statistics; what is sent later makes it anew', async () => {
    for (const run of ['goes', 'stays']) {
      await post('/v1/runs', { job: 'del', run, status: 'failed', finished_at: Date.now() });
      await call(service.url, 'POST', '/v1/lines', { job: 'del', run, level: 'error', message: `${run} broke` });
      await post('/v1/records', { job: 'del', run, phase: 'data', outcome: 'failure', key: 'k' });
    }
    const { status, body } = await call(service.url, 'DELETE', at('del', 'goes'));
    expect(status).toBe(200);
    expect(body).toEqual({ deleted: { runs: 1, events: 1, lines: 1, records: 1 } });
    expect((await get(at('del', 'goes'))).status).toBe(404);
    expect((await get<RunsAnswer>('/v1/runs?job=del')).body.runs.map((run) => run.run)).toEqual(['stays']);
    expect((await get<LinesAnswer>('/v1/run/lines?job=del&run=stays')).body.lines).toHaveLength(1);
    expect((await call(service.url, 'DELETE', at('del', 'goes'))).status).toBe(404);
    await post('/v1/runs', { job: 'del', run: 'goes', status: 'succeeded' });
    expect((await get<RunAnswer>(at('del', 'goes'))).body).toMatchObject({ status: 'succeeded', lines: 0 });
  });

  test('what waits in the spool when it is deleted does not bring it back', async () => {
    await post('/v1/runs', { job: 'late', run: 'r', status: 'running' });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        call(service.url, 'POST', '/v1/lines', { job: 'late', run: 'r', message: `${i}` })
      )
    );
    expect((await call(service.url, 'DELETE', at('late', 'r'))).status).toBe(200);
    await post('/v1/runs', { job: 'late', run: 'other' });
    expect((await get(at('late', 'r'))).status).toBe(404);
  });
});

describe('a job', () => {
  test('is purged with its config and its runs', async () => {
    await call(service.url, 'PUT', '/v1/job?job=a%2Fb&wait=1', { owner: 'ops' });
    await post('/v1/runs', [
      { job: 'a/b', run: '1', status: 'succeeded' },
      { job: 'a/b', run: '2', status: 'succeeded' },
    ]);
    const { body } = await call(service.url, 'DELETE', '/v1/job?job=a%2Fb');
    expect(body).toMatchObject({ deleted: { runs: 2 } });
    expect((await get<JobAnswer>('/v1/job?job=a%2Fb')).status).toBe(404);
    expect((await call(service.url, 'DELETE', '/v1/job?job=a%2Fb')).status).toBe(404);
  });
});

test('a user is erased with every run of theirs, and nobody else', async () => {
  for (const user of ['kim', 'kimberly']) {
    await post('/v1/runs', { job: 'users', run: user, user, status: 'failed' });
    await post('/v1/lines', { job: 'users', run: user, message: `for ${user}` });
  }
  expect((await call(service.url, 'DELETE', '/v1/users?user=kim')).body).toEqual({
    deleted: { runs: 1, events: 1, lines: 1, records: 0 },
  });
  expect((await get<RunsAnswer>('/v1/runs?job=users')).body.runs.map((run) => run.run)).toEqual(['kimberly']);
  expect((await get<LinesAnswer>('/v1/run/lines?job=users&run=kimberly')).body.total).toBe(1);
  expect((await call(service.url, 'DELETE', '/v1/users')).status).toBe(400);
});

describe('the audit trail', () => {
  test('says who changed what, once, newest first, page by page', async () => {
    await post('/v1/runs', { job: 'audited', run: 'r', status: 'failed', title: 'before' });
    await patch(at('audited', 'r'), { title: 'after' }, zoe);
    await patch(at('audited', 'r'), { note: 'why' });
    await call(service.url, 'DELETE', at('audited', 'r'));
    const { body } = await get<AuditAnswer>('/v1/audit?job=audited');
    expect(body.entries.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['run.delete', 'done'],
      ['run.annotate', 'done'],
      ['run.label', 'done'],
    ]);
    expect(body.entries[2]).toMatchObject({
      user: 'zoë@example.org',
      role: 'Editor',
      token: 'local',
      run: 'r',
      before: { title: 'before' },
      after: { title: 'after' },
    });
    const first = await get<AuditAnswer>('/v1/audit?job=audited&limit=2');
    const second = await get<AuditAnswer>(`/v1/audit?job=audited&limit=2&cursor=${first.body.next}`);
    expect([...first.body.entries, ...second.body.entries]).toEqual(body.entries);
    expect((await get<AuditAnswer>('/v1/audit?user=zo%C3%AB@example.org&job=audited')).body.entries).toHaveLength(1);
  });

  test('is for administrators, and changing anything for editors', async () => {
    await post('/v1/runs', { job: 'roles', run: 'r', status: 'failed' });
    const as = (role: string) => ({ 'x-joblens-role': role, 'x-joblens-user': 'somebody' });
    const status = async (method: string, path: string, role: string, body?: object) =>
      (await call(service.url, method, path, body, as(role))).status;
    for (const [method, path, body, allowed] of [
      ['GET', at('roles', 'r'), undefined, ['Viewer', 'Editor', 'Admin']],
      ['PATCH', at('roles', 'r'), { note: 'x' }, ['Editor', 'Admin']],
      ['GET', '/v1/audit', undefined, ['Admin']],
      ['GET', '/v1/rejected', undefined, ['Admin']],
      ['PUT', '/v1/settings/retention', {}, ['Admin']],
      ['POST', '/v1/runs', { job: 'x' }, []],
    ] as const) {
      for (const role of ['None', 'Viewer', 'Editor', 'Admin']) {
        const expected =
          (allowed as readonly string[]).includes(role) ||
          (role === 'None' && method === 'GET' && path === at('roles', 'r'));
        expect([method, path, role, await status(method, path, role, body)]).toEqual([
          method,
          path,
          role,
          expected ? 200 : 403,
        ]);
      }
    }
    expect((await call(service.url, 'DELETE', '/v1/job?job=roles', undefined, as('Editor'))).status).toBe(403);
  });
});

test('the service says its version and what stores its data, to whoever reads', async () => {
  const { status, body } = await get<{ version: string; storage: Record<string, unknown> }>('/v1/about');
  expect(status).toBe(200);
  expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(body.storage).toMatchObject({ kind: 'embedded', version: expect.stringMatching(/^\d+\./) });
  expect(body.storage.bytes).toBeGreaterThan(0);
  expect(body.storage.free).toBeGreaterThan(0);
});

describe('recommended actions', () => {
  const failed = async (run: string, event: object) => {
    await post('/v1/runs', { job: 'bank/import', run, status: 'failed', ...event });
    return (await get<RunAnswer>(at('bank/import', run))).body.recommended;
  };

  test('come from the run, else from the job, else from the first rule that matches, by name', async () => {
    expect(await failed('own', { recommended_actions: ['Ask Kim'], message: 'closed on Sunday' })).toEqual({
      actions: ['Ask Kim'],
      source: 'run',
      rule: null,
      url: null,
    });
    expect(await failed('file', { message: 'closed on Sunday, HTTP 503' })).toEqual({
      actions: ['Wait for the next working day.'],
      source: 'rule',
      rule: 'Bank holidays',
      url: 'https://runbooks.example.org/bank',
    });
    await call(service.url, 'PUT', '/v1/job?job=bank%2Fimport&wait=1', {
      recommended_actions: ['Call the bank'],
      runbook_url: 'https://wiki.example.org/import',
    });
    expect(await failed('job', { message: 'closed on Sunday' })).toMatchObject({
      source: 'job',
      actions: ['Call the bank'],
      url: 'https://wiki.example.org/import',
    });
    await call(service.url, 'DELETE', '/v1/job?job=bank%2Fimport');
    await post('/v1/runs', { job: 'bank/import', run: 'fine', status: 'succeeded', message: 'closed on Sunday' });
    expect((await get<RunAnswer>(at('bank/import', 'fine'))).body.recommended).toBeNull();
  });

  test.each([
    ['Expired or wrong credentials', { message: 'HTTP 401 Unauthorized' }],
    ['Network or endpoint down', { error: { type: 'Error', message: 'connect ECONNREFUSED 10.0.0.1:443' } }],
    ['Time-out', { error: { type: 'Timeout', message: 'upstream timed out after 30 s' } }],
    ['Out of memory', { message: 'java.lang.OutOfMemoryError: Java heap space' }],
    ['Disk full', { message: 'write failed: No space left on device' }],
    ['Permission denied', { message: 'mkdir /srv: Permission denied' }],
    ['Rate limit reached', { message: '429 Too Many Requests' }],
  ])('have a default for %s', async (rule, event) => {
    expect(await failed(rule, event)).toMatchObject({ source: 'rule', rule });
  });

  test('look at the log too', async () => {
    await post('/v1/lines', {
      job: 'bank/import',
      run: 'log',
      level: 'error',
      message: 'No space left on device',
    });
    expect(await failed('log', { message: 'exit status 1' })).toMatchObject({ rule: 'Disk full' });
  });

  test('are kept as YAML, which is checked before it holds', async () => {
    const put = (yaml: string) => call<Problem>(service.url, 'PUT', '/v1/settings/rules', { yaml });
    expect(await put('rules: [')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('no YAML') } });
    expect(await put('rules: [{name: x, message: y}]')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('actions') },
    });
    const bad = await put('rules: [{name: Look behind, message: "(?<=a)b", actions: [x]}]');
    expect(bad).toMatchObject({ status: 400, body: { detail: expect.stringContaining('"Look behind", message') } });
    const yaml = '# ours\nrules:\n  - {name: Ours, message: "exit status 7", actions: [Seven]}\n';
    expect(await put(yaml)).toMatchObject({ status: 200, body: { source: 'settings', yaml, own: [{ name: 'Ours' }] } });
    expect(await failed('seven', { message: 'exit status 7' })).toMatchObject({ rule: 'Ours' });
    expect(await failed('still', { message: 'disk full' })).toMatchObject({ rule: 'Disk full' });
  });
});
