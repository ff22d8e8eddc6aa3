import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import { within } from '../within.js';
import { sweep } from './sweep.js';

type Sweeping = Parameters<typeof sweep>[0];

const STOP_MS = 2000;

/** Judges the schedules again and again, once the schema is there. */
export function startSweeping(services: Sweeping, ready: Promise<unknown>, everyMs: number): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    await ready.catch(() => undefined);
    while (!stopped) {
      await sweep(services).catch((error: unknown) => {
        if (!stopped) {
          services.log.warn({ error: error instanceof Error ? error.message : error }, 'schedules: trying again');
        }
      });
      if (!stopped) {
        await pause();
      }
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await within(running, STOP_MS);
    },
  };
}

/** The service of a data folder stays the same one over restarts. */
export function serviceId(data: string): string {
  const path = join(data, 'service.id');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    const id = uuid();
    writeFileSync(path, `${id}\n`, { mode: 0o600 });
    return id;
  }
}
