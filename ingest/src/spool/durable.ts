import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Whether a file may be opened so that its writes are on disk once they return; elsewhere that promises less than `fdatasync`. */
const WRITES_THROUGH = process.platform === 'linux';

/** Opens a file that is there for {@link writeDurably}. */
export const openDurable = (path: string): Promise<FileHandle> =>
  open(path, constants.O_WRONLY | (WRITES_THROUGH ? constants.O_DSYNC : 0));

/**
 * Writes pieces to a place of a file; they are on disk once it resolves. In one call, not a write and a sync: each has
 * to wait for a thread, and where ClickHouse keeps all cores busy that may take 10 ms.
 */
export async function writeDurably(file: FileHandle, chunks: readonly Buffer[], position: number): Promise<void> {
  await writeAll(file, chunks, position);
  if (!WRITES_THROUGH) {
    await file.datasync();
  }
}

/** `writev` may write less than it was given, and takes at most 1024 pieces. */
async function writeAll(file: FileHandle, chunks: readonly Buffer[], position: number): Promise<void> {
  const left = chunks.filter((chunk) => chunk.length > 0);
  let at = position;
  while (left.length > 0) {
    let { bytesWritten: written } = await file.writev(left.slice(0, 1024), at);
    at += written;
    while (written > 0) {
      const first = left[0] as Buffer;
      if (written >= first.length) {
        left.shift();
        written -= first.length;
      } else {
        left[0] = first.subarray(written);
        written = 0;
      }
    }
  }
}
