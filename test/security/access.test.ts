import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunAnswer } from '../../ingest/src/model/answer.js';
import { QUESTIONS } from '../../ingest/src/model/words.js';
import { call, type QueryAnswer } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

/** Stands in everything that belongs to tenant a; nobody else may ever read it. */
const MARK = 'belongs-to-a';
const SCOPES = ['write', 'read', 'annotate', 'admin'] as const;
const folder = mkdtempSync(join(tmpdir(), 'joblens-access-'));
const secret = (tenant: string, what: string) => `${tenant}-${what}-0123456789abcdef`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ofA = bearer(secret('a', 'all'));
const ofB = bearer(secret('b', 'all'));

interface Operation {
  method: string;
  path: string;
  scope: (typeof SCOPES)[number];
}
let service: TestService;
let open: TestService;
let operations: Operation[];
let run: RunAnswer;

beforeAll(async () => {
  const tokens = ['a', 'b'].flatMap((tenant) => [
    { name: 'all', tenant, token: secret(tenant, 'all'), scopes: SCOPES },
    ...SCOPES.map((scope) => ({ name: scope, tenant, token: secret(tenant, scope), scopes: [scope] })),
    { name: 'old', tenant, token: secret(tenant, 'old'), scopes: SCOPES, expires_at: '2020-01-01T00:00:00Z' },
  ]);
  writeFileSync(join(folder, 'tokens.json'), JSON.stringify({ tokens }));
  [service, open] = await Promise.all([
    startService({ env: { JOBLENS_TOKENS_FILE: join(folder, 'tokens.json') } }),
    startService(),
  ]);
  const send = (method: string, path: string, body: object) => call(service.url, method, path, body, ofA);
  const now = Date.now();
  await send('PUT', '/v1/jobs/nightly?wait=1', { owner: MARK, type: MARK, source: { of: MARK } });
  await send('POST', '/v1/lines?wait=1', [
    { job: 'nightly', run: '1', level: 'error', message: MARK },
    { job: MARK, run: MARK, message: MARK },
  ]);
  await send('POST', '/v1/records?wait=1', {
    job: 'nightly',
    run: '1',
    phase: 'data',
    outcome: 'failure',
    key: MARK,
    message: MARK,
  });
  for (const [id, status] of [
    ['0', 'succeeded'],
    ['1', 'failed'],
  ]) {
    const times = { started_at: now - 60_000, finished_at: now - 1000 };
    const words = { title: MARK, message: MARK, user: MARK, type: MARK, error: { type: MARK, message: MARK } };
    await send('POST', '/v1/runs?wait=1', {
      job: 'nightly',
      run: id,
      status,
      ...times,
      ...words,
      tags: { of: MARK },
      steps: [{ step: MARK }],
      source: { connection: MARK },
    });
  }
  await call(service.url, 'POST', '/v1/lines?wait=1', `{"job":"nightly","run":7,"message":"${MARK}"`, ofA);
  await send('PATCH', '/v1/run?job=nightly&run=1', { note: MARK });
  run = (await call<RunAnswer>(service.url, 'GET', '/v1/run?job=nightly&run=1', undefined, ofA)).body;
  operations = await readOperations(service.url);
}, 120_000);
afterAll(async () => {
  await Promise.all([service.stop(), open.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function readOperations(url: string): Promise<Operation[]> {
  const { body } = await call<{ paths: Record<string, Record<string, { 'x-scope'?: Operation['scope'] }>> }>(
    url,
    'GET',
    '/openapi.json'
  );
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, of]) =>
      of['x-scope'] ? [{ method: method.toUpperCase(), path, scope: of['x-scope'] }] : []
    )
  );
}

/** A call about tenant a's run, by path and by query string. */
function targetOf({ path }: Pick<Operation, 'path'>): string {
  const filled = path
    .replaceAll('{job}', 'nightly')
    .replaceAll('{run}', '1')
    .replaceAll('{id}', run.key)
    .replaceAll(/\{\w+\}/g, MARK);
  return `${filled}?job=nightly&run=1`;
}

const bodyOf = ({ method }: Operation) => (method === 'GET' || method === 'DELETE' ? undefined : {});

describe('every call of the contract', () => {
  test('is listed with the scope that it needs', () => {
    expect(operations.length).toBeGreaterThan(40);
    expect(new Set(operations.map(({ scope }) => scope))).toEqual(new Set(SCOPES));
  });

  test('refuses who sends no token, one that is unknown or has expired, and one that lacks the scope', async () => {
    for (const operation of operations) {
      const { method, scope } = operation;
      const answer = async (headers: Record<string, string>) => [
        method,
        operation.path,
        (await call(service.url, method, targetOf(operation), bodyOf(operation), headers)).status,
      ];
      for (const nobody of [
        {},
        bearer('unknown-0123456789abcdef'),
        bearer(secret('a', 'old')),
        { authorization: 'Bearer' },
        bearer(' '),
      ]) {
        expect(await answer(nobody)).toEqual([method, operation.path, 401]);
      }
      for (const other of SCOPES.filter((one) => one !== scope)) {
        expect(await answer(bearer(secret('a', other)))).toEqual([method, operation.path, 403]);
      }
    }
  }, 120_000);

  test("shows and changes nothing of another tenant's, whatever it is asked with", async () => {
    for (const operation of operations.filter(({ method, path }) => method !== 'POST' && !path.includes('tokens'))) {
      const targets = [targetOf(operation), `${operation.path.split('{')[0]?.replace(/\/$/, '')}?key=${run.key}`];
      for (const target of targets) {
        const headers = { ...ofB, 'x-scope-orgid': 'a', 'x-joblens-user': MARK };
        const { body } = await call(service.url, operation.method, target, bodyOf(operation), headers);
        // What was asked for may be said back in an error; what is stored may not.
        const text = JSON.stringify(body)
          .replaceAll(/"detail":"[^"]*"/g, '')
          .replaceAll(target.split('?')[0] ?? '', '');
        expect([operation.method, target, text.includes(MARK)]).toEqual([operation.method, target, false]);
      }
    }
    const after = await call<RunAnswer>(service.url, 'GET', '/v1/run?job=nightly&run=1', undefined, ofA);
    expect(after.body).toEqual(run);
    const job = await call(service.url, 'GET', '/v1/job?job=nightly', undefined, ofA);
    expect(job.body).toMatchObject({ owner: MARK });
  }, 120_000);

  test("every question answers from the caller's own data alone", async () => {
    const range = { from: Date.now() - 86_400_000, to: Date.now() + 60_000, timeZone: 'UTC' };
    let seen = 0;
    for (const question of QUESTIONS) {
      const queries = [
        { refId: 'A', question },
        { refId: 'B', question, key: run.key },
        { refId: 'C', question, job: 'nightly', run: '1' },
        { refId: 'D', question, filters: [{ field: 'job', op: '=', value: 'nightly' }] },
        { refId: 'E', question, search: MARK },
        { refId: 'F', question, field: 'user' },
      ];
      const asked = (headers: Record<string, string>) =>
        call<QueryAnswer>(service.url, 'POST', '/v1/query', { ...range, queries }, headers);
      const text = JSON.stringify((await asked({ ...ofB, 'x-scope-orgid': 'a' })).body);
      expect([question, text.includes(MARK)]).toEqual([question, false]);
      seen += JSON.stringify((await asked(ofA)).body).includes(MARK) ? 1 : 0;
    }
    expect(seen).toBeGreaterThan(10);
  }, 120_000);
});

describe('without tokens', () => {
  const raw = (operation: Operation, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(open.url);
      request({ hostname, port, method: operation.method, path: targetOf(operation), headers }, (response) =>
        resolve(response.resume().statusCode)
      )
        .once('error', reject)
        .end(bodyOf(operation) && '{}');
    });

  test('no other name of this machine is served, and no page of another origin', async () => {
    for (const operation of operations) {
      for (const headers of [
        { host: 'attacker.example' },
        { host: 'localhost.attacker.example' },
        { host: '127.0.0.1.nip.example:80' },
        { origin: 'http://attacker.example' },
        { origin: 'null' },
        { origin: `http://127.0.0.1:1` },
      ] as Array<Record<string, string>>) {
        expect([operation.method, operation.path, await raw(operation, headers)]).toEqual([
          operation.method,
          operation.path,
          403,
        ]);
      }
    }
  }, 120_000);
});

test('what a line says never reaches into the body of somebody else', async () => {
  const torn = '{"job":"mine","run":"1","message":"x","input":';
  const evil = [
    '{"job":"mine","run":"1","message":"\\',
    torn,
    '{"job":"mine","run":"1","message":"end"}}}]',
    '"}\n{"job":"nightly"',
  ];
  await Promise.all([
    ...evil.map((body) => call(service.url, 'POST', '/v1/lines?wait=1', body, ofB)),
    ...Array.from({ length: 5 }, (_, i) =>
      call(service.url, 'POST', '/v1/lines?wait=1', { job: 'shared', run: 'r', message: `good ${i}` }, ofB)
    ),
    ...Array.from({ length: 5 }, (_, i) =>
      call(service.url, 'POST', '/v1/lines?wait=1', { job: 'shared', run: 'r', message: `good ${i}` }, ofA)
    ),
  ]);
  for (const who of [ofA, ofB]) {
    const { body } = await call<{ lines: Array<{ message: string; input: unknown }> }>(
      service.url,
      'GET',
      '/v1/run/lines?job=shared&run=r',
      undefined,
      who
    );
    expect(body.lines.map(({ message }) => message).sort()).toEqual(['good 0', 'good 1', 'good 2', 'good 3', 'good 4']);
  }
  const { body } = await call(service.url, 'GET', '/v1/run/lines?job=mine&run=1', undefined, ofB);
  expect(JSON.stringify(body)).not.toContain('good');
});
