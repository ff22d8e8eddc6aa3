import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
const MOTO = 'moto[s3]==5.2.5';
const VENV = resolve(import.meta.dirname, '../../node_modules/.cache/joblens/moto-5.2.5');
const run = promisify(execFile);

/** What every client of the test server is given; it takes any. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'test-key',
  AWS_SECRET_ACCESS_KEY: 'test-secret',
  AWS_EC2_METADATA_DISABLED: 'true',
};

export interface S3Server {
  /** Where clients reach it, through a door that can be shut. */
  url: string;
  client: S3Client;
  createBucket(name: string): Promise<void>;
  /** Every key of a bucket, sorted. */
  keys(bucket: string): Promise<string[]>;
  read(bucket: string, key: string): Promise<string>;
  put(bucket: string, key: string, body: string): Promise<void>;
  remove(bucket: string, key: string): Promise<void>;
  /** How many parts it was written in; undefined for one that came whole. */
  partsOf(bucket: string, key: string): Promise<number | undefined>;
  /** Nobody gets in any more; what is stored stays. */
  shut(): void;
  open(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts moto, a real S3 server, on a free port. The first time its packages are installed; it takes a minute or two. */
export async function startS3(env: NodeJS.ProcessEnv = {}): Promise<S3Server> {
  await install();
  const server = spawn(join(VENV, 'bin/python'), ['-m', 'moto.server', '-p', '0'], {
    env: { ...process.env, PYTHONUNBUFFERED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killed = () => void server.kill();
  process.once('exit', killed);
  const door = new Door(await portOf(server));
  await door.open();
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: door.url,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test-key', secretAccessKey: 'test-secret' },
  });
  return {
    url: door.url,
    client,
    createBucket: async (Bucket) => void (await client.send(new CreateBucketCommand({ Bucket }))),
    keys: (bucket) => listKeys(client, bucket),
    read: async (Bucket, Key) =>
      (await (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()) ?? '',
    put: async (Bucket, Key, Body) => void (await client.send(new PutObjectCommand({ Bucket, Key, Body }))),
    remove: async (Bucket, Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
    partsOf: async (Bucket, Key) => {
      const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      const parts = /-(\d+)"?$/.exec(ETag ?? '')?.[1];
      return parts === undefined ? undefined : Number(parts);
    },
    shut: () => door.shut(),
    open: () => door.open(),
    stop: async () => {
      client.destroy();
      door.shut();
      process.off('exit', killed);
      server.kill();
      await once(server, 'exit');
    },
  };
}

async function install(): Promise<void> {
  const python = join(VENV, 'bin/python');
  if (existsSync(python)) {
    return;
  }
  await mkdir(dirname(VENV), { recursive: true });
  const fresh = await mkdtemp(`${VENV}-`);
  try {
    await run('python3', ['-m', 'venv', fresh]);
    await run(join(fresh, 'bin/python'), ['-m', 'pip', 'install', '--quiet', MOTO, 'flask', 'flask-cors'], {
      timeout: 600_000,
    });
    await rename(fresh, VENV).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(python)) {
        throw error;
      }
    });
  } catch (error) {
    throw new Error('The S3 tests need python3 with venv (Debian: python3-venv), and a package index for moto.', {
      cause: error,
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function portOf(server: ChildProcess): Promise<number> {
  if (!server.stderr || !server.stdout) {
    throw new Error('moto has no output');
  }
  server.stdout.resume();
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) {
      server.stderr.resume();
      return Number(port);
    }
    said.push(line);
  }
  throw new Error(`moto ended before it listened: ${said.join('\n')}`);
}

async function listKeys(client: S3Client, Bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for (let token: string | undefined, more = true; more;) {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.NextContinuationToken;
    more = page.IsTruncated ?? false;
  }
  return keys.sort();
}

/** A port that leads to another, until it is shut. */
class Door {
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(readonly behind: number) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    const server = createServer((socket) => {
      const other = connect(this.behind, '127.0.0.1');
      [socket, other].forEach((one) => {
        this.#sockets.add(one);
        one.on('error', () => one.destroy()).on('close', () => this.#sockets.delete(one));
      });
      socket.pipe(other).pipe(socket);
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  shut(): void {
    const server = this.#server;
    this.#server = undefined;
    server?.close();
    this.#sockets.forEach((socket) => socket.destroy());
  }
}
