import type { Accepted } from '../model/answer.js';
import { problems } from '../errors.js';
import { readBody, type Body, type Inflight } from '../http/body.js';
import type { AppContext, Services } from '../http/context.js';
import { checkKey } from '../http/idempotency.js';
import { digestOf } from '../spool/request-digest.js';
import type { RawTarget, SegmentKind } from '../spool/segment.js';
import type { Spool, Stored } from '../spool/spool.js';
import type { Addition } from '../spool/writer.js';
import { within } from '../within.js';

/** Bytes of one kind for the spool. */
export interface Part {
  kind: SegmentKind;
  chunks: readonly Buffer[];
  bytes: number;
  rows: number;
  raw?: RawTarget;
}

/**
 * What a receiver made of a request, and what to tell the sender. The last part is what the request is about: its key
 * goes with it, so that what was written of a request that broke off is never taken for the whole.
 */
export interface Writing {
  parts: readonly Part[];
  answer: Accepted;
  /** The jobs that it names, where the receiver has read them. */
  jobs?: readonly string[];
}

const WAIT_MS = 10_000;

/**
 * Every write: reads its body, makes durable what the receiver prepares of it, honours `Idempotency-Key` and `?wait=1`,
 * and answers 202, or 200 once it can be read back.
 */
export async function write(
  c: AppContext,
  services: Services,
  inflight: Inflight,
  prepare: (body: Body, key: string | undefined) => Writing,
  maxBytes = services.env.JOBLENS_MAX_BODY
) {
  const key = checkKey(c.req.header('idempotency-key'));
  const { tenant } = c.get('caller');
  if (key === undefined || !services.keys.isKnown(tenant, key)) {
    services.spool.assertTakesWrites();
  }
  const body = await readBody(c, maxBytes, inflight);
  const keyed = key === undefined ? undefined : { key, digest: digestOf(callOf(c), body.chunks) };
  let stored: (() => Promise<Stored>) | undefined;
  const work = async () => {
    services.spool.assertTakesWrites();
    const writing = prepare(body, key);
    services.jobLimit.assertMayHave(tenant, writing.jobs ?? []);
    const bytes = writing.parts.reduce((sum, part) => sum + part.bytes, 0);
    await services.limits.bytes(c.get('caller'), bytes);
    const answer = JSON.stringify(writing.answer);
    ({ stored } = await store(services, tenant, writing, keyed && { ...keyed, answer }));
    return answer;
  };
  const { answer, replayed } =
    keyed === undefined
      ? { answer: await work(), replayed: false }
      : await services.keys.once({ tenant, ...keyed }, work);
  if (replayed) {
    c.header('idempotent-replayed', 'true');
  }
  const accepted = JSON.parse(answer) as Accepted;
  const waited = stored && wantsWait(c) ? await within(stored(), WAIT_MS) : undefined;
  return waited
    ? c.json({ ...accepted, stored: accepted.accepted - waited.quarantined, quarantined: waited.quarantined }, 200)
    : c.json(accepted, 202);
}

/** What goes into the spool beside the bytes of a request with an Idempotency-Key. */
type Keyed = Required<Pick<Addition, 'key' | 'digest' | 'answer'>>;

/** The call as a retry repeats it: `?wait=` changes when it is answered, not what is stored. */
function callOf(c: AppContext): string {
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete('wait');
  return `${c.req.method} ${pathname}?${searchParams}`;
}

async function store(services: Services, tenant: string, writing: Writing, keyed: Keyed | undefined) {
  const { parts, answer } = writing;
  const last = parts.length - 1;
  services.metrics.rejected.inc({ kind: parts[last]?.kind ?? '' }, answer.rejected?.length ?? 0);
  const waits: Array<() => Promise<Stored>> = [];
  for (const [i, part] of parts.entries()) {
    if (part.rows > 0) {
      const { stored } = await appendPart(
        services.spool,
        tenant,
        part,
        i === last ? keyed : keyed && partKey(keyed, i)
      );
      waits.push(stored);
      services.metrics.accepted.inc({ kind: part.kind }, i === last ? answer.accepted : part.rows);
      services.metrics.bytes.inc(part.bytes);
    }
  }
  return { stored: async () => sum(await Promise.all(waits.map((wait) => wait()))) };
}

/** Makes a part durable; `stored` resolves once it can be read back. */
export function appendPart(spool: Spool, tenant: string, part: Part, keyed: Partial<Keyed> = {}) {
  const { kind, ...bytes } = part;
  return spool.append(tenant, kind, { ...bytes, ...keyed, at: Date.now() });
}

/** Parts of one request are stored apart, each under a key of its own, which no client can send. */
const partKey = ({ key, digest }: Keyed, i: number) => ({ key: `${key}\n${digest}\n${i}`, digest });

function sum(all: readonly Stored[]): Stored {
  return {
    stored: all.reduce((n, one) => n + one.stored, 0),
    quarantined: all.reduce((n, one) => n + one.quarantined, 0),
  };
}

function wantsWait(c: AppContext): boolean {
  return c.req.query('wait') === '1' || /\bwait\b/i.test(c.req.header('prefer') ?? '');
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
