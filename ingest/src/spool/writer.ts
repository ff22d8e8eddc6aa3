import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeDurably } from './durable.js';
import type { RawTarget, SegmentEntry, SegmentKind, SidecarHeader } from './segment.js';
import type { Spare } from './spares.js';

/** One request's bytes on their way into a segment; they end with a newline. */
export interface Addition {
  chunks: readonly Buffer[];
  bytes: number;
  rows: number;
  at: number;
  raw?: RawTarget;
  key?: string;
  answer?: string;
  digest?: string;
}

const CUT_AGAIN_MS = 500;

interface Waiting {
  addition: Addition;
  resolve(entry: SegmentEntry): void;
  reject(error: unknown): void;
}

/**
 * Writes one open segment and its sidecar. Requests that come while the disk is busy share the next fsync; each is
 * told once its bytes and its sidecar entry are on disk.
 */
export class SegmentWriter {
  readonly header: SidecarHeader;
  readonly path: string;
  readonly entries: SegmentEntry[] = [];
  bytes = 0;
  rows = 0;
  readonly #data: FileHandle;
  readonly #sidecar: FileHandle;
  #sidecarBytes = 0;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  #broken = false;

  constructor({ id, path, data, sidecar }: Spare, tenant: string, kind: SegmentKind) {
    this.header = { id, tenant, kind, openedAt: Date.now() };
    this.path = path;
    this.#data = data;
    this.#sidecar = sidecar;
  }

  /** Bytes that are written or wait to be. */
  get size(): number {
    return this.#waiting.reduce((sum, { addition }) => sum + addition.bytes, this.bytes);
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  /** Resolves once the addition is durable; rejects when the disk did not take it, and then nothing of it is there. */
  add(addition: Addition): Promise<SegmentEntry> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ addition, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /**
   * Waits for what was added, then closes both files: the whole data file will be read, so nothing else may be in it.
   * @returns the bytes of either file
   */
  async close(): Promise<{ data: number; sidecar: number }> {
    await this.#flushing;
    while (!(await this.#isCut())) {
      await new Promise((resolve) => setTimeout(resolve, CUT_AGAIN_MS));
    }
    await Promise.all([this.#data.close(), this.#sidecar.close()]);
    return { data: this.bytes, sidecar: this.#sidecarBytes };
  }

  async #flush(): Promise<void> {
    // One turn of the event loop lets requests that arrived together share the fsync.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const entries = await this.#write(group);
        group.forEach((waiting, i) => waiting.resolve(entries[i] as SegmentEntry));
      } catch (error) {
        await this.#takeBack();
        group.forEach((waiting) => waiting.reject(error));
      }
    }
    this.#flushing = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<SegmentEntry[]> {
    let [offset, row] = [this.bytes, this.rows];
    const entries = group.map(({ addition }, i) => {
      const { chunks, bytes, rows, ...rest } = addition;
      const pem = chunks.some((chunk) => chunk.includes('PRIVATE KEY'));
      const entry: SegmentEntry = {
        ...rest,
        offset,
        bytes,
        row,
        rows,
        crc: crcOf(chunks),
        ...(pem ? { pem } : {}),
        ...(i === 0 ? { first: true } : {}),
      };
      offset += bytes;
      row += rows;
      return entry;
    });
    const told = this.#sidecarBytes === 0 ? [this.header, ...entries] : entries;
    const sidecar = Buffer.from(told.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const chunks = group.flatMap(({ addition }) => addition.chunks);
    // Side by side: of the last group a crash may leave either without the other, which `recover.ts` looks for.
    await bothEnd(
      writeDurably(this.#data, chunks, this.bytes),
      writeDurably(this.#sidecar, [sidecar], this.#sidecarBytes)
    );
    this.entries.push(...entries);
    this.bytes = offset;
    this.rows = row;
    this.#sidecarBytes += sidecar.length;
    return entries;
  }

  /** A group that failed was never answered: nothing of it may be stored. After a failed fsync the file isn't used on. */
  async #takeBack(): Promise<void> {
    this.#broken = true;
    await this.#isCut();
  }

  /** Cuts off what was not answered, and zeros that were not written over; false where the disk does not even do that. */
  async #isCut(): Promise<boolean> {
    const cut = await Promise.allSettled([this.#data.truncate(this.bytes), this.#sidecar.truncate(this.#sidecarBytes)]);
    return cut.every(({ status }) => status === 'fulfilled');
  }
}

/** CRC-32 over pieces, as if they were one. */
function crcOf(chunks: Iterable<Buffer>): number {
  let crc = 0;
  for (const chunk of chunks) {
    crc = crc32(chunk, crc);
  }
  return crc;
}

/** Waits for both, and fails if one did: nothing is still being written when a group is taken back. */
async function bothEnd(...writes: [Promise<void>, Promise<void>]): Promise<void> {
  await Promise.allSettled(writes);
  await Promise.all(writes);
}
