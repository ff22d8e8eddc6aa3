import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { openDurable } from './durable.js';
import { discard } from './recover.js';
import { segmentPath, sidecarOf, type SegmentKind } from './segment.js';

/** A segment's two files before anything is written to them: zeros, to be written over. */
export interface Spare {
  id: string;
  path: string;
  data: FileHandle;
  sidecar: FileHandle;
}

/** Bytes of either file. */
interface Size {
  data: number;
  sidecar: number;
}

/** What one large request made of a segment is not expected of the next. */
const MAX_BYTES = 16 * 1024 * 1024;
const ZEROS = Buffer.alloc(1024 * 1024);

/**
 * Files for segments, made ahead of them and as long as the last of their kind became. A file that grows is durable only
 * with the file system's journal, where a request would wait for all that ClickHouse's merges keep; one that is written
 * over is not.
 */
export class Spares {
  readonly #dir: string;
  readonly #log: Logger;
  readonly #ready = new Map<SegmentKind, Promise<Spare | undefined>>();
  readonly #expected = new Map<SegmentKind, Size>();

  constructor(dir: string, log: Logger) {
    this.#dir = dir;
    this.#log = log;
  }

  /** The files for a segment of this kind; those for the next are begun. */
  async take(kind: SegmentKind): Promise<Spare> {
    const ready = this.#ready.get(kind);
    this.#ready.set(kind, this.#makeNext(kind));
    return (await ready) ?? makeSpare(this.#dir, kind, { data: 0, sidecar: 0 });
  }

  /** Tells how long the files of a segment became. */
  became(kind: SegmentKind, { data, sidecar }: Size): void {
    this.#expected.set(kind, { data: Math.min(data, MAX_BYTES), sidecar: Math.min(sidecar, MAX_BYTES) });
  }

  /** Removes what was not taken. */
  async close(): Promise<void> {
    const spares = await Promise.all(this.#ready.values());
    this.#ready.clear();
    await Promise.all(spares.map((spare) => spare && remove(spare)));
  }

  async #makeNext(kind: SegmentKind): Promise<Spare | undefined> {
    try {
      return await makeSpare(this.#dir, kind, this.#expected.get(kind) ?? { data: 0, sidecar: 0 });
    } catch (error) {
      // Whoever needs one makes it, and is told if that fails too.
      this.#log.warn(error, 'the spool can’t make a file ahead');
      return undefined;
    }
  }
}

async function makeSpare(dir: string, kind: SegmentKind, size: Size): Promise<Spare> {
  const id = uuidv7();
  const path = segmentPath(dir, id, kind);
  const opened: FileHandle[] = [];
  const make = async (file: string, bytes: number): Promise<FileHandle> => {
    await createFilled(file, bytes);
    const handle = await openDurable(file);
    opened.push(handle);
    return handle;
  };
  try {
    const data = await make(path, size.data);
    const sidecar = await make(sidecarOf(path), size.sidecar);
    await syncDirectory(dirname(path));
    return { id, path, data, sidecar };
  } catch (error) {
    await Promise.allSettled([...opened.map((handle) => handle.close()), discard(path)]);
    throw error;
  }
}

async function createFilled(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes;) {
      const { bytesWritten } = await file.write(ZEROS, 0, Math.min(ZEROS.length, bytes - at), at);
      at += bytesWritten;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function remove({ path, data, sidecar }: Spare): Promise<void> {
  await Promise.allSettled([data.close(), sidecar.close()]);
  await discard(path);
}

async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
