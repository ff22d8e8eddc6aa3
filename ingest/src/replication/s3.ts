import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { Upload } from '@aws-sdk/lib-storage';
import type { Connection } from './settings.js';

// Node 20 is one that Joblens supports; the SDK's warning about it would stand in every log.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** S3 takes parts of 5 MB and more. */
export const PART_BYTES = 5 * 1024 * 1024;
export const CONNECT_MS = 5000;
const ANSWER_MS = 60_000;
const SOCKETS = 64;

/** One bucket, as a connection reaches it. */
export interface Bucket {
  /** Names the bucket among all that there are: what was written here can be removed here. */
  place: string;
  put(key: string, body: string): Promise<void>;
  /** In parts, as the bytes come. */
  putStream(key: string, body: Readable): Promise<void>;
  get(key: string): Promise<string>;
  remove(key: string): Promise<void>;
  close(): void;
}

/** Opens a bucket; nothing is asked of it yet. Keys are whole, the connection's prefix included. */
export function openBucket(connection: Connection, { attempts = 3, answerMs = ANSWER_MS } = {}): Bucket {
  const { bucket: Bucket, endpoint } = connection;
  const client = new S3Client({
    region: connection.region,
    credentials: credentialsOf(connection),
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: answerMs,
      httpsAgent: { maxSockets: SOCKETS },
      httpAgent: { maxSockets: SOCKETS },
    },
    // Other S3 servers know neither buckets as host names nor the newest checksums.
    ...(endpoint === undefined
      ? {}
      : {
          endpoint,
          forcePathStyle: true,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
        }),
  });
  const ContentType = 'application/json';
  return {
    place: `${endpoint ?? connection.region}/${Bucket}`,
    put: async (Key, Body) => void (await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }))),
    putStream: async (Key, Body) => {
      const params = { Bucket, Key, Body, ContentType };
      await new Upload({ client, params, partSize: PART_BYTES, queueSize: 2 }).done();
    },
    get: async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString('utf8')) ?? '';
    },
    remove: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
    close: () => client.destroy(),
  };
}

function credentialsOf({ credentials, region }: Connection): NonNullable<S3ClientConfig['credentials']> {
  switch (credentials.from) {
    case 'environment':
      return fromNodeProviderChain();
    case 'profile':
      return fromIni({ profile: credentials.profile });
    case 'role': {
      const { role_arn: RoleArn, external_id: ExternalId, profile } = credentials;
      return fromTemporaryCredentials({
        params: {
          RoleArn,
          RoleSessionName: 'joblens-replication',
          ...(ExternalId === undefined ? {} : { ExternalId }),
        },
        clientConfig: { region },
        ...(profile === undefined ? {} : { masterCredentials: fromIni({ profile }) }),
      });
    }
  }
}
