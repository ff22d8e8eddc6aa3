import type { ClickHouse } from '../storage/clickhouse.js';
import { nameOfKey } from '../spool/held-keys.js';
import type { Spool } from '../spool/spool.js';
import { DAY_MS, p, sql } from '../storage/sql.js';
import { problems } from '../errors.js';
import { within } from '../within.js';

const MAX_REMEMBERED = 100_000;
const PATIENCE_MS = 1000;

/**
 * Answers that requests with an Idempotency-Key were given, for 24 hours: of this service from memory, of what waits in
 * its spool, also from before a crash, from there, of others from ClickHouse. What slips through while ClickHouse is
 * away is left out when its segment is stored.
 */
export class IdempotencyKeys {
  readonly #known = new Map<string, { answer: string; at: number }>();
  readonly #running = new Map<string, Promise<string>>();

  constructor(
    readonly db: ClickHouse,
    readonly spool: Pick<Spool, 'answerOf'>
  ) {}

  #remember(name: string, answer: string): void {
    this.#known.set(name, { answer, at: Date.now() });
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MAX_REMEMBERED && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }

  /** Runs `work` once for a key; a repetition gets the first answer, also while the first is still on its way. */
  async once(tenant: string, key: string, work: () => Promise<string>): Promise<{ answer: string; replayed: boolean }> {
    const name = nameOfKey(tenant, key);
    const earlier = this.#running.get(name) ?? this.#find(tenant, key);
    const found = await earlier;
    if (found !== undefined) {
      return { answer: found, replayed: true };
    }
    // While ClickHouse was asked the first may have begun, or ended.
    const again = this.#running.get(name) ?? this.#remembered(tenant, key);
    if (again !== undefined) {
      return { answer: await again, replayed: true };
    }
    const running = work();
    this.#running.set(name, running);
    try {
      const answer = await running;
      this.#remember(name, answer);
      return { answer, replayed: false };
    } finally {
      this.#running.delete(name);
    }
  }

  #remembered(tenant: string, key: string): string | undefined {
    const known = this.#known.get(nameOfKey(tenant, key));
    return known && known.at > Date.now() - DAY_MS ? known.answer : this.spool.answerOf(tenant, key);
  }

  async #find(tenant: string, key: string): Promise<string | undefined> {
    const known = this.#remembered(tenant, key);
    if (known !== undefined) {
      return known;
    }
    const rows = this.db
      .rows<{ answer: string }>(
        sql`SELECT answer FROM idempotency WHERE tenant = ${p.string(tenant)} AND key = ${p.string(key)} AND at > now() - INTERVAL 1 DAY LIMIT 1`,
        { max_execution_time: PATIENCE_MS / 1000 }
      )
      .catch(() => []);
    // A ClickHouse that is there but does not answer holds no write up.
    return (await within(rows, PATIENCE_MS))?.[0]?.answer;
  }
}

/** @throws Coded 400 for a key that is no key */
export function checkKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^[\x21-\x7e ]{1,255}$/.test(key)) {
    throw problems.badRequest('Idempotency-Key: expected 1 to 255 printable ASCII characters.');
  }
  return key;
}
