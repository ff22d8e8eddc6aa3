import type { Segment, SegmentEntry, SidecarHeader } from './segment.js';

/** What tells an Idempotency-Key from another tenant's. */
export const nameOfKey = (tenant: string, key: string | undefined) => `${tenant}\n${key ?? ''}`;

/** Where each request with an Idempotency-Key stands that is durable, but not stored yet. */
export class HeldKeys {
  readonly #held = new Map<string, { segment: string; entry: SegmentEntry }>();

  hold({ id, tenant }: Pick<SidecarHeader, 'id' | 'tenant'>, entries: readonly SegmentEntry[]): void {
    for (const entry of entries) {
      if (entry.key !== undefined) {
        this.#held.set(nameOfKey(tenant, entry.key), { segment: id, entry });
      }
    }
  }

  letGo({ tenant, entries }: Segment): void {
    entries.forEach(({ key }) => this.#held.delete(nameOfKey(tenant, key)));
  }

  find(tenant: string, key: string | undefined): { segment: string; entry: SegmentEntry } | undefined {
    return this.#held.get(nameOfKey(tenant, key));
  }
}
