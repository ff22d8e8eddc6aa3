import { createHash } from 'node:crypto';
import { type Client, RefusedError, writeWithRetry } from '../client.js';
import type { BadItem, GoodItem, Kind } from './item.js';

const BATCH_ITEMS = 2000;
const BATCH_BYTES = 4 * 1024 * 1024;
const IN_FLIGHT = 3;
/** A service that restarts or is behind gets this long before an import gives up. */
const PATIENCE_MS = 120_000;

export interface SenderOptions {
  client: Client;
  wait: boolean;
  onRejected(item: BadItem): void;
  onAccepted(count: number): void;
  onWaiting(message: string): void;
}

/** Collects objects into batches and sends a few at a time. Batches of the same objects always carry the same key. */
export class Sender {
  private readonly batches = new Map<Kind, GoodItem[]>();
  private readonly bytes = new Map<Kind, number>();
  private readonly flying = new Set<Promise<void>>();
  private sent = 0;
  private failure: Error | undefined;

  constructor(private readonly options: SenderOptions) {}

  async add(item: GoodItem): Promise<void> {
    const batch = this.batches.get(item.kind) ?? [];
    this.batches.set(item.kind, batch);
    batch.push(item);
    const bytes = (this.bytes.get(item.kind) ?? 0) + item.json.length;
    this.bytes.set(item.kind, bytes);
    if (batch.length >= BATCH_ITEMS || bytes >= BATCH_BYTES) {
      await this.send(item.kind);
    }
  }

  /** Sends what is left and waits for all answers. */
  async finish(): Promise<void> {
    for (const kind of this.batches.keys()) {
      await this.send(kind);
    }
    await Promise.all(this.flying);
    this.throwFailure();
  }

  private async send(kind: Kind): Promise<void> {
    const items = this.batches.get(kind) ?? [];
    this.batches.delete(kind);
    this.bytes.delete(kind);
    while (this.flying.size >= IN_FLIGHT) {
      await Promise.race(this.flying);
    }
    this.throwFailure();
    const flight = this.write(kind, items, this.sent++)
      .catch((error: Error) => void (this.failure ??= error))
      .then(() => void this.flying.delete(flight));
    this.flying.add(flight);
  }

  private throwFailure(): void {
    if (this.failure) {
      throw this.failure;
    }
  }

  private async write(kind: Kind, items: GoodItem[], ordinal: number): Promise<void> {
    const { client, wait, onAccepted, onRejected, onWaiting } = this.options;
    const body = items.map((item) => `${item.json}\n`).join('');
    // The ordinal keeps apart two batches of one file that happen to be equal.
    const hash = createHash('sha256').update(`${kind} ${ordinal}\n`).update(body).digest('hex');
    const request = { path: `/v1/${kind}`, body, idempotencyKey: `import-${hash}`, wait };
    try {
      const answer = await writeWithRetry(client, request, {
        forMs: PATIENCE_MS,
        onRetry: (error) => onWaiting(error.message),
      });
      const rejected = answer?.rejected ?? [];
      onAccepted(items.length - rejected.length);
      this.reject(items, rejected, onRejected);
    } catch (error) {
      const rejected = error instanceof RefusedError && error.status === 400 ? error.problem?.errors : undefined;
      if (!rejected?.length) {
        throw error;
      }
      this.reject(items, rejected, onRejected);
    }
  }

  private reject(
    items: GoodItem[],
    rejected: ReadonlyArray<{ index: number; path: string; message: string }>,
    onRejected: (item: BadItem) => void
  ): void {
    for (const { index, path, message } of rejected) {
      const place = items[index]?.place;
      if (place) {
        onRejected({ place, problem: `${path}: ${message}` });
      }
    }
  }
}
