import { Readable } from 'node:stream';
import { groupBy, inParallel } from '../collections.js';
import { messageOf } from '../cli/errors.js';
import { Coded } from '../errors.js';
import type { WholeRun } from '../reads/whole.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { nameOfRun } from '../storage/sql.js';
import { filePieces, fileText, keyOf } from './file.js';
import { packsOf, readItems, type Item } from './items.js';
import { readLinesOf, streamLinesOf } from './lines.js';
import { readReplicas, recordReplicas, type Replica, type Waiting } from './replicas.js';
import { S3Problem, toS3Problem } from './s3-problem.js';
import type { Bucket } from './s3.js';
import type { Connection, Target, Targets } from './settings.js';

const AT_ONCE = 32;

export interface Writer {
  db: ClickHouse;
  tenant: string;
  targets: Targets;
  /** The open bucket of a connection. */
  bucketOf(connection: Connection): Bucket;
}

/**
 * Writes the files of these runs, removes what stood under an earlier name, and records what was done. Doing it again
 * writes the same.
 * @param told hears of each as it is recorded
 * @throws S3Problem where S3 did not take all; what it took is recorded
 */
export async function writeRuns(
  writer: Writer,
  waiting: readonly Waiting[],
  told: (replica: Replica) => void
): Promise<void> {
  const { db, tenant } = writer;
  const items = await readItems(writer, waiting);
  const written: Replica[] = [];
  try {
    for (const pack of packsOf(items.filter(({ streamed }) => !streamed))) {
      const withLines = pack.filter(({ bytes }) => bytes > 0).map((item) => item.waiting);
      const linesOf = groupBy(withLines.length > 0 ? await readLinesOf(db, tenant, withLines) : [], nameOfRun);
      await inParallel(pack, AT_ONCE, async (item) => {
        written.push(
          await writeOne(writer, item, async (bucket, key, run, target) => {
            const text = built(() => fileText(run, linesOf.get(nameOfRun(run)) ?? [], target));
            await bucket.put(key, text);
            return Buffer.byteLength(text);
          })
        );
      });
    }
    for (const item of items.filter(({ streamed }) => streamed)) {
      written.push(
        await writeOne(writer, item, async (bucket, key, run) => {
          const counted = { bytes: 0 };
          await bucket.putStream(
            key,
            Readable.from(counting(filePieces(run, streamLinesOf(db, tenant, run)), counted))
          );
          return counted.bytes;
        })
      );
    }
  } finally {
    (await conclude(writer, written)).forEach(told);
  }
}

type Put = (bucket: Bucket, key: string, run: WholeRun, target: Target) => Promise<number>;

async function writeOne(writer: Writer, { waiting, run, target }: Item, put: Put): Promise<Replica> {
  const { job, run: id, version, settled, final } = waiting;
  const replica: Replica = { job, run: id, version, settled, place: '', key: '', bytes: 0, problem: '' };
  if (!final || !run) {
    return replica;
  }
  if (!target) {
    return { ...replica, problem: 'No S3 connection is set for this job.' };
  }
  const key = keyOf(run, writer.tenant, target);
  const bucket = writer.bucketOf(target.connection);
  try {
    return { ...replica, place: bucket.place, key, bytes: await put(bucket, key, run, target) };
  } catch (error) {
    if (error instanceof Coded) {
      throw error;
    }
    const problem = toS3Problem(error, target.connection, 'write');
    if (!problem.ofObject) {
      throw problem;
    }
    return { ...replica, problem: problem.message };
  }
}

/** What can't be made into a file is no fault of S3's, and keeps no other from being written. */
function built(make: () => string): string {
  try {
    return make();
  } catch (error) {
    throw new S3Problem(`This run can't be written as a file: ${messageOf(error)}`, error, true);
  }
}

async function* counting(pieces: AsyncIterable<string>, counted: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    counted.bytes += bytes.length;
    yield bytes;
  }
}

/** The new file is there: what stands under another name goes, and then it is recorded. */
async function conclude(writer: Writer, written: readonly Replica[]): Promise<Replica[]> {
  const { db, tenant, targets } = writer;
  const before = written.length > 0 ? await readReplicas(db, tenant, written) : new Map<string, never>();
  const done: Replica[] = [];
  try {
    await inParallel(written, AT_ONCE, async (replica) => {
      const old = before.get(nameOfRun(replica));
      const connection = targets.of(replica.job)?.connection;
      // Another service may have written a newer state of the run meanwhile: then it is ours that is old.
      const isOld = old !== undefined && old.settled > replica.settled;
      const goes = isOld ? replica : old;
      if (connection && goes && goes.key !== '' && goes.key !== (isOld ? old : replica).key) {
        replica.problem ||= await removed(writer, connection, goes);
      }
      if (!isOld) {
        done.push(replica);
      }
    });
  } finally {
    await recordReplicas(db, tenant, done);
  }
  return done;
}

/** @returns why it can't be removed; empty once it is gone, or stands where this connection does not lead */
async function removed(
  writer: Writer,
  connection: Connection,
  { place, key }: Pick<Replica, 'place' | 'key'>
): Promise<string> {
  const bucket = writer.bucketOf(connection);
  if (place !== bucket.place) {
    return '';
  }
  try {
    await bucket.remove(key);
    return '';
  } catch (error) {
    const problem = toS3Problem(error, connection, 'remove');
    if (problem.ofObject || problem.isDenied) {
      return `${key}, which was written before, can't be removed. ${problem.message}`;
    }
    throw problem;
  }
}
