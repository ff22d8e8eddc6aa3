import { once } from 'node:events';
import { Readable, type Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { Coded, problems } from '../errors.js';
import type { AppContext } from './context.js';
import { zstdDecoder } from './zstd.js';

/** A request's body, decompressed. */
export interface Body {
  chunks: Buffer[];
  bytes: number;
}

/** How much is being received at one time, over all requests: what the service's memory depends on. */
export class Inflight {
  #bytes = 0;
  constructor(readonly limit: number) {}

  /** @throws Coded 503 where the service receives as much as it can */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.limit) {
      throw problems.busy(
        `The service is receiving ${this.#bytes} bytes already, its limit is ${this.limit} (JOBLENS_MAX_INFLIGHT).`
      );
    }
    this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * Reads and decompresses a body piece by piece, and stops as soon as it grows over the limit.
 * @throws Coded 413 over `limit` decompressed bytes, 415 for an unknown encoding, 400 where it can't be decompressed
 */
export async function readBody(c: AppContext, limit: number, inflight: Inflight): Promise<Body> {
  const source = sourceOf(c);
  let taken = 0;
  try {
    const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
    const declared = Number(c.req.header('content-length') ?? 0);
    if (encoding === 'identity' && declared > limit) {
      throw problems.tooLarge(limit);
    }
    const decoder = decoderFor(encoding, limit);
    const stream = decoder ? source.pipe(decoder) : source;
    const isAllDecoded = decoder && watch(source, decoder);
    source.once('error', (error) => stream.destroy(error));
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      bytes += piece.length;
      if (bytes > limit) {
        throw problems.tooLarge(limit);
      }
      inflight.take(piece.length);
      taken += piece.length;
      chunks.push(piece);
    }
    if (isAllDecoded && !(await isAllDecoded())) {
      throw new Error('more bytes follow behind its end');
    }
    return { chunks, bytes };
  } catch (error) {
    leaveUnread(c, source);
    throw error instanceof Coded ? error : problems.badEncoding(reasonOf(error));
  } finally {
    inflight.give(taken);
  }
}

/** A decoder says nothing of bytes that follow behind the end of what it decodes, and that would be lost. */
function watch(source: Readable, decoder: Duplex): () => Promise<boolean> {
  let sent = 0;
  source.on('data', (chunk: Buffer) => (sent += chunk.length));
  return async () => {
    source.unpipe(decoder);
    source.resume();
    if (!source.readableEnded) {
      await once(source, 'end');
    }
    return !('bytesWritten' in decoder) || decoder.bytesWritten === sent;
  };
}

function sourceOf(c: AppContext): Readable {
  if (c.env?.incoming) {
    return c.env.incoming;
  }
  const body = c.req.raw.body;
  return body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
}

/**
 * A client that is still sending reads the answer only if its bytes go somewhere: they are thrown away for a moment,
 * then the connection ends.
 */
function leaveUnread(c: AppContext, source: Readable): void {
  c.header('connection', 'close');
  source.unpipe?.();
  source.resume();
  setTimeout(() => source.destroy(), 2000).unref();
}

function reasonOf(error: unknown): string {
  const what = error instanceof Error ? error.message : String(error);
  return `The body broke off or is not what its Content-Encoding says (${what}). Nothing was stored; send it again.`;
}

/** Node has zstd from 22.15 on; before, a decoder in JavaScript does it. */
const nodesZstd = (zlib as { createZstdDecompress?: () => Duplex }).createZstdDecompress;

function decoderFor(encoding: string, limit: number): Duplex | undefined {
  switch (encoding) {
    case 'identity':
    case '':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      return nodesZstd?.() ?? zstdDecoder(limit);
    default:
      throw problems.unsupportedEncoding(encoding);
  }
}

/** The first byte that is no JSON white space, or undefined in an empty body. */
export function firstByte(body: Body): number | undefined {
  for (const chunk of body.chunks) {
    for (const byte of chunk) {
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        return byte;
      }
    }
  }
  return undefined;
}

const NEWLINE = Buffer.from('\n');

/** A body as lines of a segment: a newline closes it, put there where it had none. */
export interface LineBody extends Body {
  /** Lines, blank ones too. */
  rows: number;
  /** Lines in which something stands. */
  filled: number;
  /** The last newline was not the sender's. */
  open: boolean;
}

/** Counts lines without looking into them. Only `\n` splits. */
export function asLines(body: Body): LineBody {
  let rows = 0;
  let filled = 0;
  let length = 0;
  // The last byte of the chunks before this one: a line may be cut anywhere.
  let before = 0;
  for (const chunk of body.chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      rows++;
      length += at - from;
      filled += length > 1 || (length === 1 && (at > 0 ? chunk[at - 1] : before) !== 13) ? 1 : 0;
      length = 0;
      from = at + 1;
    }
    length += chunk.length - from;
    before = chunk.at(-1) ?? before;
  }
  const open = length > 0;
  return open
    ? {
        chunks: [...body.chunks, NEWLINE],
        bytes: body.bytes + 1,
        rows: rows + 1,
        filled: filled + (length > 1 || before !== 13 ? 1 : 0),
        open,
      }
    : { ...body, rows, filled, open };
}
