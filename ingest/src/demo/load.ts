import { createClient, RefusedError, writeWithRetry } from '../cli/client.js';
import { startProgress } from '../cli/progress.js';
import { DEMO_ITEMS, type DemoBatch, demoHistory } from './history.js';

const IN_FLIGHT = 3;
const PATIENCE_MS = 60_000;

export interface LoadOptions {
  url: string;
  token?: string;
  now: number;
  signal?: AbortSignal;
}

/**
 * Sends the demo history to a service, a few requests at a time, and waits a while until it can be read back.
 * @returns how many objects went to each path
 */
export async function loadDemo({ url, token, now, signal }: LoadOptions): Promise<Map<string, number>> {
  const client = createClient({ url, token });
  const progress = startProgress('loading the demo history', DEMO_ITEMS);
  const batches = lastOfEachPathLast(demoHistory({ now }));
  const sent = new Map<string, number>();
  let done = 0;

  // Senders share one generator: each takes the next batch as soon as it is free.
  async function send(): Promise<void> {
    for (let next = batches.next(); !next.done; next = batches.next()) {
      const { method, path, body, items, wait, optional } = next.value;
      const contentType = method === 'PUT' ? 'application/json' : 'application/x-ndjson';
      try {
        await writeWithRetry(client, { method, path, body, contentType, wait }, { signal, forMs: PATIENCE_MS });
      } catch (error) {
        if (!optional || !isForbidden(error)) {
          throw error;
        }
      }
      sent.set(path, (sent.get(path) ?? 0) + items);
      done += items;
      progress.update(done);
    }
  }
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, send));
  } finally {
    // After a failure the other senders find nothing more to send.
    batches.return(undefined);
    progress.stop();
  }
  return sent;
}

const isForbidden = (error: unknown) => error instanceof RefusedError && error.status === 403;

/** Whoever waits for the last runs, lines and records to be stored has waited for all of them. */
function* lastOfEachPathLast(batches: Iterable<DemoBatch>): Generator<DemoBatch & { wait?: boolean }> {
  const held = new Map<string, DemoBatch>();
  for (const batch of batches) {
    const before = batch.method === 'POST' ? held.get(batch.path) : batch;
    if (batch.method === 'POST') {
      held.set(batch.path, batch);
    }
    if (before) {
      yield before;
    }
  }
  for (const batch of held.values()) {
    yield { ...batch, wait: true };
  }
}
