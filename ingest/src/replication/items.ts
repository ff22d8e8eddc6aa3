import { readWhole, type WholeRun } from '../reads/whole.js';
import { nameOfRun, p, raw, sql } from '../storage/sql.js';
import { lineSizes } from './lines.js';
import type { Waiting } from './replicas.js';
import { PART_BYTES } from './s3.js';
import type { Target } from './settings.js';
import type { Writer } from './write.js';

/** A run to be written, with all that its file needs but the lines. */
export interface Item {
  waiting: Waiting;
  /** Undefined where the run was deleted meanwhile. */
  run: WholeRun | undefined;
  /** Undefined where nothing says into which bucket. */
  target: Target | undefined;
  /** What its lines hold, where the file has them. */
  bytes: number;
  /** Its lines are written as they are read: they are many, or came in pieces that have to be joined. */
  streamed: boolean;
}

export async function readItems({ db, tenant, targets }: Writer, waiting: readonly Waiting[]): Promise<Item[]> {
  const list = (of: (one: Waiting) => string) => p.strings(waiting.map(of));
  const keys = sql`SELECT id.1, fromUnixTimestamp64Milli(toInt64(id.2), 'UTC'), id.3 FROM (SELECT arrayJoin(arrayZip(
    ${list(({ job }) => job)}, ${list(({ at }) => String(at))}, ${list(({ run }) => run)})) AS id)`;
  const [runs, sizes] = await Promise.all([
    readWhole(
      db,
      sql`SELECT * FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND (job, at, run) IN (${keys})`,
      raw('run')
    ),
    lineSizes(db, tenant, waiting),
  ]);
  const runOf = new Map(runs.map((run) => [nameOfRun(run), run]));
  return waiting.map((one) => {
    const target = targets.of(one.job);
    const { bytes, cut } = (target?.store_lines && sizes.get(nameOfRun(one))) || { bytes: 0, cut: false };
    return { waiting: one, run: runOf.get(nameOfRun(one)), target, bytes, streamed: cut || bytes > PART_BYTES };
  });
}

/** Lines of so many bytes are held in memory at a time. */
const HELD_BYTES = 16 * 1024 * 1024;

/** Items whose lines fit into memory together. */
export function packsOf(items: readonly Item[]): Item[][] {
  const packs: Item[][] = [];
  let room = 0;
  for (const item of items) {
    if (item.bytes > room || packs.length === 0) {
      packs.push([]);
      room = HELD_BYTES;
    }
    packs.at(-1)?.push(item);
    room -= item.bytes;
  }
  return packs;
}
