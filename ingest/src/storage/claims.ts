import { setTimeout as sleep } from 'node:timers/promises';
import { groupBy } from '../collections.js';
import { isSameRequest } from '../spool/request-digest.js';
import type { Segment, SegmentEntry } from '../spool/segment.js';
import type { ClickHouse } from './clickhouse.js';
import { p, sql } from './sql.js';

/** How long two services may take to see each other's claims. */
const SEEN_MS = 300;
const LONGEST_MS = 5000;

type Claim = Required<Pick<SegmentEntry, 'key' | 'digest'>> & { segment: string };

/**
 * Claims the Idempotency-Keys of a segment's requests: of a request that a client sent to several services, one stores it.
 * Who sees another's claim before making one leaves the request to it. Two that claim at the same time both look once more
 * after a while; then the smaller id has it. So it is whenever either tries again.
 * @param shares other services may store in this ClickHouse too
 * @returns ranges of rows that another segment stores, or that stand in this one twice
 */
export async function claimKeys(db: ClickHouse, segment: Segment, shares: boolean): Promise<Array<[number, number]>> {
  const keyed = segment.entries.filter((entry) => entry.key !== undefined);
  if (keyed.length === 0) {
    return [];
  }
  const began = performance.now();
  const before = await claimsOn(db, segment, keyed);
  const isClaimed = (entry: SegmentEntry) => before(entry).some(({ segment: id }) => id === segment.id);
  const ours = withoutRepeated(keyed).filter((entry) => isClaimed(entry) || before(entry).length === 0);
  const unclaimed = ours.filter((entry) => !isClaimed(entry));
  await claim(db, segment, unclaimed);
  if (shares && unclaimed.length > 0) {
    // Where ClickHouse is slow, it is slow for the other one as well.
    await sleep(Math.min(LONGEST_MS, Math.max(SEEN_MS, 2 * (performance.now() - began))));
  }
  const after = await claimsOn(db, segment, ours);
  const stored = new Set(ours.filter((entry) => after(entry).every(({ segment: id }) => id >= segment.id)));
  return keyed.filter((entry) => !stored.has(entry)).map((entry) => [entry.row, entry.row + entry.rows]);
}

/** The claims on an entry's request, of any segment. */
async function claimsOn(
  db: ClickHouse,
  { tenant }: Segment,
  entries: readonly SegmentEntry[]
): Promise<(entry: SegmentEntry) => Claim[]> {
  const claims = await db.rows<Claim>(
    sql`SELECT key, digest, segment FROM idempotency WHERE tenant = ${p.string(tenant)}
      AND key IN ${p.strings(entries.map(({ key }) => key ?? ''))} AND at > now() - INTERVAL 1 DAY`
  );
  const byKey = groupBy(claims, ({ key }) => key);
  return ({ key = '', digest }) => (byKey.get(key) ?? []).filter((other) => isSameRequest(other.digest, digest));
}

/** Of a request that came twice the first. */
function withoutRepeated(entries: readonly SegmentEntry[]): SegmentEntry[] {
  const byKey = new Map<string, SegmentEntry[]>();
  return entries.filter((entry) => {
    const { key = '', digest } = entry;
    const earlier = byKey.get(key) ?? [];
    byKey.set(key, [...earlier, entry]);
    return !earlier.some((other) => isSameRequest(other.digest, digest));
  });
}

async function claim(db: ClickHouse, { id, tenant }: Segment, entries: readonly SegmentEntry[]): Promise<void> {
  const rows = entries.map(({ key, answer = '', digest = '', at }) => ({
    tenant,
    key,
    segment: id,
    claimant: id,
    answer,
    digest,
    at: new Date(at).toISOString(),
  }));
  await db.insert('idempotency', rows, `${id}-keys`);
}
