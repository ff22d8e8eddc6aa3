import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../cli/errors.js';
import type { Services } from '../http/context.js';
import { nextBackfill, readPage, writeBackfill } from './backfills.js';
import { readBacklog, readWaiting, type Replica, type Waiting } from './replicas.js';
import { Targets } from './settings.js';
import { holdState, releaseState, writeState, type State } from './state.js';
import { writeRuns, type Writer } from './write.js';

/** Runs that are looked up, written and recorded together. */
const PAGE = 300;
/** A run's events, lines and records come one after the other: it is written once it has been left alone for so long. */
const QUIET_MS = 1500;
const IDLE_MS = 1000;
const SETTINGS_MS = 3000;
const SAVE_MS = 20_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;

/** Writes one tenant's runs to S3 for as long as it is switched on, until it is stopped. */
export class Worker {
  readonly #stopped = new AbortController();
  readonly #ended: Promise<void>;
  #targets: Targets | undefined;
  #targetsRead = 0;
  /** What this service knows of how far it is; undefined while it is switched off, or another service does the work. */
  #state: State | undefined;
  #saved = 0;
  #wasOff = false;

  constructor(
    readonly services: Pick<Services, 'db' | 'metrics' | 'log'>,
    readonly tenant: string,
    /** Names this service among those that share the database. */
    readonly service: string,
    readonly bucketOf: Writer['bucketOf']
  ) {
    this.#ended = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { db, log } = this.services;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const wait = await this.#turn().catch((error: unknown) => {
        log.warn({ tenant: this.tenant, error: messageOf(error) }, 'replication can’t be looked after; trying again');
        return SETTINGS_MS;
      });
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
    if (this.#state) {
      await writeState(db, this.tenant, this.#state).catch(() => undefined);
      await releaseState(db, this.tenant, this.service).catch(() => undefined);
    }
  }

  /** @returns how long to wait for the next turn, milliseconds */
  async #turn(): Promise<number> {
    const { targets, changed } = await this.#readTargets();
    const state = await this.#hold(targets);
    if (!state) {
      this.services.metrics.replication.forget(this.tenant);
      return SETTINGS_MS;
    }
    const pause = changed ? 0 : state.next - Date.now();
    if (pause > 0) {
      return Math.min(pause, SETTINGS_MS);
    }
    const { db } = this.services;
    const writer: Writer = { db, tenant: this.tenant, targets, bucketOf: this.bucketOf };
    try {
      const [news, olds] = [await this.#writeNew(writer, state), await this.#writeBackfill(writer)];
      await this.#goOn(state);
      return news || olds ? 0 : IDLE_MS;
    } catch (error) {
      return this.#pause(targets, state, error);
    }
  }

  async #readTargets(): Promise<{ targets: Targets; changed: boolean }> {
    const known = this.#targets;
    if (known && Date.now() - this.#targetsRead < SETTINGS_MS) {
      return { targets: known, changed: false };
    }
    const targets = await Targets.read(this.services.db, this.tenant);
    this.#targets = targets;
    this.#targetsRead = Date.now();
    return { targets, changed: known !== undefined && !known.equals(targets) };
  }

  async #hold(targets: Targets): Promise<State | undefined> {
    if (!targets.isOn) {
      this.#state = undefined;
      this.#wasOff = true;
      return undefined;
    }
    const held = await holdState(this.services.db, this.tenant, this.service, this.#state);
    if (held && (this.#wasOff || held.position === 0)) {
      // Switched on a moment ago.
      held.position = Math.max(held.position, Date.now() - 2 * SETTINGS_MS);
    }
    this.#wasOff = false;
    this.#state = held;
    return held;
  }

  /** Writes what was settled since. @returns whether more waits */
  async #writeNew(writer: Writer, state: State): Promise<boolean> {
    const { db, tenant, targets } = writer;
    const { replication } = this.services.metrics;
    const to = Date.now() - QUIET_MS;
    const from = targets.from(state.position);
    const page = await readWaiting(db, tenant, targets, from, to, PAGE);
    if (page.length > 0 && this.#targetsRead < to) {
      // What ended after the settings were changed goes by the new ones.
      this.#targetsRead = 0;
      return true;
    }
    const isFull = page.length === PAGE;
    if (isFull) {
      replication.waits(tenant, await readBacklog(db, tenant, targets, from));
    }
    await this.#write(writer, page);
    state.position = isFull ? Math.max(state.position, page.at(-1)?.settled ?? 0) : to;
    if (!isFull) {
      replication.waits(tenant, { runs: 0, oldest: null });
    }
    return isFull;
  }

  /** Writes a page of what was asked for once more. @returns whether there was any */
  async #writeBackfill(writer: Writer): Promise<boolean> {
    const { db, tenant, targets } = writer;
    const backfill = await nextBackfill(db, tenant);
    if (!backfill) {
      return false;
    }
    if (this.#targetsRead < backfill.requested) {
      this.#targetsRead = 0;
      return true;
    }
    const page = await readPage(db, tenant, targets, backfill, PAGE);
    await this.#write(writer, page);
    await writeBackfill(db, tenant, {
      ...backfill,
      written: backfill.written + page.length,
      after: page.at(-1) ?? backfill.after,
      done: page.length < PAGE,
    });
    return true;
  }

  async #write(writer: Writer, page: readonly Waiting[]): Promise<void> {
    const { metrics, log } = this.services;
    const { tenant } = this;
    const told = (replica: Replica) => {
      metrics.replication.wrote(tenant, replica);
      if (replica.problem !== '') {
        const { job, run, problem } = replica;
        log.warn({ tenant, job, run, problem }, 'replication: a run could not be written');
      }
    };
    if (page.length > 0) {
      await writeRuns(writer, page, told);
    }
  }

  /** It works: what kept it from working is over. */
  async #goOn(state: State): Promise<void> {
    const mended = state.problem !== '';
    Object.assign(state, { problem: '', since: 0, attempts: 0, next: 0 });
    if (mended || Date.now() - this.#saved > SAVE_MS) {
      this.#saved = Date.now();
      await writeState(this.services.db, this.tenant, state);
    }
    if (mended) {
      this.services.log.info({ tenant: this.tenant }, 'replication goes on');
    }
  }

  /** @returns how long to wait before it is tried again: longer each time, and never the same as another service */
  async #pause(targets: Targets, state: State, error: unknown): Promise<number> {
    const { db, metrics, log } = this.services;
    const { tenant } = this;
    const wait = Math.round(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** state.attempts) * (0.5 + Math.random() / 2));
    const now = Date.now();
    state.since = state.problem === '' ? now : state.since;
    Object.assign(state, { problem: messageOf(error), attempts: state.attempts + 1, next: now + wait });
    log.warn({ tenant, problem: state.problem, attempt: state.attempts, waitMs: wait }, 'replication waits');
    metrics.replication.failed(tenant);
    metrics.replication.waits(tenant, await readBacklog(db, tenant, targets, targets.from(state.position)));
    await writeState(db, tenant, state);
    return Math.min(wait, SETTINGS_MS);
  }
}
