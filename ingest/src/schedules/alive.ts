import type { ClickHouse } from '../storage/clickhouse.js';
import { sql } from '../storage/sql.js';

/** A time in which a service took data. Epoch milliseconds. */
export interface Span {
  since: number;
  until: number;
}

/** Ticks further apart than this, by the wall's clock, break a span: the machine slept, or its clock jumped. */
const BREAK_MS = 90_000;

/** Remembers when this service took data, for itself and for the services after it. */
export class Alive {
  readonly #db: ClickHouse;
  readonly #service: string;
  #span: Span | undefined;

  constructor(db: ClickHouse, service: string) {
    this.#db = db;
    this.#service = service;
  }

  /** Says that the service takes data now, or that it does not. */
  tick(now: number, takesData: boolean): void {
    const known = this.#span;
    const goesOn = known && now >= known.until && now - known.until < BREAK_MS;
    this.#span = takesData ? { since: goesOn ? known.since : now, until: now } : undefined;
  }

  /** Writes down the span up to now, and up to when the schedules were judged. */
  async write(judged: number): Promise<void> {
    if (this.#span) {
      await this.#db.insert('alive', [{ service: this.#service, ...this.#span, judged }]);
    }
  }

  /** Every span that is known, merged, oldest first, and up to when any service has judged; undefined before the first. */
  async read(): Promise<{ spans: Span[]; judged: number | undefined }> {
    const rows = await this.#db.rows<Span & { judged: number }>(
      sql`SELECT toUnixTimestamp64Milli(alive.since) AS since, toUnixTimestamp64Milli(alive.until) AS until, toUnixTimestamp64Milli(alive.judged) AS judged
        FROM alive FINAL ORDER BY since`
    );
    const own = this.#span ? [this.#span] : [];
    return {
      spans: merged([...rows, ...own]),
      judged: rows.length === 0 ? undefined : Math.max(...rows.map((row) => row.judged)),
    };
  }
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { since, until } of [...spans].sort((a, b) => a.since - b.since)) {
    const last = result.at(-1);
    if (last && since <= last.until) {
      last.until = Math.max(last.until, until);
    } else {
      result.push({ since, until });
    }
  }
  return result;
}

/** True where some service took data all the time. */
export const wasThere = (spans: readonly Span[], from: number, to: number): boolean =>
  spans.some(({ since, until }) => since <= from && until >= to);
