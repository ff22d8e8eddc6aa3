import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { problems } from '../errors.js';
import { within } from '../within.js';
import { Drain, type SegmentStore } from './drain.js';
import { HeldKeys } from './held-keys.js';
import { countAside, discard, recoverSegments } from './recover.js';
import type { Segment, SegmentEntry, SegmentKind, SidecarHeader } from './segment.js';
import { Spares } from './spares.js';
import { SegmentWriter, type Addition } from './writer.js';

export interface SpoolOptions {
  dir: string;
  store: SegmentStore;
  log: Logger;
  /** A segment is closed at this size, or this age. */
  segmentBytes: number;
  segmentMs: number;
  /** Unstored bytes and seconds of lag past which writes are refused; free bytes the disk must keep. */
  maxBytes: number;
  maxLag: number;
  minFree: number;
}

export interface Stored {
  stored: number;
  quarantined: number;
}

/** What the spool says of itself, for /metrics and /health. */
export interface SpoolState {
  bytes: number;
  segments: number;
  /** Seconds since the oldest unstored segment was opened. */
  lag: number;
  setAside: number;
}

const MAX_ROWS = 1_000_000;
/** How long a segment is open at most while others wait to be stored, and while writes come steadily. */
const WAITING_MS = 1000;
const STEADY_MS = 450;
/** Writes come steadily where something was stored within this time. */
const RECENT_MS = 1000;

/**
 * The write-ahead files between the receivers and ClickHouse. A request is durable once {@link append} resolves; its
 * segment is then stored in the background, again and again until that works, also after a crash.
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #open = new Map<string, { writer: SegmentWriter; timer: NodeJS.Timeout }>();
  readonly #opening = new Map<string, Promise<SegmentWriter>>();
  readonly #drain: Drain;
  readonly #spares: Spares;
  readonly #waiters = new Map<string, Array<{ entry: SegmentEntry; resolve: (stored: Stored) => void }>>();
  readonly #held = new HeldKeys();
  readonly #closing = new Set<Promise<void>>();
  #nextArrival = 0;
  #bytes = 0;
  #setAside = 0;
  #freeBytes = Infinity;
  #stopping = false;
  #watch: NodeJS.Timeout | undefined;

  private constructor(options: SpoolOptions) {
    this.#options = options;
    this.#spares = new Spares(options.dir, options.log);
    this.#drain = new Drain({
      store: options.store,
      log: options.log,
      done: (segment, quarantined) => this.#done(segment, quarantined),
      aside: async () => {
        this.#setAside = await countAside(options.dir);
      },
    });
  }

  /** Opens the spool, takes up what an earlier process left, and begins to store. */
  static async open(options: SpoolOptions): Promise<Spool> {
    await mkdir(options.dir, { recursive: true, mode: 0o700 });
    const spool = new Spool(options);
    await spool.#measure();
    for (const segment of await recoverSegments(options.dir, (rows) => spool.#arrival(rows), options.log)) {
      spool.#bytes += segment.bytes;
      spool.#held.hold(segment, segment.entries);
      spool.#drain.add(segment, { recovered: true });
    }
    spool.#setAside = await countAside(options.dir);
    spool.#watch = setInterval(() => void spool.#measure(), 2000).unref();
    return spool;
  }

  get state(): SpoolState {
    const oldest = Math.min(
      ...[...this.#open.values()].map(({ writer }) => writer.header.openedAt),
      ...this.#drain.segments.map((segment) => segment.openedAt)
    );
    return {
      bytes: this.#bytes,
      segments: this.#open.size + this.#closing.size + this.#drain.segments.length,
      lag: Number.isFinite(oldest) ? (Date.now() - oldest) / 1000 : 0,
      setAside: this.#setAside,
    };
  }

  /** @throws Coded 503 with the reason, while no write can be taken */
  assertTakesWrites(): void {
    const { maxBytes, maxLag, minFree } = this.#options;
    if (this.#stopping) {
      throw problems.stopping();
    }
    if (this.#bytes >= maxBytes) {
      throw problems.spoolFull(
        `${this.#bytes} bytes wait to be stored, the limit is ${maxBytes} (JOBLENS_SPOOL_MAX). Nothing was taken of this request.`
      );
    }
    if (this.#freeBytes < minFree) {
      throw problems.spoolFull(
        `The spool's disk has ${this.#freeBytes} bytes left, ${minFree} must stay free (JOBLENS_SPOOL_MIN_FREE). Nothing was taken of this request.`
      );
    }
    if (this.state.lag > maxLag) {
      throw problems.spoolFull(
        `ClickHouse is ${Math.round(this.state.lag)} s behind, the limit is ${maxLag} s (JOBLENS_MAX_LAG). Nothing was taken of this request.`
      );
    }
  }

  /**
   * Makes bytes durable. Resolves after the fsync; `stored` resolves once they can be read back, and asking for it
   * hurries that. What is held under the same key is not written a second time.
   */
  async append(tenant: string, kind: SegmentKind, addition: Addition): Promise<{ stored: () => Promise<Stored> }> {
    this.assertTakesWrites();
    const held = this.#held.find(tenant, addition.key);
    if (held) {
      return { stored: () => this.#stored(held.segment, held.entry) };
    }
    const writer = await this.#writerFor(tenant, kind);
    this.#bytes += addition.bytes;
    let entry: SegmentEntry;
    try {
      entry = await writer.add(addition);
    } catch (error) {
      this.#bytes -= addition.bytes;
      this.#roll(writer);
      this.#options.log.error(error, 'the spool can’t be written');
      throw problems.spoolFull('The spool’s disk did not take the data. Nothing was taken of this request.');
    }
    this.#held.hold(writer.header, [entry]);
    if (writer.bytes >= this.#options.segmentBytes || writer.rows >= MAX_ROWS) {
      this.#roll(writer);
    }
    return {
      stored: () => {
        const done = this.#stored(writer.header.id, entry);
        this.#roll(writer);
        return done;
      },
    };
  }

  /** The request with this key that is durable, but not stored yet. */
  heldUnder(tenant: string, key: string): SegmentEntry | undefined {
    return this.#held.find(tenant, key)?.entry;
  }

  #stored(segment: string, entry: SegmentEntry): Promise<Stored> {
    return new Promise((resolve) => {
      this.#waiters.set(segment, [...(this.#waiters.get(segment) ?? []), { entry, resolve }]);
    });
  }

  /** Resolves once everything that was taken before this call is stored; false where that takes longer than `ms`. */
  async flush(ms: number): Promise<boolean> {
    const begun = Date.now();
    const deadline = begun + ms;
    [...this.#open.values()].forEach(({ writer }) => this.#roll(writer));
    const waits = () => this.#closing.size > 0 || this.#drain.segments.some(({ openedAt }) => openedAt <= begun);
    while (waits()) {
      if (Date.now() > deadline) {
        return false;
      }
      await new Promise<void>((resolve) => setTimeout(resolve, 20));
    }
    return true;
  }

  /**
   * Waits until nothing is being stored, and lets nothing be until the function that it gives is called: what ClickHouse
   * holds then is whole. Writes are taken all the while.
   * @throws Coded 503 where what is being stored takes longer than `ms`
   */
  hold(ms: number): Promise<() => void> {
    return this.#drain.hold(ms);
  }

  /** Stops taking writes, stores what it can within `ms`, and leaves the rest for the next start. */
  async close(ms: number): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#watch);
    [...this.#open.values()].forEach(({ writer }) => this.#roll(writer));
    const deadline = Date.now() + ms;
    await within(Promise.all([this.#spares.close(), ...this.#closing]), ms);
    await this.#drain.stop(Math.max(0, deadline - Date.now()));
  }

  async #writerFor(tenant: string, kind: SegmentKind): Promise<SegmentWriter> {
    const name = nameOf({ tenant, kind });
    const known = this.#open.get(name);
    if (known && !known.writer.isBroken && known.writer.size < this.#options.segmentBytes) {
      return known.writer;
    }
    if (known) {
      this.#roll(known.writer);
    }
    let opening = this.#opening.get(name);
    if (!opening) {
      opening = this.#openWriter(name, tenant, kind).finally(() => this.#opening.delete(name));
      this.#opening.set(name, opening);
    }
    return opening;
  }

  async #openWriter(name: string, tenant: string, kind: SegmentKind): Promise<SegmentWriter> {
    try {
      const writer = new SegmentWriter(await this.#spares.take(kind), tenant, kind);
      const current = { writer, timer: setTimeout(() => this.#ripen(writer), this.#options.segmentMs) };
      this.#open.set(name, current);
      return writer;
    } catch (error) {
      this.#options.log.error(error, 'the spool can’t open a segment');
      throw problems.spoolFull('The spool can’t open a file. Nothing was taken of this request.');
    }
  }

  /**
   * Closes a segment whose time has come, and with it all others of its tenant, which are settled together. Storing
   * costs nearly the same for one line as for ten thousand: the first write after a while is stored at once, steady
   * ones twice a second.
   */
  #ripen(writer: SegmentWriter): void {
    const current = this.#open.get(nameOf(writer.header));
    const longest = this.#drain.waiting > 0 ? WAITING_MS : this.#drain.idleMs < RECENT_MS ? STEADY_MS : 0;
    const left = writer.header.openedAt + longest - Date.now();
    if (left > 0 && current?.writer === writer) {
      current.timer = setTimeout(() => this.#ripen(writer), Math.min(left, this.#options.segmentMs));
    } else {
      const together = [...this.#open.values()].filter((open) => open.writer.header.tenant === writer.header.tenant);
      together.forEach((open) => this.#roll(open.writer));
    }
  }

  /** Closes a segment, if it is still the open one, and hands it to be stored. */
  #roll(writer: SegmentWriter): void {
    const name = nameOf(writer.header);
    const current = this.#open.get(name);
    if (current?.writer !== writer) {
      return;
    }
    clearTimeout(current.timer);
    this.#open.delete(name);
    const closing = writer
      .close()
      .then((size) => this.#spares.became(writer.header.kind, size))
      .catch((error: unknown) => this.#options.log.error(error, 'closing a segment'))
      .then(() => this.#hand(writer))
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  async #hand(writer: SegmentWriter): Promise<void> {
    const { path, bytes, rows, entries, header } = writer;
    if (entries.length === 0) {
      await discard(path);
      return;
    }
    this.#drain.add({ ...header, path, bytes, rows, entries, arrival: this.#arrival(rows), damaged: [] });
  }

  /** Microseconds since the epoch, moved on so that no two rows of this service share a number. */
  #arrival(rows: number): number {
    const arrival = Math.max(this.#nextArrival, Date.now() * 1000);
    this.#nextArrival = arrival + rows;
    return arrival;
  }

  #done(segment: Segment, quarantined: readonly number[] | undefined): void {
    this.#bytes -= segment.bytes;
    this.#held.letGo(segment.id);
    if (quarantined) {
      this.#tell(segment, new Set(quarantined));
    } else {
      this.#waiters.delete(segment.id);
    }
  }

  #tell(segment: Segment, quarantined: ReadonlySet<number>): void {
    for (const { entry, resolve } of this.#waiters.get(segment.id) ?? []) {
      const bad = [...quarantined].filter((row) => row >= entry.row && row < entry.row + entry.rows).length;
      resolve({ stored: entry.rows - bad, quarantined: bad });
    }
    this.#waiters.delete(segment.id);
  }

  async #measure(): Promise<void> {
    const stats = await statfs(this.#options.dir).catch(() => undefined);
    this.#freeBytes = stats ? stats.bavail * stats.bsize : Infinity;
  }
}

/** One segment is open for each kind of each tenant. */
const nameOf = ({ kind, tenant }: Pick<SidecarHeader, 'kind' | 'tenant'>) => `${kind}/${tenant}`;

export const spoolDir = (data: string) => join(data, 'spool');
