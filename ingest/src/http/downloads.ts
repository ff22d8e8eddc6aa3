import type { Readable } from 'node:stream';
import { stream } from 'hono/streaming';
import { problems } from '../errors.js';
import { within } from '../within.js';
import type { AppContext } from './context.js';

/** The embedded engine answers four questions at a time. */
const AT_ONCE = 2;
const WAIT_MS = 10_000;
const STALL_MS = 30_000;

/**
 * Answers that ClickHouse gives byte by byte take one of its few connections for as long as their reader takes. A few
 * are given at a time, the others wait for their turn, and a reader who stands still is left, so that all else goes on.
 */
export class Downloads {
  #free = AT_ONCE;
  readonly #waiting: Array<() => void> = [];

  /** @throws Coded 503 where too many others take too long */
  async answer(c: AppContext, open: () => Promise<Readable>): Promise<Response> {
    await this.#take();
    try {
      return this.#send(c, await open());
    } catch (error) {
      this.#give();
      throw error;
    }
  }

  #send(c: AppContext, source: Readable): Response {
    return stream(c, async (out) => {
      out.onAbort(() => void source.destroy());
      try {
        for await (const chunk of source) {
          const taken = out.write(chunk as Buffer).then(() => true);
          if (!(await within(taken, STALL_MS))) {
            throw new Error(`whoever asked for ${c.req.path} reads no further`);
          }
        }
      } catch (error) {
        // Half a log must not look like a whole one.
        c.env.outgoing?.destroy();
        if (!out.aborted) {
          throw error;
        }
      } finally {
        source.destroy();
        this.#give();
      }
    });
  }

  async #take(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    let turn = () => {};
    await within(
      new Promise<void>((resolve) => {
        turn = resolve;
        this.#waiting.push(turn);
      }),
      WAIT_MS
    );
    const at = this.#waiting.indexOf(turn);
    if (at !== -1) {
      this.#waiting.splice(at, 1);
      throw problems.busy('Other logs are being read, and take long.');
    }
  }

  #give(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}
