import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CliError, codeOf, messageOf } from '../errors.js';

/** The bytes of one input, unpacked, counted as they are read from it. */
export interface ByteSource {
  /** As the user named it. */
  name: string;
  /** Size on disk; undefined for stdin. */
  size: number | undefined;
  bytes(): AsyncIterable<Buffer>;
  bytesRead(): number;
}

/** Opens `-` (stdin), a file, or a `.gz` file. */
export async function openSource(name: string): Promise<ByteSource> {
  const size = name === '-' ? undefined : await sizeOf(name);
  let read = 0;

  async function* raw(): AsyncGenerator<Buffer> {
    for await (const chunk of name === '-' ? process.stdin : createReadStream(name)) {
      const bytes = Buffer.from(chunk);
      read += bytes.length;
      yield bytes;
    }
  }
  return {
    name: name === '-' ? 'stdin' : name,
    size,
    bytes: () => (name.endsWith('.gz') ? unzip(raw(), name) : raw()),
    bytesRead: () => read,
  };
}

async function* unzip(zipped: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    const gunzip = createGunzip();
    pipeline(Readable.from(zipped), gunzip, () => undefined);
    yield* gunzip;
  } catch (error) {
    throw new CliError(`${name} can't be unpacked: ${messageOf(error)}. Is it a whole gzip file?`);
  }
}

async function sizeOf(name: string): Promise<number> {
  try {
    const about = await stat(name);
    if (about.isFile()) {
      return about.size;
    }
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new CliError(`${name} can't be read: ${why}.`);
  }
  throw new CliError(`${name} can't be read: expected a file.`);
}
