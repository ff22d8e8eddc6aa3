import type { Logger } from 'pino';
import { problems } from '../errors.js';
import type { ClickHouse } from './clickhouse.js';
import { p, raw, sql } from './sql.js';

const SHORTEST_MS = 1000;
/** Counting may take this part of the time. */
const SHARE = 1 / 200;
/** From here on it is said that the limit is near. */
const NEAR = 0.8;

/**
 * How many jobs each tenant has, and that it gets no new ones past the limit: names made up by mistake, such as one for
 * each run, would make every list useless. It is counted again and again, so a limit may be passed by what comes in
 * within a second or two.
 */
export class JobLimit {
  readonly #db: ClickHouse;
  readonly #log: Logger;
  #counts = new Map<string, number>();
  /** The jobs of tenants that have as many as they may. */
  #names = new Map<string, ReadonlySet<string>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    db: ClickHouse,
    log: Logger,
    readonly limit: number
  ) {
    this.#db = db;
    this.#log = log;
  }

  /** Counts from now on, once the schema is there. */
  watch(ready: Promise<unknown>): void {
    const again = async () => {
      const began = performance.now();
      await this.refresh().catch((error: unknown) => this.#log.debug(error, 'jobs can’t be counted'));
      const took = performance.now() - began;
      this.#timer = setTimeout(() => void again(), Math.max(SHORTEST_MS, took / SHARE)).unref();
    };
    ready.then(again, () => undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async refresh(): Promise<void> {
    const rows = await this.#db.rows<{ tenant: string; jobs: number }>(
      raw('SELECT tenant, uniqExact(job) AS jobs FROM places GROUP BY tenant')
    );
    const before = this.#counts;
    const names = new Map<string, ReadonlySet<string>>();
    for (const { tenant, jobs } of rows) {
      if (jobs >= this.limit * NEAR && (before.get(tenant) ?? 0) < this.limit * NEAR) {
        this.#log.warn({ tenant, jobs, limit: this.limit }, 'a tenant comes near its limit of jobs');
      }
      if (jobs >= this.limit) {
        names.set(tenant, await this.#jobsOf(tenant));
      }
    }
    // Together: what is said and what is refused is never of two countings.
    this.#counts = new Map(rows.map(({ tenant, jobs }) => [tenant, jobs]));
    this.#names = names;
  }

  async #jobsOf(tenant: string): Promise<ReadonlySet<string>> {
    const rows = await this.#db.rows<{ job: string }>(
      sql`SELECT DISTINCT job FROM places WHERE tenant = ${p.string(tenant)}`
    );
    return new Set(rows.map(({ job }) => job));
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** True for a tenant that gets no new jobs. */
  isReached(tenant: string): boolean {
    return this.#names.has(tenant);
  }

  /** @throws Coded 403 where one of these jobs would be one too many */
  assertMayHave(tenant: string, jobs: readonly string[]): void {
    const known = this.#names.get(tenant);
    const fresh = known && jobs.find((job) => !known.has(job));
    if (fresh !== undefined) {
      throw problems.tooManyJobs(fresh, this.limit);
    }
  }
}
