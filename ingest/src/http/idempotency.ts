import type { ClickHouse } from '../storage/clickhouse.js';
import { nameOfKey } from '../spool/held-keys.js';
import { isSameRequest } from '../spool/request-digest.js';
import type { Spool } from '../spool/spool.js';
import { DAY_MS, p, sql } from '../storage/sql.js';
import { problems } from '../errors.js';
import { within } from '../within.js';

const MAX_REMEMBERED = 100_000;
const PATIENCE_MS = 1000;

/** A request with an Idempotency-Key: `digest` tells what it asked. */
export interface KeyedRequest {
  tenant: string;
  key: string;
  digest: string;
}

/** What a key's first request asked, where that is known, and what it was answered, or will be. */
interface First {
  answer: string | Promise<string>;
  digest?: string | undefined;
}

/**
 * Answers that requests with an Idempotency-Key were given, for 24 hours: of this service from memory, of what waits in
 * its spool, also from before a crash, from there, of others from ClickHouse. What slips through while ClickHouse is
 * away is left out when its segment is stored.
 */
export class IdempotencyKeys {
  readonly #known = new Map<string, First & { at: number }>();
  readonly #running = new Map<string, First>();

  constructor(
    readonly db: ClickHouse,
    readonly spool: Pick<Spool, 'heldUnder'>
  ) {}

  /** Whether this service knows the key's answer, without asking anybody. */
  isKnown(tenant: string, key: string): boolean {
    return this.#remembered({ tenant, key }) !== undefined;
  }

  /**
   * Runs `work` once for a key; a repetition gets the first answer, also while the first is still on its way.
   * @throws Coded 422 where the key's first request asked something else
   */
  async once(request: KeyedRequest, work: () => Promise<string>): Promise<{ answer: string; replayed: boolean }> {
    const name = nameOfKey(request.tenant, request.key);
    const { digest } = request;
    const underWay = () => this.#running.get(name);
    // While ClickHouse was asked the first may have begun, or ended.
    const first = underWay() ?? (await this.#find(request)) ?? underWay() ?? this.#remembered(request);
    if (first) {
      assertSame(request, first);
      return { answer: await first.answer, replayed: true };
    }
    const running = work();
    this.#running.set(name, { answer: running, digest });
    try {
      const answer = await running;
      this.#remember(name, { answer, digest });
      return { answer, replayed: false };
    } finally {
      this.#running.delete(name);
    }
  }

  #remember(name: string, first: First): void {
    this.#known.set(name, { ...first, at: Date.now() });
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MAX_REMEMBERED && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }

  #remembered({ tenant, key }: Omit<KeyedRequest, 'digest'>): First | undefined {
    const known = this.#known.get(nameOfKey(tenant, key));
    if (known && known.at > Date.now() - DAY_MS) {
      return known;
    }
    const { answer, digest } = this.spool.heldUnder(tenant, key) ?? {};
    return answer === undefined ? undefined : { answer, digest };
  }

  async #find(request: KeyedRequest): Promise<First | undefined> {
    const remembered = this.#remembered(request);
    if (remembered) {
      return remembered;
    }
    const { tenant, key, digest } = request;
    const rows = this.db
      .rows<First>(
        sql`SELECT answer, digest FROM idempotency WHERE tenant = ${p.string(tenant)} AND key = ${p.string(key)} AND at > now() - INTERVAL 1 DAY
          ORDER BY digest IN ('', ${p.string(digest)}) DESC LIMIT 1`,
        { max_execution_time: PATIENCE_MS / 1000 }
      )
      .catch(() => []);
    // A ClickHouse that is there but does not answer holds no write up.
    return (await within(rows, PATIENCE_MS))?.[0];
  }
}

function assertSame({ key, digest }: KeyedRequest, first: First): void {
  if (!isSameRequest(digest, first.digest)) {
    throw problems.keyReused(key);
  }
}

/** @throws Coded 400 for a key that is no key */
export function checkKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^[\x21-\x7e ]{1,255}$/.test(key)) {
    throw problems.badRequest('Idempotency-Key: expected 1 to 255 printable ASCII characters.');
  }
  return key;
}
