import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../cli/errors.js';
import type { Services } from '../http/context.js';
import { raw } from '../storage/sql.js';
import { within } from '../within.js';
import type { Bucket } from './s3.js';
import type { Connection } from './settings.js';
import type { Worker } from './worker.js';

const LOOK_MS = 3000;
const STOP_MS = 5000;

/** Job history replication: a worker for each tenant that has set it up, until it is stopped. */
export class Replicator {
  readonly #workers = new Map<string, Worker>();
  readonly #buckets = new Map<string, Bucket>();
  readonly #stopped = new AbortController();
  readonly #ended: Promise<void>;
  readonly #service: string;

  constructor(readonly services: Pick<Services, 'env' | 'db' | 'metrics' | 'log'>) {
    this.#service = nameOfService(services.env.JOBLENS_DATA);
    this.#ended = this.#run();
  }

  /** Lets what is being written end, for a moment; the rest is written at the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const workers = Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
    await within(Promise.all([this.#ended, workers]), STOP_MS);
    this.#buckets.forEach((bucket) => bucket.close());
  }

  async #run(): Promise<void> {
    const { db, log } = this.services;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        const tenants = await db.rows<{ tenant: string }>(
          raw("SELECT DISTINCT tenant FROM settings WHERE name = 'replication'")
        );
        for (const { tenant } of tenants.filter((row) => !this.#workers.has(row.tenant))) {
          await this.#start(tenant);
        }
      } catch (error) {
        log.debug({ error: messageOf(error) }, 'replication: the tenants can’t be read yet');
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The client for S3 is only loaded where somebody needs it. */
  async #start(tenant: string): Promise<void> {
    const [worker, { openBucket }] = await Promise.all([import('./worker.js'), import('./s3.js')]);
    const bucketOf = (connection: Connection) => {
      const name = JSON.stringify(connection);
      const bucket = this.#buckets.get(name) ?? openBucket(connection);
      this.#buckets.set(name, bucket);
      return bucket;
    };
    this.#workers.set(tenant, new worker.Worker(this.services, tenant, this.#service, bucketOf));
  }
}

/** Names the service by its data: after a crash it goes on with what it held, at once. */
function nameOfService(data: string): string {
  const file = join(data, 'service-id');
  if (!existsSync(file)) {
    writeFileSync(file, randomUUID(), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
