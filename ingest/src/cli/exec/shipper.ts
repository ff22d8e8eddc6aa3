import { type Client, RefusedError, writeWithRetry } from '../client.js';
import { messageOf } from '../errors.js';
import type { Batch, Queue } from './queue.js';

/** Refusals that end once the caller has the right token: the batches stay queued. */
const NEEDS_TOKEN: ReadonlySet<number> = new Set([401, 403]);

/** Ships a queue's batches in their order, in the background, for as long as it takes. */
export class Shipper {
  private readonly stop = new AbortController();
  private readonly saidWhy = new Set<number>();
  private readonly running: Promise<void>;
  private more = false;
  private finishing = false;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly queue: Queue,
    private readonly client: Client,
    private readonly say: (message: string) => void
  ) {
    this.running = this.run().catch((error) => say(`shipping stopped: ${messageOf(error)}.`));
  }

  /** There is something new in the queue. */
  wake(): void {
    this.more = true;
    this.wakeUp();
  }

  /**
   * Ships what is still queued, until all is gone or the signal comes; then ships nothing more.
   * @returns how many batches are left
   */
  async finish(signal: AbortSignal): Promise<number> {
    this.finishing = true;
    if (signal.aborted) {
      this.stop.abort();
    }
    signal.addEventListener('abort', () => this.stop.abort(), { once: true });
    this.wake();
    await this.running;
    this.queue.removeIfEmpty();
    return this.queue.batches().length;
  }

  private async run(): Promise<void> {
    for (;;) {
      this.more = false;
      const open = await this.shipQueued();
      if (!open || (this.finishing && !this.more)) {
        return;
      }
      if (!this.more) {
        await new Promise<void>((resolve) => (this.wakeUp = resolve));
      }
    }
  }

  /** Oldest first. @returns false once nothing more can be shipped: told to stop, or the token is not good enough. */
  private async shipQueued(): Promise<boolean> {
    for (const batch of this.queue.batches()) {
      const open = await this.ship(batch);
      if (!open || this.stop.signal.aborted) {
        return false;
      }
    }
    return true;
  }

  private async ship(batch: Batch): Promise<boolean> {
    const body = this.queue.read(batch);
    if (!body) {
      return true;
    }
    try {
      const request = { path: `/v1/${batch.kind}`, body, idempotencyKey: batch.key };
      await writeWithRetry(this.client, request, { signal: this.stop.signal });
      this.queue.done(batch, body.length);
      return true;
    } catch (error) {
      if (this.stop.signal.aborted) {
        return false;
      }
      if (error instanceof RefusedError) {
        return this.refused(batch, error);
      }
      throw error;
    }
  }

  private refused(batch: Batch, error: RefusedError): boolean {
    const retryable = NEEDS_TOKEN.has(error.status);
    const where = retryable ? this.queue.dir : this.queue.setAside(batch, error.message);
    if (!this.saidWhy.has(error.status)) {
      this.saidWhy.add(error.status);
      const next = retryable ? '; ship it with `joblens flush` and a token that may write' : '';
      this.say(`${error.message}. Kept in ${where}${next}.`);
    }
    return !retryable;
  }
}
