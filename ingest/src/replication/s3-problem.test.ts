import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { S3Problem, toS3Problem } from './s3-problem.js';
import type { Connection } from './settings.js';

const CONNECTION: Connection = {
  region: 'eu-west-1',
  bucket: 'history',
  prefix: '',
  credentials: { from: 'environment' },
};
const answered = (name: string, httpStatusCode: number, message = '') =>
  new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
const failed = (code: string) => Object.assign(new Error('x'), { code });
const words = (error: unknown, connection: Partial<Connection> = {}, doing: 'write' | 'read' | 'remove' = 'write') =>
  toS3Problem(error, { ...CONNECTION, ...connection }, doing).message;

test.each([
  [answered('NoSuchBucket', 404), 'There is no bucket "history" in eu-west-1.'],
  [answered('Unknown', 404), 'There is no bucket "history"'],
  [answered('AccessDenied', 403), 'may not write objects in "history"'],
  [answered('Forbidden', 403), 'may not write objects in "history"'],
  [answered('InvalidAccessKeyId', 403), 'does not know the access key'],
  [answered('SignatureDoesNotMatch', 403), 'secret access key does not fit'],
  [answered('ExpiredToken', 400), 'expired'],
  [answered('RequestTimeTooSkewed', 403), 'clock'],
  [
    answered('AuthorizationHeaderMalformed', 400, "the region 'eu-west-1' is wrong; expecting 'us-east-2'"),
    'not in eu-west-1 but in us-east-2',
  ],
  [answered('PermanentRedirect', 301), 'is not in eu-west-1. Mend the region.'],
  [answered('SlowDown', 503), 'less at a time'],
  [answered('TeaPot', 418, 'short and stout'), "S3 can't write: TeaPot, short and stout"],
  [Object.assign(new Error('x'), { name: 'TimeoutError' }), 'S3 in eu-west-1 did not answer in time.'],
  [failed('ENOTFOUND'), 'The host of S3 in eu-west-1 is unknown.'],
  [failed('ECONNREFUSED'), 'Nothing listens at S3 in eu-west-1.'],
  [failed('CERT_HAS_EXPIRED'), 'certificate'],
  [new Error('outside', { cause: failed('ECONNRESET') }), 'broke the connection off'],
  [Object.assign(new Error('none found'), { name: 'CredentialsProviderError' }), 'no AWS credentials (none found)'],
])('%s is said in plain words', (error, said) => {
  expect(words(error)).toContain(said);
});

test('where S3 says in which region the bucket is, so do we', () => {
  const error = answered('PermanentRedirect', 301);
  Object.assign(error, { $response: { statusCode: 301, headers: { 'x-amz-bucket-region': 'ap-south-1' } } });
  expect(words(error)).toBe('The bucket "history" is not in eu-west-1 but in ap-south-1. Mend the region.');
});

test('an endpoint is named by its address', () => {
  expect(words(failed('ECONNREFUSED'), { endpoint: 'http://127.0.0.1:9000' })).toBe(
    'Nothing listens at http://127.0.0.1:9000.'
  );
});

test('what is wrong with a role or a profile is said of it', () => {
  const role = { from: 'role', role_arn: 'arn:aws:iam::123456789012:role/joblens' } as const;
  const denied = Object.assign(new Error('not authorized to perform sts:AssumeRole'), {
    name: 'AccessDenied',
    $metadata: {},
  });
  expect(words(denied, { credentials: role })).toContain(
    "The role arn:aws:iam::123456789012:role/joblens can't be assumed: AccessDenied, not authorized"
  );
  const missing = Object.assign(new Error('not found'), { name: 'CredentialsProviderError' });
  expect(words(missing, { credentials: { from: 'profile', profile: 'acme' } })).toContain(
    'The profile "acme" gives no credentials (not found)'
  );
});

test('only what is about one object lets the others be written', () => {
  expect(toS3Problem(answered('KeyTooLongError', 400), CONNECTION, 'write').ofObject).toBe(true);
  expect(toS3Problem(answered('NoSuchBucket', 404), CONNECTION, 'write').ofObject).toBe(false);
  const told = new S3Problem('said before', undefined, true);
  expect(toS3Problem(told, CONNECTION, 'write')).toBe(told);
});
