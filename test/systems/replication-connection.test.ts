import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/client.js';
import { CREDENTIALS, startS3, type S3Server } from '../support/s3.js';
import { startService, type TestService } from '../support/service.js';

interface Tested {
  ok: boolean;
  steps: Array<{ step: string; ok: boolean; ms: number }>;
  problem: string | null;
}

/** moto lets so many calls in unseen: those that make the user and the bucket. After these it checks every one. */
const UNCHECKED = 4;
const ROLE = 'arn:aws:iam::123456789012:role/replication';
const dir = mkdtempSync(join(tmpdir(), 'joblens-aws-'));
const profiles = join(dir, 'credentials');
let open: S3Server;
let strict: S3Server;
let service: TestService;

const at = (s3: S3Server, more: object = {}) => ({ region: 'us-east-1', bucket: 'history', endpoint: s3.url, ...more });
const tested = async (connection?: object) =>
  (await call<Tested>(service.url, 'POST', '/v1/replication/test', connection ? { connection } : {})).body;
const profile = (name: string) => ({ credentials: { from: 'profile', profile: name } });

/** A call of AWS's older kind, as moto answers it before it checks anything. */
async function iam(action: string, params: Record<string, string>): Promise<string> {
  const response = await fetch(strict.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...params }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text;
}

beforeAll(async () => {
  [open, strict] = [await startS3(), await startS3({ INITIAL_NO_AUTH_ACTION_COUNT: String(UNCHECKED) })];
  await open.createBucket('history');
  await strict.createBucket('history');
  await iam('CreateUser', { UserName: 'reader' });
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }] };
  await iam('PutUserPolicy', { UserName: 'reader', PolicyName: 'read', PolicyDocument: JSON.stringify(policy) });
  const made = await iam('CreateAccessKey', { UserName: 'reader' });
  const [, id = '', secret = ''] =
    /<AccessKeyId>(.*?)<\/AccessKeyId>[\s\S]*?<SecretAccessKey>(.*?)<\/SecretAccessKey>/.exec(made) ?? [];
  const key = (name: string, keyId: string, keySecret: string) =>
    `[${name}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${keySecret}\n`;
  writeFileSync(
    profiles,
    key('reader', id, secret) + key('mistyped', id, 'something-else') + key('unknown', 'AKIAIOSFODNN7EXAMPLE', 'x')
  );
  service = await startService({
    env: {
      ...CREDENTIALS,
      AWS_SHARED_CREDENTIALS_FILE: profiles,
      AWS_CONFIG_FILE: join(dir, 'config'),
      AWS_ENDPOINT_URL_STS: open.url,
    },
  });
}, 700_000);
afterAll(async () => {
  await service?.stop();
  await open?.stop();
  await strict?.stop();
  await rm(dir, { recursive: true, force: true });
});

test('a connection that works writes, reads and removes one object', async () => {
  expect(await tested(at(open))).toEqual({
    ok: true,
    steps: ['write', 'read', 'remove'].map((step) => ({ step, ok: true, ms: expect.any(Number) })),
    problem: null,
  });
  expect(await open.keys('history')).toEqual([]);
});

test('credentials may come from a profile, or from a role that is assumed', async () => {
  expect(await tested(at(open, profile('reader')))).toMatchObject({ ok: true });
  expect(await tested(at(open, { credentials: { from: 'role', role_arn: ROLE } }))).toMatchObject({ ok: true });
  expect(
    await tested(at(open, { credentials: { from: 'role', role_arn: ROLE, external_id: 'acme', profile: 'reader' } }))
  ).toMatchObject({ ok: true });
});

test.each([
  ['a bucket that is not there', () => at(open, { bucket: 'nowhere' }), 'There is no bucket "nowhere" in us-east-1'],
  ['an access key that S3 does not know', () => at(strict, profile('unknown')), 'S3 does not know the access key id'],
  ['a secret that does not fit', () => at(strict, profile('mistyped')), 'The secret access key does not fit'],
  [
    'a user that may only read',
    () => at(strict, profile('reader')),
    'Access denied: the credentials may not write objects in "history"',
  ],
  ['a profile that is not there', () => at(open, profile('nobody')), 'The profile "nobody" gives no credentials'],
  [
    'a port where nothing listens',
    () => at(open, { endpoint: 'http://127.0.0.1:1' }),
    'Nothing listens at http://127.0.0.1:1',
  ],
  ['a host that is unknown', () => at(open, { endpoint: 'http://s3.nowhere.invalid' }), 's3.nowhere.invalid'],
  ['a server that speaks no HTTPS', () => at(open, { endpoint: open.url.replace('http:', 'https:') }), 'HTTPS'],
])('%s is named in plain words', async (_what, connection, words) => {
  const { ok, steps, problem } = await tested(connection());
  expect({ ok, steps }).toEqual({ ok: false, steps: [{ step: 'write', ok: false, ms: expect.any(Number) }] });
  expect(problem).toContain(words);
});

test('the environment without credentials is named, too', async () => {
  const env = {
    ...CREDENTIALS,
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    AWS_SHARED_CREDENTIALS_FILE: join(dir, 'none'),
  };
  const bare = await startService({ env });
  try {
    const { body } = await call<Tested>(bare.url, 'POST', '/v1/replication/test', { connection: at(open) });
    expect(body.problem).toContain('has no AWS credentials');
  } finally {
    await bare.stop();
  }
});

test('without a connection given the saved one is tested; without either that is said', async () => {
  const nothing = await call(service.url, 'POST', '/v1/replication/test', {});
  expect(nothing).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('There is no S3 connection yet') },
  });
  await call(service.url, 'PUT', '/v1/settings/replication', { connection: at(open) });
  expect(await tested()).toMatchObject({ ok: true });
});
