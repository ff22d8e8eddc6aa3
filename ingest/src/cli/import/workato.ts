import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { nameSchema } from '../../model/common.js';
import { readObjectKey } from '../../replication/object-key.js';
import { RefusedError, writeWithRetry, type Client } from '../client.js';
import { messageOf } from '../errors.js';
import { startProgress } from '../progress.js';
import { Checkpoint } from './checkpoint.js';
import type { TreeFormat, TreeOptions } from './formats.js';
import type { Tally } from './tally.js';
import type { Tree } from './tree.js';

const BATCH_FILES = 500;
const BATCH_BYTES = 8 * 1024 * 1024;
const READERS = 16;
const PATIENCE_MS = 120_000;
const DRY_RUN_FILES = 5;

/** Job history files as Workato replicates them: one JSON object a file, whose they are in its name. */
export const workato: TreeFormat = {
  name: 'workato',
  async import(tree, client, options, tally) {
    if (options.dryRun) {
      return dryRun(tree, tally);
    }
    const checkpoint = await Checkpoint.open('workato', tree.name, client.url);
    if (checkpoint.after !== undefined) {
      process.stderr.write(`joblens: going on after ${checkpoint.after}, where the last import broke off\n`);
    }
    const progress = startProgress(`importing ${tree.name}`, await countFiles(tree, checkpoint.after));
    try {
      for await (const { files, done } of batches(tree, checkpoint.after)) {
        await send(client, files, options, tally);
        await checkpoint.reach(files.at(-1)?.name ?? '');
        progress.update(done);
      }
      await checkpoint.done();
    } finally {
      progress.stop();
    }
  },
};

interface File {
  name: string;
  user: string;
  /** One line of JSON, every number as it was written; undefined where it is none. */
  json: string | undefined;
  problem?: string;
}

const isJobFile = (name: string) => name.endsWith('.json');

async function countFiles(tree: Tree, after: string | undefined): Promise<number> {
  let count = 0;
  for await (const name of tree.list(after)) {
    count += isJobFile(name) ? 1 : 0;
  }
  return count;
}

/** Files of one user each, in the tree's order. */
async function* batches(tree: Tree, after: string | undefined) {
  let batch: File[] = [];
  let bytes = 0;
  let done = 0;
  for await (const file of filesOf(tree, after)) {
    const full = batch.length >= BATCH_FILES || bytes >= BATCH_BYTES;
    if (full || (batch.length > 0 && batch[0]?.user !== file.user)) {
      yield { files: batch, done };
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.json?.length ?? 0;
    done++;
  }
  if (batch.length > 0) {
    yield { files: batch, done };
  }
}

/** Reads some files ahead, and gives them in order. */
async function* filesOf(tree: Tree, after: string | undefined): AsyncGenerator<File> {
  const ahead: Array<Promise<File>> = [];
  for await (const name of tree.list(after)) {
    if (isJobFile(name)) {
      const reading = readOne(tree, name);
      // Who waits for it comes later; until then nobody else shall be told.
      reading.catch(() => undefined);
      ahead.push(reading);
    }
    if (ahead.length >= READERS) {
      yield (await ahead.shift()) as File;
    }
  }
  for (const file of ahead) {
    yield await file;
  }
}

async function readOne(tree: Tree, name: string): Promise<File> {
  const user = nameSchema.safeParse(readObjectKey(basename(name))?.user).data ?? '';
  // JSON holds a line's end only between its parts; trimming takes a byte order mark away, too.
  const json = (await tree.read(name)).replaceAll(/[\r\n]+/g, ' ').trim();
  const problem = problemIn(json);
  return { name, user, json: problem === undefined ? json : undefined, ...(problem === undefined ? {} : { problem }) };
}

/** Anything but one object would not stand for itself beside others in a body. */
function problemIn(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? undefined
      : `expected one JSON object, got ${json.slice(0, 40)}`;
  } catch (error) {
    return `expected one JSON object: ${messageOf(error)}`;
  }
}

async function send(client: Client, files: readonly File[], options: TreeOptions, tally: Tally): Promise<void> {
  for (const { name, problem } of files.filter((file) => file.json === undefined)) {
    tally.reject({ place: { file: name, line: 1 }, problem: problem ?? '' });
  }
  const good = files.filter((file) => file.json !== undefined);
  if (good.length > 0) {
    await sendGood(client, good, options, tally);
  }
}

/** A batch that is refused as a whole, for what it holds, is sent in halves: one file keeps no other out. */
async function sendGood(client: Client, good: readonly File[], options: TreeOptions, tally: Tally): Promise<void> {
  try {
    await sendBatch(client, good, options, tally);
  } catch (error) {
    if (!(error instanceof RefusedError) || (error.status !== 400 && error.status !== 413)) {
      throw error;
    }
    if (good.length === 1) {
      tally.reject({ place: { file: good[0]?.name ?? '', line: 1 }, problem: error.problem?.detail ?? error.message });
      return;
    }
    const half = Math.ceil(good.length / 2);
    await sendGood(client, good.slice(0, half), options, tally);
    await sendGood(client, good.slice(half), options, tally);
  }
}

async function sendBatch(client: Client, good: readonly File[], options: TreeOptions, tally: Tally): Promise<void> {
  const user = good[0]?.user ?? '';
  const path = `/v1/receive/workato${user === '' ? '' : `?user_id=${encodeURIComponent(user)}`}`;
  const body = good.map(({ json }) => `${json}\n`).join('');
  const hash = createHash('sha256').update(path).update(body).digest('hex');
  const request = { path, body, idempotencyKey: `import-${hash}`, wait: options.wait ?? false };
  const rejected = await writeWithRetry(client, request, {
    forMs: PATIENCE_MS,
    onRetry: (error) => tally.warnOnce(`${error.message}; trying again`, process.stderr),
  })
    .then((answer) => answer?.rejected ?? [])
    .catch((error: unknown) => {
      if (error instanceof RefusedError && error.status === 400 && error.problem?.errors?.length) {
        return error.problem.errors;
      }
      throw error;
    });
  const bad = new Set(rejected.map(({ index }) => index));
  tally.accept(good.length - bad.size);
  for (const { index, path: at, message } of rejected) {
    tally.reject({
      place: { file: good[index]?.name ?? '', line: 1 },
      problem: at === '' ? message : `${at}: ${message}`,
    });
  }
}

async function dryRun(tree: Tree, tally: Tally): Promise<void> {
  for await (const { name, json, problem } of filesOf(tree, undefined)) {
    if (json === undefined) {
      tally.reject({ place: { file: name, line: 1 }, problem: problem ?? '' });
      continue;
    }
    if (tally.accepted < DRY_RUN_FILES) {
      process.stdout.write(`${json}\n`);
    }
    tally.accept(1);
  }
}
