import type { ClickHouse } from '../storage/clickhouse.js';
import { moment, p, sql } from '../storage/sql.js';

/** A time in which a service took data. Epoch milliseconds. */
export interface Span {
  since: number;
  until: number;
}

/** What the services know together. */
export interface Known {
  /** When any of them took data, merged, oldest first. */
  spans: Span[];
  /** Up to when any of them has judged the schedules; undefined before the first time. */
  judged: number | undefined;
  /** Up to when all that the others accepted is stored, as far as they have said; infinite where there are none. */
  storedElsewhere: number;
}

/** Ticks further apart than this, by the wall's clock, break a span: the machine slept, or its clock jumped. */
const BREAK_MS = 90_000;
/**
 * A service that fell silent without having stopped may hold data that nobody knows of. For so long it is waited for;
 * what it brings after that still counts, in the place of what was said meanwhile.
 */
const SILENT_MS = 15 * 60_000;
/** What is said to have been this much later than now was said by a clock that ran ahead, and is not believed. */
const AHEAD_MS = 60_000;

/** Remembers when this service took data, for itself and for the services after it, and tells the others what it holds. */
export class Alive {
  readonly #db: ClickHouse;
  readonly #service: string;
  #span: Span | undefined;
  /** The span that was written last; without one, a moment. */
  #written: Span | undefined;

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

  /** Writes down the span up to now, up to when all that was accepted is stored, and up to when the schedules were judged. */
  async write(now: number, { stored, judged }: { stored: number; judged: number }, stopped = false): Promise<void> {
    const span = this.#span ?? this.#written ?? { since: now, until: now };
    this.#written = span;
    await this.#db.insert('alive', [
      { service: this.#service, ...span, stored, judged, seen: now, stopped: Number(stopped) },
    ]);
  }

  /** Says that this service has stopped with nothing left to store: nobody needs to wait for it. */
  async leave(now: number): Promise<void> {
    if (this.#written) {
      await this.write(now, { stored: now, judged: 0 }, true);
    }
  }

  async read(now: number): Promise<Known> {
    const believed = sql`FROM alive FINAL WHERE alive.seen <= ${moment(now + AHEAD_MS)}`;
    const rows = await this.#db.rows<Span & { judged: number }>(
      sql`SELECT toUnixTimestamp64Milli(alive.since) AS since, toUnixTimestamp64Milli(alive.until) AS until,
        toUnixTimestamp64Milli(alive.judged) AS judged ${believed} ORDER BY since`
    );
    const others = await this.#db.rows<{ stored: number }>(
      sql`SELECT toUnixTimestamp64Milli(argMax(alive.stored, alive.seen)) AS stored ${believed} AND service != ${p.uuid(this.#service)}
        GROUP BY service HAVING argMax(stopped, alive.seen) = 0 AND max(alive.seen) >= ${moment(now - SILENT_MS)}`
    );
    const own = this.#span ? [this.#span] : [];
    const judged = Math.max(...rows.map((row) => row.judged));
    return {
      spans: merged([...rows, ...own]),
      judged: judged > 0 ? judged : undefined,
      storedElsewhere: Math.min(Infinity, ...others.map((row) => row.stored)),
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
