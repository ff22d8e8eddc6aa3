import { Worker } from 'node:worker_threads';
import { settlerEntry } from '../paths.js';
import type { ClickHouseOptions } from './clickhouse.js';
import type { settle } from './settle.js';

/** Settles what segments of a tenant touched; see `settle`. */
export type Settle = (tenant: string, segments: readonly string[]) => ReturnType<typeof settle>;

/** What the thread is asked, and what it answers. */
export interface Question {
  id: number;
  tenant: string;
  segments: readonly string[];
}
export type Answer = { id: number } & (Settled | { error: string });
type Settled = Awaited<ReturnType<typeof settle>>;

interface Asked {
  resolve(settled: Settled): void;
  reject(error: Error): void;
}

/**
 * Settles in a thread of its own: merging ten thousand runs takes a third of a second, in which the service would answer
 * nobody. A thread that ends is started again by the next question.
 */
export class Settler {
  readonly #options: ClickHouseOptions;
  readonly #asked = new Map<number, Asked>();
  #thread: Worker | undefined;
  #last = 0;

  constructor(options: ClickHouseOptions) {
    this.#options = options;
  }

  readonly settle: Settle = (tenant, segments) => {
    const question: Question = { id: ++this.#last, tenant, segments };
    return new Promise((resolve, reject) => {
      this.#asked.set(question.id, { resolve, reject });
      this.#thread ??= this.#start();
      this.#thread.postMessage(question);
    });
  };

  async stop(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(settlerEntry, { workerData: this.#options });
    let reason = 'it was ended';
    thread.on('message', (answer: Answer) => {
      const asked = this.#asked.get(answer.id);
      this.#asked.delete(answer.id);
      if ('runs' in answer) {
        asked?.resolve(answer);
      } else {
        asked?.reject(new Error(answer.error));
      }
    });
    thread.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    thread.on('exit', () => {
      this.#thread = undefined;
      const asked = [...this.#asked.values()];
      this.#asked.clear();
      asked.forEach(({ reject }) => reject(new Error(`the thread that settles ended: ${reason}`)));
    });
    return thread;
  }
}
