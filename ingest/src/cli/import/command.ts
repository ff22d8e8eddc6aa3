import { type Client, createClient } from '../client.js';
import { CliError } from '../errors.js';
import { startProgress } from '../progress.js';
import { FORMATS, type ImportFormat, type TreeFormat } from './formats.js';
import { type ByteSource, openSource } from './input.js';
import { isBad, type Items, type Kind } from './item.js';
import { Sender } from './sender.js';
import { Tally } from './tally.js';
import { openTree } from './tree.js';

const DRY_RUN_EVENTS = 5;
const WAIT_TIMEOUT_MS = 60_000;

export interface ImportOptions {
  format: string;
  mapping?: string;
  kind: Kind;
  url: string;
  token?: string;
  dryRun?: boolean;
  wait?: boolean;
}

/** `joblens import`: files to events to the service; every object is accepted or named as rejected. */
export async function runImport(files: string[], options: ImportOptions): Promise<void> {
  const format = FORMATS.find(({ name }) => name === options.format);
  if (!format) {
    const names = FORMATS.map(({ name }) => name).join(', ');
    throw new CliError(`--format ${options.format} is not known. Expected one of: ${names}.`, 2);
  }
  const client = createClient({ url: options.url, token: options.token, timeoutMs: WAIT_TIMEOUT_MS });
  const tally = new Tally();
  await ('import' in format
    ? importTrees(format, files, client, options, tally)
    : importFiles(format, files, client, options, tally));
  tally.report(process.stderr);
  process.stdout.write(`${tally.summary()}${options.dryRun ? ' (dry run, nothing was sent)' : ''}\n`);
  process.exitCode = tally.rejected > 0 ? 1 : 0;
}

async function importTrees(format: TreeFormat, names: string[], client: Client, options: ImportOptions, tally: Tally) {
  for (const name of names) {
    const tree = await openTree(name);
    try {
      await format.import(tree, client, options, tally);
    } finally {
      tree.close();
    }
  }
}

async function importFiles(
  format: ImportFormat,
  names: string[],
  client: Client,
  options: ImportOptions,
  tally: Tally
) {
  const read = await format.prepare(options);
  const sources = await Promise.all(names.map(openSource));
  for (const source of sources) {
    await (options.dryRun ? dryRun(read(source), tally) : importOne(source, read(source), client, options, tally));
  }
}

async function importOne(source: ByteSource, items: Items, client: Client, options: ImportOptions, tally: Tally) {
  const progress = startProgress(`importing ${source.name}`, source.size ?? 0);
  const sender = new Sender({
    client,
    wait: options.wait ?? false,
    onRejected: (item) => tally.reject(item),
    onAccepted: (count) => tally.accept(count),
    onWaiting: (message) => tally.warnOnce(`${message}; trying again`, process.stderr),
  });
  try {
    for await (const some of items) {
      for (const item of some) {
        if (isBad(item)) {
          tally.reject(item);
        } else {
          await sender.add(item);
        }
      }
      progress.update(source.bytesRead());
    }
    await sender.finish();
  } finally {
    progress.stop();
  }
}

/** Prints the first events as they would be sent; reads on to the end, so that every bad row is known. */
async function dryRun(items: Items, tally: Tally): Promise<void> {
  for await (const item of flat(items)) {
    if (isBad(item)) {
      tally.reject(item);
    } else {
      if (tally.accepted < DRY_RUN_EVENTS) {
        process.stdout.write(`${JSON.stringify(JSON.parse(item.json), null, 2)}\n`);
      }
      tally.accept(1);
    }
  }
}

async function* flat(items: Items) {
  for await (const some of items) {
    yield* some;
  }
}
