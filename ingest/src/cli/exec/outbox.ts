import { setImmediate } from 'node:timers/promises';
import type { Client } from '../client.js';
import { messageOf } from '../errors.js';
import { type BatchKind, hashToken, Queue } from './queue.js';
import { Shipper } from './shipper.js';

/** A service that is away for long must not fill the disk of the machine whose jobs we watch. */
const MAX_WAITING_BYTES = 1024 ** 3;

export interface OutboxOwner {
  job: string;
  run: string;
  token?: string;
}

/** What `exec` has to say to the service: to disk first, from there to the service. Never throws. */
export class Outbox {
  private readonly stop = new AbortController();
  private readonly queue: Queue | undefined;
  private readonly shipper: Shipper | undefined;
  private readonly leftovers: Promise<number>;
  private dropped = 0;

  constructor(
    private readonly stateDir: string,
    owner: OutboxOwner,
    private readonly client: Client,
    private readonly say: (message: string) => void
  ) {
    const token = hashToken(owner.token);
    try {
      this.queue = Queue.create(stateDir, { ...owner, url: client.url, token });
      this.shipper = new Shipper(this.queue, client, say);
    } catch (error) {
      say(`this run can't be recorded: ${messageOf(error)}. Name another directory with --state.`);
    }
    // Not before the command is started: there may be many.
    this.leftovers = setImmediate().then(() => this.shipLeftovers(token));
  }

  /** `items`: how many lines or events the body holds. */
  add(kind: BatchKind, body: string | Buffer, items = 1): void {
    if (kind === 'lines' && this.queue && this.queue.waitingBytes > MAX_WAITING_BYTES) {
      this.drop(items, `over ${MAX_WAITING_BYTES / 1024 ** 2} MB wait in ${this.queue.dir}`);
      return;
    }
    try {
      this.queue?.add(kind, body);
      this.shipper?.wake();
    } catch (error) {
      this.drop(items, messageOf(error));
    }
  }

  /** Ships until the signal comes, then says in one line what waits on disk. */
  async finish(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.stop.abort(), { once: true });
    const own = (await this.shipper?.finish(signal)) ?? 0;
    const left = own + (await this.leftovers);
    if (left > 0) {
      this.say(
        `${this.client.url} has not taken everything: ${left} batches wait in ${this.stateDir}; ` +
          'the next `joblens exec` or `joblens flush` ships them.'
      );
    }
    if (this.dropped > 0) {
      this.say(`${this.dropped} lines could not be kept and are lost.`);
    }
  }

  /** Only what was meant for this service under this token: another token may mean another tenant. */
  private async shipLeftovers(token: string): Promise<number> {
    const queues = Queue.leftovers(this.stateDir).filter(
      ({ owner }) => owner.url === this.client.url && owner.token === token
    );
    return shipInOrder(queues, this.client, this.say, this.stop.signal);
  }

  private drop(items: number, why: string): void {
    if (this.dropped === 0) {
      this.say(`lines are being lost: ${why}.`);
    }
    this.dropped += items;
  }
}

/** Ships whole queues one after the other. @returns how many batches are left */
export async function shipInOrder(
  queues: readonly Queue[],
  client: Client,
  say: (message: string) => void,
  signal: AbortSignal
): Promise<number> {
  let left = 0;
  for (const queue of queues) {
    left += await new Shipper(queue, client, say).finish(signal);
  }
  return left;
}
