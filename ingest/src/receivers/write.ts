import type { Accepted } from '../model/answer.js';
import { problems } from '../errors.js';
import type { AppContext, Services } from '../http/context.js';
import { checkKey } from '../http/idempotency.js';
import type { RawTarget, SegmentKind } from '../spool/segment.js';
import type { Stored } from '../spool/spool.js';

/** What a receiver made of a request: bytes for the spool, and what to tell the sender. */
export interface Writing {
  kind: SegmentKind;
  chunks: readonly Buffer[];
  bytes: number;
  rows: number;
  raw?: RawTarget;
  answer: Accepted;
}

const WAIT_MS = 10_000;

/**
 * The end of every write: makes it durable, honours `Idempotency-Key` and `?wait=1`, and answers 202, or 200 once it
 * can be read back.
 */
export async function write(c: AppContext, services: Services, prepare: (key: string | undefined) => Promise<Writing>) {
  const key = checkKey(c.req.header('idempotency-key'));
  const { tenant } = c.get('caller');
  let stored: (() => Promise<Stored>) | undefined;
  const work = async () => {
    services.spool.assertTakesWrites();
    const writing = await prepare(key);
    await services.limits.bytes(c.get('caller'), writing.bytes);
    const answer = JSON.stringify(writing.answer);
    ({ stored } = await store(services, tenant, writing, key === undefined ? {} : { key, answer }));
    return answer;
  };
  const { answer, replayed } =
    key === undefined ? { answer: await work(), replayed: false } : await services.keys.once(tenant, key, work);
  if (replayed) {
    c.header('idempotent-replayed', 'true');
  }
  const accepted = JSON.parse(answer) as Accepted;
  const waited = stored && wantsWait(c) ? await within(stored(), WAIT_MS) : undefined;
  return waited
    ? c.json({ ...accepted, stored: accepted.accepted - waited.quarantined, quarantined: waited.quarantined }, 200)
    : c.json(accepted, 202);
}

async function store(services: Services, tenant: string, writing: Writing, keyed: { key?: string; answer?: string }) {
  const { kind, chunks, bytes, rows, raw, answer } = writing;
  services.metrics.rejected.inc({ kind }, answer.rejected?.length ?? 0);
  if (rows === 0) {
    return { stored: async (): Promise<Stored> => ({ stored: 0, quarantined: 0 }) };
  }
  const appended = await services.spool.append(tenant, kind, {
    chunks,
    bytes,
    rows,
    at: Date.now(),
    ...(raw ? { raw } : {}),
    ...keyed,
  });
  services.metrics.accepted.inc({ kind }, answer.accepted);
  services.metrics.bytes.inc(bytes);
  return appended;
}

function wantsWait(c: AppContext): boolean {
  return c.req.query('wait') === '1' || /\bwait\b/i.test(c.req.header('prefer') ?? '');
}

function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return Promise.race([promise, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms).unref())]);
}

/** Refuses a write in which nothing was good, with what was wrong of each. */
export function assertSomeGood(accepted: number, answer: Accepted, what: string): void {
  if (accepted === 0) {
    const rejected = answer.rejected ?? [];
    throw rejected.length > 0
      ? problems.badRequest(
          `None of the ${rejected.length} ${what} can be taken; nothing was stored. ${rejected[0]?.path ? `${rejected[0].path}: ` : ''}${rejected[0]?.message ?? ''}`,
          rejected
        )
      : problems.badRequest(`The body holds no ${what}. Send a JSON object, an array, or NDJSON.`);
  }
}
