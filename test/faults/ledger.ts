import type { LinesAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';

/** Short in `npm test`, long in `npm run faults`. */
export const FULL = process.env['JOBLENS_FAULTS'] === 'full';

/**
 * What clients were promised. They write numbered lines and runs, note each 202, and repeat what got no answer under the
 * same Idempotency-Key; in the end every noted one must be there once, and nothing that was never sent.
 */
export class Ledger {
  readonly #accepted = new Set<string>();
  readonly #sent = new Set<string>();
  #next = 0;

  get accepted(): number {
    return this.#accepted.size;
  }

  /** Writes until `done` settles: each client one request after the other, to wherever the service is at the time. */
  async writeUntil(done: Promise<unknown>, url: () => string, clients = 4): Promise<void> {
    let over = false;
    const end = done.finally(() => (over = true));
    await Promise.all([
      end,
      ...Array.from({ length: clients }, async (_, client) => {
        while (!over) {
          const of = this.#batch(client);
          for (let attempt = 0; attempt < 50 && !over; attempt++) {
            const answer = await this.#try(url(), of);
            if (answer !== undefined && answer < 500) {
              break;
            }
            await new Promise((resolve) => setTimeout(resolve, 20 + 20 * attempt));
          }
        }
      }),
    ]);
  }

  #batch(client: number) {
    const key = `batch-${this.#next}`;
    const runs = this.#next % 5 === 0;
    const ids = Array.from({ length: runs ? 3 : 50 }, () => `${runs ? 'run' : 'line'} ${this.#next++}`);
    const body = ids
      .map((id) =>
        JSON.stringify(
          runs
            ? { job: 'ledger', run: id, status: 'succeeded', started_at: Date.now() - 1000, finished_at: Date.now() }
            : { job: 'ledger lines', run: `of ${client}`, message: id }
        )
      )
      .join('\n');
    return { key, path: runs ? '/v1/runs' : '/v1/lines', ids, body };
  }

  async #try(url: string, of: { key: string; path: string; ids: string[]; body: string }): Promise<number | undefined> {
    of.ids.forEach((id) => this.#sent.add(id));
    const answer = await call(url, 'POST', of.path, of.body, { 'idempotency-key': of.key }).catch(() => undefined);
    if (answer?.status === 202) {
      of.ids.forEach((id) => this.#accepted.add(id));
    }
    return answer?.status;
  }

  /** What went wrong, in words: nothing, if the promise was kept. */
  async check(url: string): Promise<string[]> {
    const stored = [...(await storedRuns(url)), ...(await storedLines(url))];
    const once = new Set<string>();
    const doubles = stored.filter((id) => once.size === once.add(id).size);
    return [
      ...doubles.map((id) => `${id} is there more than once`),
      ...[...this.#accepted].filter((id) => !once.has(id)).map((id) => `${id} was accepted and is lost`),
      ...[...once].filter((id) => !this.#sent.has(id)).map((id) => `${id} was never sent`),
    ].slice(0, 20);
  }
}

async function storedRuns(url: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const { body }: { body: RunsAnswer } = await call<RunsAnswer>(
      url,
      'GET',
      `/v1/runs?job=ledger&limit=1000${cursor}`
    );
    found.push(...body.runs.map(({ run }) => run));
    cursor = body.next ? `&cursor=${body.next}` : '';
  } while (cursor !== '');
  return found;
}

async function storedLines(url: string): Promise<string[]> {
  const { body } = await call<RunsAnswer>(url, 'GET', '/v1/runs?job=ledger%20lines&limit=1000');
  const found: string[] = [];
  for (const { key } of body.runs) {
    let cursor = '';
    do {
      const page: { body: LinesAnswer } = await call<LinesAnswer>(
        url,
        'GET',
        `/v1/run/lines?key=${key}&limit=10000${cursor}`
      );
      found.push(...page.body.lines.map(({ message }) => message));
      cursor = page.body.next ? `&cursor=${page.body.next}` : '';
    } while (cursor !== '');
  }
  return found;
}
