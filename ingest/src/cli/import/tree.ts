import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CliError, messageOf } from '../errors.js';

/** Many files under one name: a folder, or what a bucket holds under a prefix. */
export interface Tree {
  /** The same for the same files, wherever the command runs. */
  name: string;
  /** Names of files in one fixed order, those past `after` only. */
  list(after: string | undefined): AsyncIterable<string>;
  read(file: string): Promise<string>;
  close(): void;
}

/** Opens `s3://BUCKET/PREFIX`, or a folder. @throws CliError where there is none */
export async function openTree(source: string): Promise<Tree> {
  const s3 = /^s3:\/\/([^/]+)\/?(.*)$/.exec(source);
  return s3 ? openBucketTree(source, s3[1] ?? '', s3[2] ?? '') : openFolder(resolve(source));
}

async function openFolder(root: string): Promise<Tree> {
  await readdir(root).catch((error: unknown) => {
    throw new CliError(`${root} can't be read as a folder: ${messageOf(error)}`, 2);
  });
  return {
    name: root,
    list: (after) => walk(root, '', after),
    read: (file) => readFile(join(root, file), 'utf8'),
    close: () => undefined,
  };
}

/** Depth first, folder by folder in order of names, so that "past" a file means the same each time. */
async function* walk(root: string, folder: string, after: string | undefined): AsyncGenerator<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const named = entries.map((entry) => ({ entry, path: folder === '' ? entry.name : `${folder}${sep}${entry.name}` }));
  for (const { entry, path } of named.sort((a, b) => compare(a.path.split(sep), b.path.split(sep)))) {
    const past = after === undefined ? 1 : compare(path.split(sep), after.split(sep));
    if (entry.isDirectory() && (past > 0 || after?.startsWith(path + sep))) {
      yield* walk(root, path, past > 0 ? undefined : after);
    } else if (entry.isFile() && past > 0) {
      yield path;
    }
  }
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left = '', right = ''] = [a[i], b[i]];
    if (left !== right) {
      return left < right ? -1 : 1;
    }
  }
  return a.length - b.length;
}

/** Region, endpoint and credentials come from where AWS's own tools find them. */
async function openBucketTree(name: string, Bucket: string, Prefix: string): Promise<Tree> {
  const custom = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  // Other S3 servers do not know buckets as host names.
  const client = new S3Client({ ...(custom ? { forcePathStyle: true } : {}) });
  const asked = async <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw new CliError(`${name} can't be read: ${error instanceof Error ? `${error.name}: ${error.message}` : ''}`);
    });
  return {
    name,
    list: async function* (after) {
      let from = after;
      for (;;) {
        const page = await asked(client.send(new ListObjectsV2Command({ Bucket, Prefix, StartAfter: from })));
        const keys = (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
        yield* keys;
        from = keys.at(-1);
        if (!page.IsTruncated || from === undefined) {
          return;
        }
      }
    },
    read: async (Key) =>
      (await asked(client.send(new GetObjectCommand({ Bucket, Key })))).Body?.transformToString('utf8') ?? '',
    close: () => client.destroy(),
  };
}
