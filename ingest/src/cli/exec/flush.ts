import { createClient } from '../client.js';
import { CliError } from '../errors.js';
import { parseSeconds, say } from './command.js';
import { shipInOrder } from './outbox.js';
import { Queue } from './queue.js';
import { stateDir } from '../state.js';

export interface FlushOptions {
  url: string;
  token?: string;
  state?: string;
  flushTimeout: string;
}

/** `joblens flush`: ships what earlier `joblens exec` left on disk for this service, oldest first. */
export async function runFlush(options: FlushOptions): Promise<void> {
  const client = createClient({ url: options.url, token: options.token });
  const folder = stateDir('exec', options.state);
  const all = Queue.leftovers(folder);
  const queues = all.filter(({ owner }) => owner.url === client.url);
  const before = queues.reduce((sum, queue) => sum + queue.batches().length, 0);

  const left = await shipInOrder(queues, client, say, AbortSignal.timeout(parseSeconds(options.flushTimeout)));
  process.stdout.write(`${before - left} batches of ${queues.length} runs shipped to ${client.url}\n`);
  if (all.length > queues.length) {
    const others = [...new Set(all.filter((queue) => !queues.includes(queue)).map(({ owner }) => owner.url))];
    process.stdout.write(`${all.length - queues.length} runs wait for other addresses: ${others.join(', ')}\n`);
  }
  if (left > 0) {
    throw new CliError(`${left} batches still wait in ${folder}: ${client.url} did not take them.`);
  }
}
