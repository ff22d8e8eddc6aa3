import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { controlSocket } from '../../control.js';
import { problemAnswer } from '../../model/answer.js';
import { CliError, codeOf, messageOf } from '../errors.js';
import { startProgress } from '../progress.js';

interface Options {
  data: string;
}

/** `joblens backup FILE`: everything that the service accepted before, in one file; `-` is standard output. */
export async function runBackup(file: string, { data }: Options): Promise<void> {
  const stopProgress = follow('backup', data);
  try {
    await (file === '-' ? receive(data, process.stdout) : intoFile(file, (out) => receive(data, out)));
  } finally {
    stopProgress();
  }
  process.stderr.write(`backed up to ${file === '-' ? 'standard output' : file}\n`);
}

/** A file stands there once it is whole, and whole on disk. */
async function intoFile(file: string, write: (out: Writable) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  try {
    await write(createWriteStream(part, { mode: 0o600 }));
    const handle = await open(part, 'r');
    await handle.sync();
    await handle.close();
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof CliError ? error : new CliError(`${file}: ${messageOf(error)}`);
  }
}

async function receive(data: string, out: Writable): Promise<void> {
  const answer = await call(data, 'POST', '/backup');
  try {
    await pipeline(answer, out);
  } catch (error) {
    throw answer.complete ? error : new CliError('The backup broke off; its service says why in its log.');
  }
}

const restoredAnswer = z.object({ tables: z.number(), rows: z.number(), made_at: z.string() });

/** `joblens restore FILE`: puts a backup into a store that is empty, or in place of what is there. */
export async function runRestore(file: string, { data, replace }: Options & { replace?: boolean }): Promise<void> {
  const source = file === '-' ? process.stdin : createReadStream(await readable(file));
  const stopProgress = follow('restore', data);
  try {
    const answer = await call(data, 'POST', `/restore${replace ? '?replace=1' : ''}`, source);
    const { rows, tables, made_at } = restoredAnswer.parse(JSON.parse(await text(answer)));
    process.stdout.write(`restored ${rows} rows of ${tables} tables, as of ${made_at}\n`);
  } finally {
    stopProgress();
    source.destroy();
  }
}

async function readable(file: string): Promise<string> {
  await stat(file).catch((error: unknown) => {
    throw new CliError(`${file}: ${messageOf(error)}`);
  });
  return file;
}

/** Calls the service of a data folder. @throws CliError with the words of its problem */
async function call(data: string, method: string, path: string, body?: Readable): Promise<IncomingMessage> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = request({ socketPath: controlSocket(data), method, path }, resolve);
    sending.once('error', (error) => reject(notThere(data, error)));
    if (body) {
      // The service may refuse before it has read all: then its answer counts, not that sending broke off.
      pipeline(body, sending).catch(() => undefined);
    } else {
      sending.end();
    }
  });
  if (answer.statusCode !== 200) {
    const problem = problemAnswer.safeParse(JSON.parse((await text(answer)) || '{}')).data;
    throw new CliError(problem?.detail ?? `The service answered ${answer.statusCode}.`);
  }
  return answer;
}

function notThere(data: string, error: unknown): CliError {
  const code = codeOf(error);
  return new CliError(
    code === 'ENOENT' || code === 'ECONNREFUSED'
      ? `No service is running on the data folder ${data}. Start one, or name its folder with --data.`
      : `The service of ${data} can't be asked: ${code ?? messageOf(error)}`
  );
}

const progressAnswer = z.object({ done: z.number(), total: z.number() });

/** Shows how far the service is, until the function that it gives is called. */
function follow(label: string, data: string): () => void {
  let bar: ReturnType<typeof startProgress> | undefined;
  const timer = setInterval(async () => {
    const answer = await call(data, 'GET', '/progress').catch(() => undefined);
    const progress = answer && progressAnswer.parse(JSON.parse(await text(answer)));
    if (progress && progress.total > 0) {
      bar ??= startProgress(label, progress.total);
      bar.update(progress.done);
    }
  }, 500);
  return () => {
    clearInterval(timer);
    bar?.stop();
  };
}
