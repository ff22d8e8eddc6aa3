import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import type { Logger } from 'pino';
import { asidePath, readSidecar, sidecarOf, type Segment, type SegmentEntry } from './segment.js';

/** Gives a segment of so many rows the arrival number of its first one. */
export type NextArrival = (rows: number) => number;

/**
 * Finds what an earlier process left in the spool, by its sidecars and the last bytes alone, so that a start with a long backlog is quick.
 * What a segment holds has to be {@link checked} before it is stored.
 */
export async function recoverSegments(dir: string, nextArrival: NextArrival, log: Logger): Promise<Segment[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.seg')).sort();
  const found: Array<Omit<Segment, 'arrival'>> = [];
  for (const name of names) {
    const segment = await recoverSegment(join(dir, name), log);
    if (segment) {
      found.push(segment);
    }
  }
  // Names tell when files were made, which was ahead of their use.
  found.sort((a, b) => a.openedAt - b.openedAt);
  return found.map((segment) => ({ ...segment, arrival: nextArrival(segment.rows) }));
}

async function recoverSegment(path: string, log: Logger): Promise<Omit<Segment, 'arrival'> | undefined> {
  const sidecar = await readSidecar(sidecarOf(path)).catch(() => undefined);
  if (!sidecar || sidecar.entries.length === 0) {
    const isWritten = await beginsWithData(path);
    await (isWritten ? setAside(path, log, 'none of its requests was ever answered') : discard(path));
    return undefined;
  }
  const entries = await withoutTorn(path, sidecar.entries, log);
  const end = entries.at(-1);
  if (!end) {
    await discard(path);
    return undefined;
  }
  return { ...sidecar.header, path, entries, rows: end.row + end.rows, bytes: end.offset + end.bytes, damaged: [] };
}

/**
 * Of what a crash interrupted, the sidecar may tell and the data hold nothing: the requests at the end that are not
 * there to their last byte were never answered. Of others that became durable with them no key is known
 * unless they are whole: whoever sends such a request again must not be told that it is there.
 */
async function withoutTorn(path: string, all: readonly SegmentEntry[], log: Logger): Promise<SegmentEntry[]> {
  // -1 of an older spool is its last request.
  const before = all.slice(
    0,
    all.findLastIndex(({ first }) => first)
  );
  const group = all.slice(before.length);
  const begin = group[0]?.offset ?? 0;
  const last = group.at(-1);
  const data = last && (await readBytes(path, begin, last.offset + last.bytes, log));
  if (!data) {
    return [...all];
  }
  const at = (entry: SegmentEntry) => ({ ...entry, offset: entry.offset - begin });
  // Where nothing was written the file ends, or holds the zeros it was made with. Anything else was there, and is damaged.
  const isTorn = (entry: SegmentEntry) => !data[at(entry).offset + entry.bytes - 1];
  const kept = group.slice(0, group.findLastIndex((entry) => !isTorn(entry)) + 1);
  if (kept.length < group.length) {
    log.warn({ path, requests: group.length - kept.length }, 'a crash interrupted requests that were never answered');
  }
  return [...before, ...kept.map((entry) => (isWhole(data, at(entry)) ? entry : withoutKey(entry)))];
}

const withoutKey = ({ key: _, ...entry }: SegmentEntry): SegmentEntry => entry;

/** What can't be read now is looked at again before it is stored, and holds nothing else up. */
async function readBytes(path: string, begin: number, end: number, log: Logger): Promise<Buffer | undefined> {
  try {
    return end > begin ? await buffer(createReadStream(path, { start: begin, end: end - 1 })) : Buffer.alloc(0);
  } catch (error) {
    log.error(error, 'a segment can’t be read');
    return undefined;
  }
}

/** False for a file that was made ahead and holds zeros, if anything. */
async function beginsWithData(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, 0);
    return bytesRead > 0 && buffer[0] !== 0;
  } finally {
    await file.close();
  }
}

/**
 * A segment as it may be stored: every request that was answered, none that was not. Bytes past the last sidecar entry
 * were never answered and are cut off; of requests whose bytes changed on disk a copy stays in `aside/`.
 * Undefined where nothing is left of it.
 */
export async function checked(segment: Segment, log: Logger): Promise<Segment | undefined> {
  const { path, entries } = segment;
  const data = await readFile(path);
  const damaged = entries.filter((entry) => !isWhole(data, entry));
  if (damaged.length > 0) {
    log.error({ path, damaged: damaged.length }, 'a segment was damaged on disk; a copy stays in aside/');
    await copyAside(path);
  }
  if (damaged.length === entries.length) {
    await discard(path);
    return undefined;
  }
  await blankOut(segment, damaged);
  return {
    ...segment,
    entries: entries.filter((entry) => !damaged.includes(entry)),
    damaged: [...segment.damaged, ...damaged.map(({ row, rows }): [number, number] => [row, row + rows])],
  };
}

function isWhole(data: Buffer, entry: SegmentEntry): boolean {
  const bytes = data.subarray(entry.offset, entry.offset + entry.bytes);
  return bytes.length === entry.bytes && crc32(bytes) === entry.crc;
}

/** Puts as many empty lines where damaged requests stood, so that all others keep their places, whenever that is repeated. */
async function blankOut({ path, bytes }: Segment, damaged: readonly SegmentEntry[]): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (const entry of damaged) {
      await file.write(
        Buffer.alloc(entry.bytes, ' ').fill('\n', entry.bytes - entry.rows),
        0,
        entry.bytes,
        entry.offset
      );
    }
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes a segment that is stored, or in which nothing stands. */
export async function discard(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(sidecarOf(path), { force: true });
}

/** Moves a segment that can't be stored out of the way; it stays until somebody looks. */
export async function setAside(path: string, log: Logger, why: string): Promise<void> {
  const target = asidePath(path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  for (const [from, to] of [
    [path, target],
    [sidecarOf(path), sidecarOf(target)],
  ] as const) {
    // Somebody may have removed one of the two: what is left is kept all the same.
    await rename(from, to).catch((error: unknown) => log.warn(error, 'setting aside'));
  }
  log.error({ path: target, why }, 'a segment of the spool was set aside');
}

/** How many segments lie aside, whole or damaged. */
export async function countAside(dir: string): Promise<number> {
  const names = await readdir(dirname(asidePath(join(dir, 'any')))).catch(() => []);
  return names.filter((name) => name.endsWith('.seg')).length;
}

/** Keeps a damaged segment as it was found first. */
async function copyAside(path: string): Promise<void> {
  const target = asidePath(path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  for (const [from, to] of [
    [path, target],
    [sidecarOf(path), sidecarOf(target)],
  ] as const) {
    await copyFile(from, to, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  }
}
