import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Decompress } from 'fzstd';

/** How far back a body may refer (RFC 9659): the decoder moves that much memory for every block. */
const MAX_WINDOW = 8 * 1024 * 1024;
/** Of what a block holds, compressed or not. */
const MAX_BLOCK = 128 * 1024;
/** Blocks that may hold next to nothing. */
const SPARE_BLOCKS = 1000;
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;

/**
 * Decodes zstd block by block, giving way to others between them. Four bytes can become a whole block of 128 KB, or cost
 * as much as one that moves gigabytes: a body that would be over `limit`, or is made to be slow, is refused before that.
 */
export function zstdDecoder(limit: number): Duplex {
  return Duplex.from(async function* (source: AsyncIterable<Buffer>) {
    const units = new Units(Math.ceil(limit / MAX_BLOCK) + SPARE_BLOCKS);
    const decoded: Buffer[] = [];
    let isWhole = false;
    const decoder = new Decompress((chunk, final) => {
      isWhole = final === true;
      decoded.push(Buffer.from(chunk));
    });
    let pending: Buffer = Buffer.alloc(0);
    for await (const chunk of source) {
      pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
      for (let length = units.next(pending); length !== undefined; length = units.next(pending)) {
        decoder.push(pending.subarray(0, length));
        pending = pending.subarray(length);
        for (const piece of decoded.splice(0)) {
          yield piece;
          await setImmediate();
        }
      }
    }
    decoder.push(pending, true);
    yield* decoded;
    if (!isWhole || !units.isBetweenFrames) {
      throw new Error('unexpected end of zstd data');
    }
  });
}

/** Finds where each frame's header, blocks and checksum end (RFC 8878). */
class Units {
  #blocks = 0;
  #at: 'frame' | 'block' | 'checksum' = 'frame';
  #hasChecksum = false;

  constructor(readonly maxBlocks: number) {}

  get isBetweenFrames(): boolean {
    return this.#at === 'frame';
  }

  /** How long the next one is; undefined while it is not all there. @throws Error for what is no zstd, or too costly */
  next(bytes: Buffer): number | undefined {
    const length = this.#length(bytes);
    if (length === undefined || length > bytes.length) {
      return undefined;
    }
    this.#pass(bytes);
    return length;
  }

  #length(bytes: Buffer): number | undefined {
    switch (this.#at) {
      case 'frame':
        return bytes.length < 8 ? undefined : frameOf(bytes).length;
      case 'block':
        return bytes.length < 3 ? undefined : blockOf(bytes).length;
      case 'checksum':
        return 4;
    }
  }

  #pass(bytes: Buffer): void {
    if (this.#at === 'frame') {
      const { isSkipped, hasChecksum } = frameOf(bytes);
      if (!isSkipped && windowOf(bytes) > MAX_WINDOW) {
        throw new Error(`it refers back by more than ${MAX_WINDOW} bytes`);
      }
      this.#hasChecksum = hasChecksum;
      this.#at = isSkipped ? 'frame' : 'block';
    } else if (this.#at === 'checksum') {
      this.#at = 'frame';
    } else if (blockOf(bytes).isLast) {
      this.#at = this.#hasChecksum ? 'checksum' : 'frame';
    }
    // An empty frame costs as much as an empty block.
    if (++this.#blocks > this.maxBlocks) {
      throw new Error('too many small blocks: compress it in larger pieces');
    }
  }
}

/** A frame's header; of what is to be skipped, all of it. */
function frameOf(bytes: Buffer): { length: number; isSkipped: boolean; hasChecksum: boolean } {
  const magic = bytes.readUInt32LE();
  if (magic >>> 4 === SKIPPABLE) {
    return { length: 8 + checkedSize(bytes.readUInt32LE(4)), isSkipped: true, hasChecksum: false };
  }
  if (magic !== MAGIC) {
    throw new Error('no zstd data');
  }
  const { window, dictionary, content, hasChecksum } = fieldsOf(bytes);
  return { length: 5 + window + dictionary + content, isSkipped: false, hasChecksum };
}

/** How many bytes the fields of a frame's header take. */
function fieldsOf(bytes: Buffer) {
  const flags = bytes.readUInt8(4);
  const isSingle = (flags & 0x20) !== 0;
  const sized = flags >> 6;
  return {
    isSingle,
    hasChecksum: (flags & 4) !== 0,
    window: isSingle ? 0 : 1,
    dictionary: [0, 1, 2, 4][flags & 3] ?? 0,
    content: sized === 0 ? Number(isSingle) : 1 << sized,
  };
}

/** A frame of a single segment is its own window. */
function windowOf(bytes: Buffer): number {
  const { isSingle, window, dictionary, content } = fieldsOf(bytes);
  if (!isSingle) {
    const descriptor = bytes.readUInt8(5);
    const base = 2 ** (10 + (descriptor >> 3));
    return base + (base / 8) * (descriptor & 7);
  }
  const at = 5 + window + dictionary;
  return content === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, content);
}

/** A block with its header. One of a single repeated byte holds just that. */
function blockOf(bytes: Buffer): { length: number; isLast: boolean } {
  const header = bytes.readUIntLE(0, 3);
  const isRepeated = ((header >> 1) & 3) === 1;
  const size = checkedSize(header >> 3);
  return { length: 3 + (isRepeated ? 1 : size), isLast: (header & 1) !== 0 };
}

function checkedSize(size: number): number {
  if (size > MAX_BLOCK) {
    throw new Error(`a block of ${size} bytes: ${MAX_BLOCK} are the limit`);
  }
  return size;
}
