import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engineOf, engineUrl } from '../support/engine.js';
import { ownServices } from '../support/own.js';
import { settled, startService, type TestService } from '../support/service.js';
import { FULL, Ledger } from './ledger.js';
import { faultyProxy, type Fault } from './proxy.js';

const { running, start, folder } = ownServices();

const MINUTES = 60_000;
const between = (low: number, high: number) => low + Math.random() * (high - low);
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test(
  `nothing is lost or doubled when the service is killed, at any moment`,
  { timeout: (FULL ? 90 : 8) * MINUTES },
  async () => {
    const data = folder();
    const ledger = new Ledger();
    let url = 'http://127.0.0.1:9';
    const kills = (async () => {
      // The first falls into the migrations, every fifth into the replay of what the one before left.
      for (let i = 0; i < (FULL ? 500 : 20); i++) {
        const service = startService({ data, env: { JOBLENS_SEGMENT_MS: '30' } });
        if (i === 0) {
          await killEarly(data, service);
          continue;
        }
        const up = await service;
        url = up.url;
        await after(i % 5 === 0 ? 0 : between(50, 900));
        await up.kill('SIGKILL');
      }
    })();
    await ledger.writeUntil(kills, () => url);
    const service = await start({ data });
    await settled(service.url);
    expect(ledger.accepted).toBeGreaterThan(200);
    expect(await ledger.check(service.url)).toEqual([]);
  }
);

test(
  'nothing is lost or doubled by two services on one ClickHouse, one of which is killed again and again',
  { timeout: (FULL ? 30 : 5) * MINUTES },
  async () => {
    const backend = await start({});
    const env = { CLICKHOUSE_URL: engineUrl(backend), JOBLENS_DATABASE: 'shared', JOBLENS_SEGMENT_MS: '50' };
    const steady = await start({ env });
    const data = folder();
    let other = await startService({ data, env });
    const ledger = new Ledger();
    const kills = (async () => {
      for (let i = 0; i < (FULL ? 50 : 3); i++) {
        await after(between(300, 1500));
        await other.kill('SIGKILL');
        other = await startService({ data, env });
      }
    })();
    // Each client's next request, and each repetition, goes to the other service.
    let turn = 0;
    await ledger.writeUntil(kills, () => (turn++ % 2 ? steady.url : other.url));
    running.push(other);
    await settled(steady.url);
    await settled(other.url);
    expect(ledger.accepted).toBeGreaterThan(50);
    expect(await ledger.check(steady.url)).toEqual([]);
  }
);

/** Ends a service that has not said yet where it listens: its engine's file tells that it began. */
async function killEarly(data: string, service: Promise<TestService>): Promise<void> {
  service.catch(() => undefined);
  await expect.poll(() => readable(join(data, 'engine.json')), { timeout: MINUTES, interval: 10 }).toBe(true);
  (await service).process.kill('SIGKILL');
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}

test(
  'nothing is lost or doubled while ClickHouse is away, slow, refusing, half, or silent',
  { timeout: (FULL ? 60 : 8) * MINUTES },
  async () => {
    const backend = await start({});
    const proxy = await faultyProxy(engineUrl(backend));
    try {
      const service = await start({
        args: ['--no-demo'],
        env: {
          CLICKHOUSE_URL: proxy.url,
          JOBLENS_DATABASE: 'behind_proxy',
          JOBLENS_QUERY_TIMEOUT: '3',
          JOBLENS_SEGMENT_MS: '50',
        },
      });
      const ledger = new Ledger();
      const faults = (async () => {
        for (let round = 0; round < (FULL ? 20 : 1); round++) {
          for (const fault of ['away', 'refusing', 'half', 'silent', 'slow', 'none'] as Fault[]) {
            proxy.set(fault);
            await after(between(500, FULL ? 6000 : 1500));
          }
        }
      })();
      await ledger.writeUntil(faults, () => service.url);
      proxy.set('none');
      await settled(service.url, 240);
      expect(ledger.accepted).toBeGreaterThan(500);
      expect(await ledger.check(service.url)).toEqual([]);
    } finally {
      proxy.close();
    }
  }
);

test(
  'nothing is lost or doubled when the engine is killed, and it is back within 5 s',
  { timeout: (FULL ? 30 : 5) * MINUTES },
  async () => {
    const service = await start({});
    const ledger = new Ledger();
    const slowest: number[] = [];
    const kills = (async () => {
      for (let i = 0; i < (FULL ? 50 : 3); i++) {
        await after(between(100, 1500));
        process.kill(engineOf(service.pid), 'SIGKILL');
        const killed = Date.now();
        await expect
          .poll(async () => (await fetch(`${service.url}/v1/runs`)).status, { timeout: MINUTES, interval: 50 })
          .toBe(200);
        slowest.push(Date.now() - killed);
      }
    })();
    await ledger.writeUntil(kills, () => service.url);
    await settled(service.url);
    expect(await ledger.check(service.url)).toEqual([]);
    // Slower machines than the one that this was measured on get three times as long.
    expect(Math.max(...slowest)).toBeLessThan(15_000);
  }
);
