import { S3ServiceException } from '@aws-sdk/client-s3';
import { codeOf, messageOf } from '../cli/errors.js';
import type { Connection } from './settings.js';

/** What went wrong with S3, in words for the person who can mend it. */
export class S3Problem extends Error {
  constructor(
    message: string,
    cause: unknown,
    /** It is about this one object: the others can be written. */
    readonly ofObject = false,
    /** The credentials may not do it. */
    readonly isDenied = false
  ) {
    super(message, { cause });
    this.name = 'S3Problem';
  }
}

const OF_OBJECT = new Set(['KeyTooLongError', 'EntityTooLarge', 'InvalidPart', 'MethodNotAllowed']);
type Words = (connection: Connection, error: Details) => string;

/** What S3 and the SDK call it, and what that means. */
const WORDS: Readonly<Record<string, Words>> = {
  NoSuchBucket: ({ bucket, region }) =>
    `There is no bucket "${bucket}" in ${region}. Create it, or mend its name or region.`,
  NotFound: ({ bucket, region }) =>
    `There is no bucket "${bucket}" in ${region}. Create it, or mend its name or region.`,
  InvalidBucketName: ({ bucket }) => `"${bucket}" can't be the name of a bucket.`,
  AccessDenied: ({ bucket }, { doing }) =>
    `Access denied: the credentials may not ${doing} objects in "${bucket}". They need s3:PutObject, s3:GetObject and s3:DeleteObject on it.`,
  AllAccessDisabled: ({ bucket }) => `Access denied: the bucket "${bucket}" is disabled.`,
  AccountProblem: () => 'S3 says that there is a problem with the AWS account.',
  InvalidAccessKeyId: () => 'S3 does not know the access key id. Look at the credentials that Joblens runs with.',
  SignatureDoesNotMatch: () => 'The secret access key does not fit the access key id.',
  ExpiredToken: () => 'The credentials have expired.',
  ExpiredTokenException: () => 'The credentials have expired.',
  InvalidToken: () => 'The session token of the credentials is not valid.',
  RequestTimeTooSkewed: () =>
    'The clock of this machine is more than 15 minutes off: S3 takes no requests of other times.',
  PermanentRedirect: (connection, details) => wrongRegion(connection, details),
  AuthorizationHeaderMalformed: (connection, details) => wrongRegion(connection, details),
  IllegalLocationConstraintException: (connection, details) => wrongRegion(connection, details),
  SlowDown: () => 'S3 asks to send less at a time.',
  ServiceUnavailable: () => 'S3 is not available at the moment.',
  InternalError: () => 'S3 had an internal error.',
  KeyTooLongError: () => "The object's name is longer than the 1,024 bytes that S3 takes.",
  EntityTooLarge: () => 'The file is larger than S3 takes.',
  CredentialsProviderError: ({ credentials }, { message }) => noCredentials(credentials, message),
  TimeoutError: (connection) => timedOut(connection),
  RequestTimeout: (connection) => timedOut(connection),
  ETIMEDOUT: (connection) => timedOut(connection),
  ENOTFOUND: (connection) => `The host of ${whereOf(connection)} is unknown. Mend the endpoint or the region.`,
  EAI_AGAIN: (connection) => `The host of ${whereOf(connection)} can't be looked up: the name server does not answer.`,
  ECONNREFUSED: (connection) => `Nothing listens at ${whereOf(connection)}.`,
  ECONNRESET: (connection) => `${whereOf(connection)} broke the connection off.`,
  EPIPE: (connection) => `${whereOf(connection)} broke the connection off.`,
  EHOSTUNREACH: (connection) => `${whereOf(connection)} can't be reached from here.`,
  ENETUNREACH: (connection) => `${whereOf(connection)} can't be reached from here.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (connection) => untrusted(connection),
  SELF_SIGNED_CERT_IN_CHAIN: (connection) => untrusted(connection),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (connection) => untrusted(connection),
  CERT_HAS_EXPIRED: (connection) => `The certificate of ${whereOf(connection)} has expired.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (connection) => `The certificate of ${whereOf(connection)} is for another host.`,
  EPROTO: (connection) => `${whereOf(connection)} does not speak HTTPS. Try http:// in the endpoint.`,
};

interface Details {
  doing: 'write' | 'read' | 'remove';
  status: number | undefined;
  message: string;
  /** Where S3 says that the bucket is. */
  region: string | undefined;
}

/** Says what an error of the SDK means; what is told already stays as it is. */
export function toS3Problem(error: unknown, connection: Connection, doing: Details['doing']): S3Problem {
  if (error instanceof S3Problem) {
    return error;
  }
  const name = error instanceof Error ? error.name : '';
  const service = error instanceof S3ServiceException ? error : undefined;
  const details: Details = {
    doing,
    status: service?.$metadata.httpStatusCode,
    message: messageOf(error),
    region: service?.$response?.headers['x-amz-bucket-region'],
  };
  // What is no answer of S3 but of another AWS service can only be about the credentials.
  if (connection.credentials.from === 'role' && !service && error instanceof Error && '$metadata' in error) {
    return new S3Problem(noCredentials(connection.credentials, `${name}, ${details.message}`), error);
  }
  const words = WORDS[name] ?? WORDS[codeOf(error) ?? ''] ?? byStatus(details);
  const said = words?.(connection, details) ?? `S3 can't ${doing}: ${name ? `${name}, ` : ''}${details.message}`;
  return new S3Problem(said, error, OF_OBJECT.has(name), details.status === 403);
}

/** Answers without a code in their body. */
function byStatus({ status }: Details): Words | undefined {
  switch (status) {
    case 301:
    case 307:
      return WORDS['PermanentRedirect'];
    case 403:
      return WORDS['AccessDenied'];
    case 404:
      return WORDS['NoSuchBucket'];
    case 503:
      return WORDS['ServiceUnavailable'];
    default:
      return undefined;
  }
}

const whereOf = ({ endpoint, region }: Connection) => endpoint ?? `S3 in ${region}`;
const timedOut = (connection: Connection) => `${whereOf(connection)} did not answer in time.`;
const untrusted = (connection: Connection) =>
  `The certificate of ${whereOf(connection)} is not trusted here. NODE_EXTRA_CA_CERTS can name the authority that signed it.`;

function wrongRegion({ bucket, region }: Connection, { region: actual, message }: Details): string {
  const named = actual ?? /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
  return `The bucket "${bucket}" is not in ${region}${named ? ` but in ${named}` : ''}. Mend the region.`;
}

function noCredentials(credentials: Connection['credentials'], message: string): string {
  switch (credentials.from) {
    case 'environment':
      return `The environment that Joblens runs in has no AWS credentials (${message}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.`;
    case 'profile':
      return `The profile "${credentials.profile}" gives no credentials (${message}). Joblens reads ~/.aws/config and ~/.aws/credentials of the user it runs as.`;
    case 'role':
      return `The role ${credentials.role_arn} can't be assumed: ${message}`;
  }
}
