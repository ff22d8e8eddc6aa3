import { copyFile, mkdir, open, readdir, readFile, rename, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Logger } from 'pino';
import { asidePath, readSidecar, sidecarOf, type Segment, type SegmentEntry } from './segment.js';

/** Gives a segment of so many rows the arrival number of its first one. */
export type NextArrival = (rows: number) => number;

/**
 * Finds what an earlier process left in the spool: every request that was answered, none that was not. Bytes past the
 * last sidecar entry were never answered and are cut off. Where bytes changed on disk, the segment goes on without
 * the damaged requests, and a copy of it stays in `aside/`.
 */
export async function recoverSegments(dir: string, nextArrival: NextArrival, log: Logger): Promise<Segment[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.seg')).sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const segment = await recoverSegment(join(dir, name), nextArrival, log);
    if (segment) {
      segments.push(segment);
    }
  }
  return segments;
}

async function recoverSegment(path: string, nextArrival: NextArrival, log: Logger): Promise<Segment | undefined> {
  const sidecar = await readSidecar(sidecarOf(path)).catch(() => undefined);
  const data = await readFile(path);
  if (!sidecar || sidecar.entries.length === 0) {
    await (data.length > 0 ? setAside(path, log, 'none of its requests was ever answered') : discard(path));
    return undefined;
  }
  const { header, entries } = sidecar;
  const good = entries.filter((entry) => isWhole(data, entry));
  const last = entries.at(-1) as SegmentEntry;
  if (good.length === entries.length) {
    await truncate(path, last.offset + last.bytes);
    return finish(header, path, good, nextArrival);
  }
  log.error({ path, damaged: entries.length - good.length }, 'a segment was damaged on disk; a copy stays in aside/');
  await copyAside(path);
  if (good.length === 0) {
    await discard(path);
    return undefined;
  }
  return finish(header, path, await rewrite(path, data, good), nextArrival);
}

function isWhole(data: Buffer, entry: SegmentEntry): boolean {
  const bytes = data.subarray(entry.offset, entry.offset + entry.bytes);
  return bytes.length === entry.bytes && crc32(bytes) === entry.crc;
}

/** Writes the good requests one after the other, so that row numbers fit again. */
async function rewrite(path: string, data: Buffer, good: readonly SegmentEntry[]): Promise<SegmentEntry[]> {
  let [offset, row] = [0, 0];
  const moved = good.map((entry) => {
    const at = { ...entry, offset, row };
    offset += entry.bytes;
    row += entry.rows;
    return at;
  });
  const file = await open(`${path}.tmp`, 'w', 0o600);
  await file.writeFile(Buffer.concat(good.map((entry) => data.subarray(entry.offset, entry.offset + entry.bytes))));
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
  return moved;
}

function finish(
  header: Pick<Segment, 'id' | 'tenant' | 'kind' | 'openedAt'>,
  path: string,
  entries: SegmentEntry[],
  nextArrival: NextArrival
): Segment {
  const last = entries.at(-1) as SegmentEntry;
  const rows = last.row + last.rows;
  return { ...header, path, entries, rows, bytes: last.offset + last.bytes, arrival: nextArrival(rows) };
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

async function copyAside(path: string): Promise<void> {
  const target = asidePath(path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(path, target);
  await copyFile(sidecarOf(path), sidecarOf(target));
}
