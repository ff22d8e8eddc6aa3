import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problems } from '../errors.js';
import type { Caller } from './context.js';

const DAY_S = 86_400;

/**
 * What each token may do at most, where it was made with a limit: requests a second, bytes a day. Counted by this
 * service alone, and anew after a restart.
 */
export class Limits {
  readonly #limiters = new Map<string, RateLimiterMemory>();

  /** @throws Coded 429 with the time to come back */
  async request(caller: Caller): Promise<void> {
    if (caller.rate !== undefined) {
      const points = Math.max(1, Math.round(caller.rate));
      await this.#take(caller, 'rate', points, caller.rate < 1 ? 1 / caller.rate : 1, 1);
    }
  }

  /** @throws Coded 429 with the time to come back; nothing was taken of the request */
  async bytes(caller: Caller, bytes: number): Promise<void> {
    if (caller.quota !== undefined) {
      await this.#take(caller, 'quota', caller.quota, DAY_S, bytes);
    }
  }

  async #take(caller: Caller, what: 'rate' | 'quota', points: number, duration: number, cost: number): Promise<void> {
    const name = `${what} ${points} ${duration}`;
    const limiter = this.#limiters.get(name) ?? new RateLimiterMemory({ keyPrefix: name, points, duration });
    this.#limiters.set(name, limiter);
    try {
      await limiter.consume(caller.id, cost);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) {
        throw problems.overLimit(
          what === 'rate'
            ? `This token may make ${points} requests in ${duration} s.`
            : `This token may send ${points} bytes a day. Nothing was taken of this request.`,
          Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        );
      }
      throw refused;
    }
  }
}
