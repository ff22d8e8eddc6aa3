import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'node:https';
import { describe, expect, test } from 'vitest';
import type { AuditAnswer, Problem } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { ownServices } from '../support/own.js';
import { JOBLENS, type TestService } from '../support/service.js';

const { start, folder } = ownServices();
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
interface Made {
  id: string;
  token: string;
}
const make = (service: TestService, body: object, token?: string) =>
  call<Made & Problem>(service.url, 'POST', '/v1/tokens', body, token ? bearer(token) : {});
const status = async (
  service: TestService,
  token: string | undefined,
  path = '/v1/runs',
  method = 'GET',
  body?: object
) => (await call(service.url, method, path, body, token ? bearer(token) : {})).status;
const cli = (args: string[]) =>
  execFileSync(process.execPath, [JOBLENS, 'token', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

describe('tokens', () => {
  test('that are revoked or expire end a live tail, too', async () => {
    const service = await start();
    const admin = (await make(service, { name: 'admin', scopes: ['admin'] })).body;
    const writer = (await make(service, { name: 'writer', scopes: ['write'] }, admin.token)).body;
    const line = { job: 'tailed', run: 'r', message: 'before' };
    await call(service.url, 'POST', '/v1/lines?wait=1', line, bearer(writer.token));
    const reader = (await make(service, { name: 'reader', scopes: ['read'] }, admin.token)).body;
    const short = { name: 'short', scopes: ['read'], expires_at: Date.now() + 3000 };
    const expiring = (await make(service, short, admin.token)).body;
    const tails = [reader, expiring].map(({ token }) =>
      fetch(`${service.url}/v1/run/lines/tail?job=tailed&run=r`, { headers: bearer(token) })
    );
    const texts = (await Promise.all(tails)).map((tail) => tail.text());
    await call(service.url, 'DELETE', `/v1/tokens?id=${reader.id}`, undefined, bearer(admin.token));
    // Both end by themselves; how far the one that expires got depends on the machine.
    expect((await Promise.all(texts))[0]).toContain('"message":"before"');
  });

  test('are made, used, listed and revoked; the first one closes the service to everybody else', async () => {
    const data = folder();
    const service = await start({ data });
    expect(await make(service, { name: 'reader', scopes: ['read'] })).toMatchObject({ status: 409 });
    const admin = cli(['create', '--url', service.url, '--scope', 'admin', '--scope', 'read', 'ops']).trim();
    expect(admin).toMatch(/^jl_[\w-]{32}$/);
    expect(await status(service, undefined)).toBe(401);
    expect(await status(service, admin)).toBe(200);
    expect(await status(service, admin, '/v1/runs', 'POST', { job: 'x' })).toBe(403);
    const writer = await make(service, { name: 'writer', scopes: ['write'] }, admin);
    expect(writer.status).toBe(201);
    expect(await status(service, writer.body.token, '/v1/runs', 'POST', { job: 'x' })).toBe(202);
    expect(await status(service, writer.body.token)).toBe(403);
    expect(await status(service, writer.body.token, '/v1/tokens')).toBe(403);
    expect(cli(['list', '--url', service.url, '--token', admin])).toMatch(
      /\tops\tadmin,read\tnever expires\tfrom a call\n.*\twriter\twrite\t/
    );
    const kept = readFileSync(join(data, 'tokens.json'), 'utf8');
    expect(kept).toContain(createHash('sha256').update(admin).digest('hex'));
    expect(kept).not.toContain(admin);
    expect(statSync(join(data, 'tokens.json')).mode & 0o777).toBe(0o600);

    await service.stop();
    const again = await start({ data });
    expect(await status(again, undefined)).toBe(401);
    expect(await status(again, admin)).toBe(200);
    cli(['revoke', '--url', again.url, '--token', admin, writer.body.id]);
    expect(await status(again, writer.body.token, '/v1/runs', 'POST', { job: 'x' })).toBe(401);
    const last = await call<{ tokens: Made[] }>(again.url, 'GET', '/v1/tokens', undefined, bearer(admin));
    const [own] = last.body.tokens;
    expect((await call(again.url, 'DELETE', `/v1/tokens?id=${own?.id}`, undefined, bearer(admin))).status).toBe(409);
    const audit = await call<AuditAnswer>(again.url, 'GET', '/v1/audit', undefined, bearer(admin));
    expect(audit.body.entries.map((entry) => entry.action)).toEqual(['token.revoke', 'token.create', 'token.create']);
    expect(JSON.stringify(audit.body)).not.toContain(writer.body.token);
  });

  test('whose copy on disk is damaged let nobody in', async () => {
    const data = folder();
    const first = await start({ data });
    await make(first, { name: 'ops', scopes: ['admin'] });
    await first.stop();
    writeFileSync(join(data, 'tokens.json'), '[{"name": "op');
    await expect(start({ data })).rejects.toThrow('before it listened');
  });

  test('expire, and are held to their rate and their quota', async () => {
    const service = await start();
    const admin = (await make(service, { name: 'ops', scopes: ['admin', 'read'] })).body.token;
    const made = async (limits: object) =>
      (await make(service, { name: 'limited', scopes: ['write', 'read'], ...limits }, admin)).body.token;
    expect(await status(service, await made({ expires_at: Date.now() - 1000 }))).toBe(401);
    expect(await status(service, await made({ expires_at: Date.now() + 60_000 }))).toBe(200);
    const slow = await made({ rate: 3 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => call<Problem>(service.url, 'GET', '/v1/runs', undefined, bearer(slow)))
    );
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const small = await made({ quota: 2000 });
    const event = { job: 'quota', message: 'x'.repeat(800) };
    expect(await status(service, small, '/v1/runs', 'POST', event)).toBe(202);
    const over = await call<Problem>(service.url, 'POST', '/v1/runs', [event, event], bearer(small));
    expect(over).toMatchObject({ status: 429, body: { detail: expect.stringContaining('2000 bytes a day') } });
    expect(await status(service, small)).toBe(200);
  });

  test('of the file come and go without a restart; a broken file changes nothing', async () => {
    const file = join(folder(), 'tokens.json');
    const write = (...names: string[]) =>
      writeFileSync(
        file,
        JSON.stringify({ tokens: names.map((name) => ({ name, token: `${name}-0123456789abcdef`, scopes: ['read'] })) })
      );
    write('old');
    const service = await start({ env: { JOBLENS_TOKENS_FILE: file } });
    expect(await status(service, 'old-0123456789abcdef')).toBe(200);
    expect(await status(service, 'new-0123456789abcdef')).toBe(401);
    write('old', 'new');
    await expect.poll(() => status(service, 'new-0123456789abcdef'), { timeout: 30_000, interval: 500 }).toBe(200);
    writeFileSync(file, '{"tokens": [');
    write('new');
    await expect.poll(() => status(service, 'old-0123456789abcdef'), { timeout: 30_000, interval: 500 }).toBe(401);
    expect(await status(service, 'new-0123456789abcdef')).toBe(200);
  });
});

describe('HTTPS', () => {
  test('is spoken where a certificate is given', async () => {
    const dir = folder();
    const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' }
    );
    const service = await start({ env: { JOBLENS_TLS_CERT: cert, JOBLENS_TLS_KEY: key } });
    expect(service.url).toMatch(/^https:/);
    const answered = await new Promise<number | undefined>((resolve, reject) =>
      request(`${service.url}/v1/runs`, { ca: readFileSync(cert) }, (response) => resolve(response.resume().statusCode))
        .once('error', reject)
        .end()
    );
    expect(answered).toBe(200);
  });
});
