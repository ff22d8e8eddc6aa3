import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../errors.js';
import { isAlive, processId } from './process-alive.js';

/** Batches wait in files that only their user can read: a log may hold anything. */
const PRIVATE_FILE = { mode: 0o600 };
const PRIVATE_DIR = { recursive: true, mode: 0o700 };

const ownerSchema = z.object({
  job: z.string(),
  run: z.string(),
  url: z.string(),
  /** A hash: a token itself never goes to disk. */
  token: z.string(),
  pid: z.number(),
  started: z.string(),
});
/** Whose batches a queue holds, and for which service. */
export type QueueOwner = z.infer<typeof ownerSchema>;

const KINDS = ['runs', 'lines'] as const;
export type BatchKind = (typeof KINDS)[number];

export interface Batch {
  kind: BatchKind;
  name: string;
  /** The same for the same batch, whoever ships it, however often. */
  key: string;
}

/** The batches of one `joblens exec` on disk, in order. Filled by that process, shipped by it or by a later one. */
export class Queue {
  private next = 0;
  /** Bytes that this process queued and that nobody shipped yet. */
  waitingBytes = 0;

  private constructor(
    readonly dir: string,
    readonly owner: QueueOwner
  ) {}

  static create(stateDir: string, owner: Omit<QueueOwner, 'pid' | 'started'>): Queue {
    const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomBytes(6).toString('hex')}`;
    const queue = new Queue(join(stateDir, name), { ...owner, ...processId() });
    queue.prepare();
    return queue;
  }

  /** Queues of processes that are gone, oldest first. */
  static leftovers(stateDir: string): Queue[] {
    return namesIn(stateDir).flatMap((name) => {
      const owner = readOwner(join(stateDir, name));
      return owner && !isAlive(owner) ? [new Queue(join(stateDir, name), owner)] : [];
    });
  }

  add(kind: BatchKind, body: string | Buffer): void {
    const name = `${String(this.next++).padStart(8, '0')}-${kind}.ndjson`;
    try {
      this.place(name, body);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
      // Someone cleared the state directory while the command ran.
      this.prepare();
      this.place(name, body);
    }
    this.waitingBytes += Buffer.byteLength(body);
  }

  batches(): Batch[] {
    return namesIn(this.dir).flatMap((name) => {
      const kind = KINDS.find((kind) => name.endsWith(`-${kind}.ndjson`));
      return kind ? [{ kind, name, key: `exec-${basename(this.dir)}-${name.slice(0, 8)}` }] : [];
    });
  }

  /** The batch's bytes; undefined once another process has shipped it. */
  read(batch: Batch): Buffer<ArrayBuffer> | undefined {
    try {
      return readFileSync(join(this.dir, batch.name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  done(batch: Batch, bytes: number): void {
    rmSync(join(this.dir, batch.name), { force: true });
    this.waitingBytes -= bytes;
  }

  /** Keeps a batch that the service will never take, out of the way of those that it may. */
  setAside(batch: Batch, reason: string): string {
    const aside = join(this.dir, 'aside');
    mkdirSync(aside, PRIVATE_DIR);
    renameSync(join(this.dir, batch.name), join(aside, batch.name));
    writeFileSync(join(aside, `${batch.name}.reason`), `${reason}\n`, PRIVATE_FILE);
    return aside;
  }

  removeIfEmpty(): void {
    if (this.batches().length === 0 && !existsSync(join(this.dir, 'aside'))) {
      rmSync(this.dir, { recursive: true, force: true });
    }
  }

  private prepare(): void {
    mkdirSync(this.dir, PRIVATE_DIR);
    writeFileSync(join(this.dir, 'owner.json'), JSON.stringify(this.owner), PRIVATE_FILE);
  }

  /** Whole or not at all: nobody ever reads half a batch. */
  private place(name: string, body: string | Buffer): void {
    const unfinished = join(this.dir, `${name}.part`);
    writeFileSync(unfinished, body, PRIVATE_FILE);
    renameSync(unfinished, join(this.dir, name));
  }
}

export function hashToken(token: string | undefined): string {
  return token ? createHash('sha256').update(token).digest('hex').slice(0, 16) : '';
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir).sort() : [];
}

function readOwner(dir: string): QueueOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8')));
  } catch {
    // Just removed by the process that shipped it, or none of ours.
    return undefined;
  }
}
