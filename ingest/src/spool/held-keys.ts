import type { SegmentEntry, SidecarHeader } from './segment.js';

/** What tells an Idempotency-Key from another tenant's. */
export const nameOfKey = (tenant: string, key: string | undefined) => `${tenant}\n${key ?? ''}`;

/** Where each request with an Idempotency-Key stands that is durable, but not stored yet. */
export class HeldKeys {
  readonly #held = new Map<string, { segment: string; entry: SegmentEntry }>();
  /** The names of each segment's keys. */
  readonly #names = new Map<string, string[]>();

  hold({ id, tenant }: Pick<SidecarHeader, 'id' | 'tenant'>, entries: readonly SegmentEntry[]): void {
    for (const entry of entries) {
      if (entry.key !== undefined) {
        const name = nameOfKey(tenant, entry.key);
        this.#held.set(name, { segment: id, entry });
        const names = this.#names.get(id);
        if (names) {
          names.push(name);
        } else {
          this.#names.set(id, [name]);
        }
      }
    }
  }

  /** Forgets the keys of a segment, also of those of its requests that turned out to be damaged. */
  letGo(segment: string): void {
    const own = (name: string) => this.#held.get(name)?.segment === segment;
    this.#names
      .get(segment)
      ?.filter(own)
      .forEach((name) => this.#held.delete(name));
    this.#names.delete(segment);
  }

  find(tenant: string, key: string | undefined): { segment: string; entry: SegmentEntry } | undefined {
    return this.#held.get(nameOfKey(tenant, key));
  }
}
