import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RunsAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';
import { BODY_BYTES, offer, type Outcome } from './load.js';
import { FULL } from './ledger.js';

const MINUTES = 60_000;
const MIB = 1024 * 1024;
let data: string;
let service: TestService | undefined;
afterEach(async () => {
  await service?.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}, 2 * MINUTES);
const start = async (env: NodeJS.ProcessEnv) =>
  (service = await startService({ data, env: { JOBLENS_LOG_LEVEL: 'error', ...env } }));

const total = ({ accepted }: Outcome) => [...accepted.values()].reduce((sum, lines) => sum + lines, 0);
const p99 = (latencies: number[]) => [...latencies].sort((a, b) => a - b)[Math.floor(latencies.length * 0.99)] ?? 0;
/** Lines of each run as they are stored. */
const stored = async (url: string) => {
  const { runs } = (await call<RunsAnswer>(url, 'GET', '/v1/runs?job=overload&limit=1000')).body;
  return new Map(runs.map(({ run, lines }) => [run, lines]));
};
/** The most memory that the service's own process ever had, bytes; its engine is another process. */
const peakOf = (pid: number) =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

test(
  'at twice the load that can be stored: bounded memory and latency, 503 for the rest, nothing accepted is lost',
  { timeout: (FULL ? 30 : 5) * MINUTES },
  async () => {
    data = mkdtempSync(join(tmpdir(), 'joblens-overload-'));
    const { url, pid } = await start({ JOBLENS_SPOOL_MAX: String((FULL ? 256 : 16) * MIB) });
    const clients = 16;
    const began = performance.now();
    const first = await offer(url, { rate: Infinity, clients, until: (o) => total(o) >= (FULL ? 2_000_000 : 50_000) });
    await settled(url, 240);
    const sustainable = ((total(first) / 1000) * BODY_BYTES) / ((performance.now() - began) / 1000);

    const end = Date.now() + (FULL ? 10 * MINUTES : 8000);
    const outcome = await offer(url, { rate: 2 * sustainable, clients, until: () => Date.now() > end });
    const [latency, peak] = [p99(outcome.latencies), peakOf(pid)];
    await settled(url, 600);
    console.log(
      `sustainable ${(sustainable / 1e6).toFixed(1)} MB/s; at twice that: accepted ${outcome.latencies.length} requests, refused ${outcome.refused}, ` +
        `p99 ${latency.toFixed(0)} ms, memory of the service at most ${(peak / 1e6).toFixed(0)} MB`
    );
    expect(outcome).toMatchObject({ rude: 0, failed: 0 });
    // The second load begins its numbers anew: what has the number of a line before is that line.
    const lines = new Map([...outcome.accepted].map(([run, n]) => [run, Math.max(n, first.accepted.get(run) ?? 0)]));
    expect(await stored(url)).toEqual(lines);
    expect(peak).toBeLessThan(600e6);
    expect(latency).toBeLessThan(5000);
  }
);

test('SIGTERM under load drains, and exits 0 within 10 s', { timeout: 5 * MINUTES }, async () => {
  data = mkdtempSync(join(tmpdir(), 'joblens-overload-'));
  const { url, ...running } = await start({});
  const began = Date.now();
  const loading = offer(url, {
    rate: Infinity,
    clients: 8,
    until: (o) => o.failed > 0 || Date.now() - began > MINUTES,
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const asked = performance.now();
  expect(await running.stop()).toBe(0);
  const took = performance.now() - asked;
  const outcome = await loading;
  expect(took).toBeLessThan(10_000);
  const again = await start({});
  await settled(again.url, 120);
  const kept = await stored(again.url);
  // What broke off without an answer may be there or not.
  outcome.accepted.forEach((lines, run) => expect(kept.get(run)).toBeGreaterThanOrEqual(lines));
});

test(
  `a start with a backlog of ${FULL ? '1 GB' : '50 MB'} takes writes at once`,
  { timeout: 10 * MINUTES },
  async () => {
    data = mkdtempSync(join(tmpdir(), 'joblens-overload-'));
    // Nobody answers at this address: what is accepted waits.
    const before = await start({ CLICKHOUSE_URL: 'http://127.0.0.1:9' });
    const bytes = FULL ? 1e9 : 50e6;
    const outcome = await offer(before.url, {
      rate: Infinity,
      clients: 8,
      until: ({ latencies }) => latencies.length * BODY_BYTES >= bytes,
    });
    await before.kill('SIGKILL');
    const began = performance.now();
    const { url } = await start({});
    const first = await call(url, 'POST', '/v1/lines', { job: 'after', run: 'r', message: 'x' });
    console.log(`first write after ${(performance.now() - began).toFixed(0)} ms`);
    expect(first.status).toBe(202);
    expect(performance.now() - began).toBeLessThan(FULL ? 5000 : 15_000);
    await settled(url, 300);
    expect(await stored(url)).toEqual(outcome.accepted);
  }
);
