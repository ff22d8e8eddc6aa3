import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { problems } from '../errors.js';
import { within } from '../within.js';
import { checked, discard, setAside } from './recover.js';
import type { Segment } from './segment.js';

/** How segments get into ClickHouse. Either part is done again after an error, and after a crash under the same ids. */
export interface SegmentStore {
  /**
   * Puts a segment's rows in, once.
   * @returns the rows that were set aside, by their number in the segment
   * @throws PermanentError where trying again can't help; anything else is tried again, for as long as it takes
   */
  insert(segment: Segment): Promise<{ quarantined: number[] }>;
  /** Brings up to date what the rows of these segments tell of. All are of one tenant; none is being settled already. */
  settle(segments: readonly Segment[]): Promise<void>;
}

/** Storing a segment will never work: it is set aside, and the rest goes on. */
export class PermanentError extends Error {}

interface DrainOptions {
  store: SegmentStore;
  log: Logger;
  /** A segment is stored, with so many of its rows set aside; or it was given up. */
  done(segment: Segment, quarantined: readonly number[] | undefined): void;
  /** Something was put into `aside/`. */
  aside(): Promise<void>;
}

/** How often a segment could not be inserted, how often of these others went in meanwhile, and how many had by then. */
interface Failing {
  attempts: number;
  alone: number;
  wentIn: number;
  why: string;
}

/** A segment whose rows are in, and which of them were set aside. */
interface Inserted {
  segment: Segment;
  at: number;
  quarantined: number[];
}

const MAX_RETRY_MS = 5000;
/** So often a segment is tried at once, then it makes way for the others. */
const AT_ONCE = 3;
/** While more than these make way, it is ClickHouse that fails, and no use to try the others. */
const MOST_RESTING = 20;
/** So often it may fail while others go in, five seconds apart; then it is set aside. */
const MOST_ALONE = 60;
const CHECK_AFTER_MS = 10_000;
/** One segment is parsed while another is written; any order ends in the same state. */
const INSERTS = 2;
/** Tenants that are settled at a time. */
const SETTLERS = 2;
/** How long a settlement waits for what else of its tenant is on its way in. */
const TOGETHER_MS = 250;
/** Of run events, settlement reads what came: so many bytes it holds at a time. */
const MAX_BATCH_BYTES = 128 * 1024 * 1024;

/**
 * Takes closed segments to ClickHouse, again and again until that works. What is inserted while a tenant is being
 * settled is settled together afterwards: that costs nearly the same for one segment as for ten.
 */
export class Drain {
  readonly #options: DrainOptions;
  readonly #closed: Segment[] = [];
  /** Inserted and not settled, by tenant. */
  readonly #inserted = new Map<string, Inserted[]>();
  readonly #settling = new Set<string>();
  readonly #inserting = new Set<Segment>();
  /** What is between being taken from `closed` and being done. */
  readonly #storing = new Set<Segment>();
  /** What could not be inserted, and of these what waits for its next turn. */
  readonly #failing = new Map<Segment, Failing>();
  readonly #resting = new Set<Segment>();
  #wentIn = 0;
  /** How often in a row a tenant could not be settled. */
  readonly #unsettled = new Map<string, number>();
  /** What an earlier process left and nobody has looked into yet. */
  readonly #recovered = new Set<Segment>();
  #sleeping: Array<() => void> = [];
  #holds = 0;
  #lastDone = 0;
  #stopping = false;
  readonly #running: Promise<unknown>;

  constructor(options: DrainOptions) {
    this.#options = options;
    const inserting = Promise.all(Array.from({ length: INSERTS }, () => this.#insertAll()));
    this.#running = Promise.all(Array.from({ length: SETTLERS }, () => this.#settleAll(inserting)));
  }

  /** Segments that nobody has begun to store. */
  get waiting(): number {
    return this.#closed.length;
  }

  /** Milliseconds since anything was being stored. */
  get idleMs(): number {
    return this.#storing.size > 0 ? 0 : Date.now() - this.#lastDone;
  }

  /** Everything that is not stored yet. */
  get segments(): readonly Segment[] {
    return [...this.#closed, ...this.#resting, ...this.#storing];
  }

  add(segment: Segment, { recovered = false } = {}): void {
    this.#closed.push(segment);
    if (recovered) {
      this.#recovered.add(segment);
    }
    this.#wake();
  }

  /**
   * Waits until nothing is being stored, and lets nothing be until the function that it gives is called: what ClickHouse
   * holds then is whole.
   * @throws Coded 503 where what is being stored takes longer than `ms`
   */
  async hold(ms: number): Promise<() => void> {
    this.#holds++;
    const release = () => {
      this.#holds--;
      this.#wake();
    };
    const deadline = Date.now() + ms;
    while (this.#storing.size > 0) {
      if (Date.now() > deadline) {
        release();
        throw problems.busy('What was accepted before can’t be stored just now. Is ClickHouse there?');
      }
      await sleep(5);
    }
    return release;
  }

  /** Stores what it can within `ms`, and leaves the rest for the next start. */
  async stop(ms: number): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await within(this.#running, ms);
  }

  #wake(): void {
    this.#sleeping.splice(0).forEach((resume) => resume());
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#sleeping.push(resolve));
  }

  async #insertAll(): Promise<void> {
    for (;;) {
      const segment = this.#holds === 0 ? this.#closed.shift() : undefined;
      if (segment) {
        this.#storing.add(segment);
        this.#inserting.add(segment);
        const goesOn = await this.#insertOrRest(segment);
        this.#inserting.delete(segment);
        if (!goesOn) {
          return;
        }
        this.#wake();
        setTimeout(() => this.#wake(), TOGETHER_MS).unref();
      } else if (this.#stopping && this.#closed.length === 0) {
        return;
      } else {
        await this.#woken();
      }
    }
  }

  /** Inserts a segment, or lets it make way: one that can't go in holds up no other. False where the service stops. */
  async #insertOrRest(segment: Segment): Promise<boolean> {
    const failing = this.#failing.get(segment) ?? { attempts: 0, alone: 0, wentIn: this.#wentIn, why: '' };
    this.#failing.set(segment, failing);
    for (;;) {
      try {
        if (failing.alone >= MOST_ALONE) {
          await this.#giveUp(segment, failing.why);
        } else {
          await this.#insert(segment, ++failing.attempts);
        }
        this.#failing.delete(segment);
        this.#wentIn++;
        return true;
      } catch (error) {
        if (this.#stopping) {
          return false;
        }
        this.#warn(error, segment.id, failing.attempts);
        failing.why = reasonOf(error);
        failing.alone += this.#wentIn > failing.wentIn ? 1 : 0;
        failing.wentIn = this.#wentIn;
        if (failing.attempts >= AT_ONCE && this.#resting.size < MOST_RESTING) {
          this.#rest(segment, pauseAfter(failing.attempts));
          return true;
        }
        await sleep(pauseAfter(failing.attempts));
      }
    }
  }

  #rest(segment: Segment, ms: number): void {
    this.#storing.delete(segment);
    this.#resting.add(segment);
    setTimeout(() => {
      this.#resting.delete(segment);
      this.#closed.unshift(segment);
      this.#wake();
    }, ms).unref();
  }

  async #giveUp(segment: Segment, why: string): Promise<void> {
    await setAside(segment.path, this.#options.log, why);
    await this.#options.aside();
    this.#done(segment, undefined);
  }

  async #insert(segment: Segment, attempt: number): Promise<void> {
    try {
      // What had to wait may have changed on disk meanwhile.
      const hasWaited =
        attempt > 1 || this.#recovered.delete(segment) || Date.now() - segment.openedAt > CHECK_AFTER_MS;
      const whole = hasWaited ? await checked(segment, this.#options.log) : segment;
      if (hasWaited) {
        await this.#options.aside();
      }
      if (!whole) {
        this.#done(segment, []);
        return;
      }
      const { quarantined } = await this.#options.store.insert(whole);
      this.#inserted.set(segment.tenant, [
        ...(this.#inserted.get(segment.tenant) ?? []),
        { segment, quarantined, at: Date.now() },
      ]);
    } catch (error) {
      if (!(error instanceof PermanentError)) {
        throw error;
      }
      await this.#giveUp(segment, error.message);
    }
  }

  async #settleAll(inserting: Promise<unknown>): Promise<void> {
    let isLast = false;
    void inserting.then(() => {
      isLast = true;
      this.#wake();
    });
    for (;;) {
      const tenant = [...this.#inserted.keys()].find((name) => this.#isDue(name));
      if (tenant !== undefined) {
        const batch = this.#takeBatch(tenant);
        this.#settling.add(tenant);
        if (!(await this.#settleOrRest(tenant, batch))) {
          return;
        }
      } else if (isLast) {
        return;
      } else {
        await this.#woken();
      }
    }
  }

  /** Settles a tenant, or lets it make way for the others for a moment. False where the service stops. */
  async #settleOrRest(tenant: string, batch: readonly Inserted[]): Promise<boolean> {
    const segments = batch.map(({ segment }) => segment);
    try {
      await this.#settle(segments);
    } catch (error) {
      const attempt = (this.#unsettled.get(tenant) ?? 0) + 1;
      this.#unsettled.set(tenant, attempt);
      if (this.#stopping) {
        return false;
      }
      this.#warn(error, segments[0]?.id ?? '', attempt);
      setTimeout(() => {
        this.#inserted.set(tenant, [...batch, ...(this.#inserted.get(tenant) ?? [])]);
        this.#settling.delete(tenant);
        this.#wake();
      }, pauseAfter(attempt)).unref();
      return true;
    }
    this.#unsettled.delete(tenant);
    batch.forEach(({ segment, quarantined }) => this.#done(segment, quarantined));
    this.#settling.delete(tenant);
    this.#wake();
    return true;
  }

  async #settle(segments: readonly Segment[]): Promise<void> {
    await this.#options.store.settle(segments);
    for (const { path } of segments) {
      await discard(path);
    }
  }

  #isDue(tenant: string): boolean {
    const isAlone = [...this.#inserting].every((segment) => segment.tenant !== tenant);
    const since = this.#inserted.get(tenant)?.[0]?.at ?? 0;
    return !this.#settling.has(tenant) && (isAlone || this.#stopping || Date.now() - since >= TOGETHER_MS);
  }

  /** The next of a tenant's inserted segments: as many as may be settled together. */
  #takeBatch(tenant: string): Inserted[] {
    const waiting = this.#inserted.get(tenant) ?? [];
    let bytes = 0;
    const tooMany = waiting.findIndex(({ segment }, i) => (bytes += segment.bytes) > MAX_BATCH_BYTES && i > 0);
    const batch = tooMany === -1 ? waiting : waiting.slice(0, tooMany);
    if (batch.length < waiting.length) {
      this.#inserted.set(tenant, waiting.slice(batch.length));
    } else {
      this.#inserted.delete(tenant);
    }
    return batch;
  }

  #warn(error: unknown, segment: string, attempt: number): void {
    this.#options.log.warn({ error: reasonOf(error), segment, attempt }, 'storing failed; trying again');
  }

  #done(segment: Segment, quarantined: readonly number[] | undefined): void {
    this.#storing.delete(segment);
    this.#lastDone = Date.now();
    this.#options.done(segment, quarantined);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message || String(error.stack) : String(error));

const pauseAfter = (attempts: number) => Math.min(MAX_RETRY_MS, 100 * 2 ** attempts) * (0.5 + Math.random() / 2);
