import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { call, type QueryAnswer } from '../support/client.js';
import { engine, engineOf, engineUrl } from '../support/engine.js';
import { settled, startService, type StartOptions, type TestService } from '../support/service.js';
import { FULL, Ledger } from './ledger.js';

const MINUTES = 60_000;
const running: TestService[] = [];
afterEach(async () => {
  for (const service of running.splice(0).reverse()) {
    await service.stop();
  }
}, MINUTES);
const start = async (env: StartOptions['env']) => {
  const service = await startService({ env });
  running.push(service);
  return service;
};

const DAY = 86_400_000;
const ask = async (url: string, query: object) =>
  (
    await call<QueryAnswer>(url, 'POST', '/v1/query', {
      from: Date.now() - DAY,
      to: Date.now() + DAY,
      queries: [{ refId: 'A', ...query }],
    })
  ).body.results['A'];

/** Lines by the engine itself: as many, and as long. */
const fill = (service: TestService, rows: number, length: number) =>
  engine(
    service,
    `INSERT INTO lines (tenant, job, run, attempt, seq, time, level, message, received_at) SELECT 'default', 'large', toString(number % 50), 1, number,
      now64(3), 'error', concat(toString(cityHash64(number)), repeat('x', ${length})), now64(3) FROM numbers(${rows})`
  );

test(
  'a question that would eat all memory is stopped with words, and the rest goes on',
  { timeout: 3 * MINUTES },
  async () => {
    const service = await start({ JOBLENS_QUERY_MEMORY: String(16 * 1024 * 1024) });
    const { url } = service;
    await fill(service, 100_000, 400);
    const eater = { question: 'lines' };
    const [large, , small] = await Promise.all([
      ask(url, eater),
      call(url, 'POST', '/v1/lines?wait=1', { job: 'small', run: 'r', message: 'beside it' }),
      ask(url, { question: 'counts' }),
    ]);
    expect(large).toMatchObject({ status: 422, error: expect.stringMatching(/shorter time range/) as string });
    expect(small?.status).toBe(200);
    expect((await call(url, 'GET', '/v1/run?job=small&run=r')).status).toBe(200);
  }
);

test(
  'a question that would take for ever is stopped with words, and the rest goes on',
  { timeout: 3 * MINUTES },
  async () => {
    const backend = await start({});
    await fill(backend, 4_000_000, 50);
    const { url } = await start({ CLICKHOUSE_URL: engineUrl(backend), JOBLENS_QUERY_TIMEOUT: '0.3' });
    await settled(url);
    const [slow, , quick] = await Promise.all([
      ask(url, { question: 'lines' }),
      call(url, 'POST', '/v1/lines?wait=1', { job: 'small', run: 'r', message: 'beside it' }),
      call(url, 'GET', '/v1/jobs'),
    ]);
    expect(slow).toMatchObject({ status: 504, error: expect.stringMatching(/shorter time range/) as string });
    expect(quick.status).toBe(200);
    expect((await call(url, 'GET', '/v1/run?job=small&run=r')).status).toBe(200);
  }
);

test(
  'nothing is lost or doubled when the engine gets no more memory, and writes are taken all the while',
  { timeout: (FULL ? 30 : 4) * MINUTES },
  async () => {
    const { url, pid } = await start({ JOBLENS_LOG_LEVEL: 'silent' });
    const ledger = new Ledger();
    const rounds: number[] = [];
    const limits = (async () => {
      for (let round = 0; round < (FULL ? 30 : 2); round++) {
        const starved = engineOf(pid);
        const before = ledger.accepted;
        limitMemory(starved, 'starved');
        await sleep(3000);
        rounds.push(ledger.accepted - before);
        limitMemory(starved, 'free');
        await expect.poll(async () => (await fetch(`${url}/v1/runs`)).status, { timeout: MINUTES }).toBe(200);
      }
    })();
    await ledger.writeUntil(limits, () => url);
    await settled(url);
    expect(await ledger.check(url)).toEqual([]);
    rounds.forEach((accepted) => expect(accepted).toBeGreaterThan(0));
  }
);

/** A process that may take no more address space than it has gets no memory: it answers errors, or it ends. */
function limitMemory(pid: number, to: 'starved' | 'free'): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--as=${to === 'starved' ? '1000000' : 'unlimited'}:unlimited`], {
      stdio: 'ignore',
    });
  } catch {
    // It has ended meanwhile, and another was started.
  }
}
