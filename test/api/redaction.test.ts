import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditAnswer, JobAnswer, LinesAnswer, RecordsAnswer, RunAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const folder = mkdtempSync(join(tmpdir(), 'joblens-redaction-'));
let service: TestService;
const get = async <T>(path: string) => (await call<T>(service.url, 'GET', path)).body;
const post = (path: string, body: string | object, headers?: Record<string, string>) =>
  call(service.url, 'POST', path.includes('?') ? `${path}&wait=1` : `${path}?wait=1`, body, headers);

beforeAll(async () => {
  writeFileSync(
    join(folder, 'own.yaml'),
    `rules:\n  - name: staff number\n    pattern: '\\bSTAFF-[0-9]{6}\\b'\n    replace: STAFF-[hidden]\n`
  );
  service = await startService({ env: { JOBLENS_REDACTION_FILE: join(folder, 'own.yaml') } });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Made here, so that no scanner takes this file for a leak.
const made = (prefix: string, length: number) => prefix + 'aB3dE6gH9'.repeat(8).slice(0, length);
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0In0'}.${made('', 40)}`;
const SECRETS: Array<[text: string, secret: string, left: string]> = [
  [`key ${'AKIA'}IOSFODNN7EXAMPLE used`, 'IOSFODNN7', 'used'],
  [`clone with ${made('ghp_', 36)} done`, made('ghp_', 36), 'done'],
  [`${made('glpat-', 20)} given`, made('glpat-', 20), 'given'],
  [`slack ${made('xoxb-', 30)} ok`, made('xoxb-', 30), 'ok'],
  [`stripe ${made('sk_live_', 24)} ok`, made('sk_live_', 24), 'ok'],
  [`maps ${made('AIza', 35)} ok`, made('AIza', 35), 'ok'],
  [`Authorization: Bearer ${made('', 30)}`, made('', 30), 'Bearer'],
  [`token ${jwt} sent`, jwt, 'sent'],
  ['postgres://svc:hunter2@db-1:5432/app refused', 'hunter2', 'db-1:5432/app refused'],
  ['retrying with password=hunter2&user=svc', 'hunter2', 'user=svc'],
  ['DB_PASSWORD=hunter2 exported', 'hunter2', 'exported'],
  ['mysqldump --password hunter2 app', 'hunter2', 'app'],
  ['the password is hunter2', 'hunter2', 'the password is'],
  ['aws_secret_access_key = wJalrXUtnFEMIK7MDENG read', 'wJalrXUtnFEMIK7MDENG', 'read'],
  [`X-Api-Key: ${made('', 30)}`, made('', 30), 'X-Api-Key: '],
  [`Set-Cookie: session=${made('', 30)}; Path=/`, made('', 30), 'Set-Cookie: '],
  [`GET https://a.example/b?sv=1&sig=${made('', 40)}%3D 200`, made('', 40), ' 200'],
  [`posted to https://hooks.slack.com/services/T0/B0/${made('', 24)} ok`, made('', 24), 'ok'],
  [`vault ${made('hvs.', 40)} ok`, made('hvs.', 40), 'ok'],
  [`cut off: -----BEGIN EC PRIVATE KEY-----\n${made('', 60)}\n${made('', 50)}`, made('', 40), 'cut off: '],
  [`behind a newline:\n${'AKIA'}IOSFODNN7EXAMPLE used`, 'IOSFODNN7', 'behind a newline:'],
  [`behind a tab:\t${made('sk-', 40)} used`, made('sk-', 40), 'behind a tab:\t'],
  [`behind a colour: \u001b[32m${made('ghp_', 36)}\u001b[0m ok`, made('ghp_', 36), 'ok'],
  [`behind a newline too:\npassword: ${made('', 20)}`, made('', 20), 'behind a newline too:'],
  ['behind a newline as well:\nSTAFF-123456 came', '123456', 'behind a newline as well:'],
  ['staff STAFF-123456 came', '123456', 'STAFF-[hidden] came'],
];

describe('a secret is hidden before it is stored', () => {
  test.each(SECRETS)('in a line, raw and as JSON: %s', async (text, secret, left) => {
    const run = Buffer.from(text).toString('base64url').slice(0, 60);
    await post(`/v1/run/lines?${new URLSearchParams({ job: 'raw', run })}`, `${text}\n`, {
      'content-type': 'text/plain',
    });
    await post('/v1/lines', { job: 'json', run, message: text, input: { note: text }, fields: { note: text } });
    for (const job of ['raw', 'json']) {
      const { lines } = await get<LinesAnswer>(`/v1/run/lines?${new URLSearchParams({ job, run })}`);
      expect(lines).toHaveLength(job === 'raw' ? text.split('\n').length : 1);
      expect(JSON.stringify(lines)).not.toContain(secret);
      expect(lines[0]?.message).toContain(left);
    }
  });

  test('in everything a run, its records, its job and its audit trail hold', async () => {
    const text = 'postgres://svc:hunter2@db/app';
    const nested = {
      password: 'hunter2',
      passwd: 4711_0815,
      session: { db_pass: 'hunter2', pwd: 'hunter2', secret_key: 'hunter2', cookie: 'hunter2' },
      deep: { api_key: 'hunter2', list: [text] },
      text: JSON.stringify({ token: 'hunter2' }),
    };
    await call(service.url, 'PUT', '/v1/job?job=all&wait=1', { source: nested, description: text });
    await post('/v1/runs', {
      job: 'all',
      run: 'r',
      status: 'failed',
      title: text,
      message: text,
      error: { type: 'E', message: text },
      source: nested,
      metadata: nested,
      data: nested,
      report: nested,
      recommended_actions: [text],
      unknown_field: nested,
      steps: [{ step: 's', status: 'failed', error: { message: text }, metadata: nested }],
    });
    await post('/v1/records', {
      job: 'all',
      run: 'r',
      phase: 'data',
      outcome: 'failure',
      key: 'k',
      message: text,
      data: nested,
    });
    await post('/v1/lines', '{"job":"all","run":"r","message":7,"password":"hunter2"\n');
    await call(service.url, 'PATCH', '/v1/run?job=all&run=r', { note: text });
    const everything = JSON.stringify([
      await get<RunAnswer>('/v1/run?job=all&run=r'),
      await get<RecordsAnswer>('/v1/run/records?job=all&run=r'),
      await get<JobAnswer>('/v1/job?job=all'),
      await get('/v1/rejected'),
      await get<AuditAnswer>('/v1/audit?job=all'),
    ]);
    expect(everything).not.toContain('hunter2');
    expect(everything).toContain('[redacted]@db/app');
  });

  test('a private key, in one line and over many; what stands around it stays', async () => {
    const body = Array.from({ length: 6 }, (_, i) => made(String(i), 63));
    const key = ['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----'];
    await post('/v1/run/lines?job=pem&run=raw', ['before', ...key, 'after', made('Ab', 62), ''].join('\n'), {
      'content-type': 'text/plain',
    });
    await post(
      '/v1/lines',
      ['before', ...key, 'after'].map((message) => JSON.stringify({ job: 'pem', run: 'json', message })).join('\n')
    );
    await post('/v1/lines', { job: 'pem', run: 'one', message: `before\n${key.join('\n')}\nafter` });
    for (const run of ['raw', 'json', 'one']) {
      const { lines } = await get<LinesAnswer>(`/v1/run/lines?job=pem&run=${run}`);
      const text = lines.map((line) => line.message).join('\n');
      expect(text).not.toContain(body[3]);
      expect(text).toMatch(/^before\n/);
      expect(text).toContain('\nafter');
    }
    const { lines } = await get<LinesAnswer>('/v1/run/lines?job=pem&run=raw');
    expect(lines.at(-1)?.message).toBe(made('Ab', 62));
  });

  test('names say whose a line is, and are never changed', async () => {
    const run = 'password=x&token=y';
    await post('/v1/lines', { job: 'api_key=abc', run, message: 'secret=hunter2' });
    const { lines } = await get<LinesAnswer>(`/v1/run/lines?${new URLSearchParams({ job: 'api_key=abc', run })}`);
    expect(lines.map((line) => line.message)).toEqual(['secret=[redacted]']);
  });

  test('words that are no secrets stay', async () => {
    const texts = [
      'token expired, refreshing',
      'https://example.org:8443/path?page=2',
      'read 5 secrets from vault',
      'next_token_count: 17, key=42',
      'a@b.example wrote to c@d.example',
      'Asia/Kolkata, sk-learn, basic auth failed',
    ];
    await post(
      '/v1/lines',
      texts.map((message) => ({ job: 'plain', run: 'r', message }))
    );
    const { lines } = await get<LinesAnswer>('/v1/run/lines?job=plain&run=r');
    expect(lines.map((line) => line.message)).toEqual(texts);
  });
});
