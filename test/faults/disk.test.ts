import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Problem } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';
import { faultyDisk, type DiskFault } from './disk.js';
import { FULL, Ledger } from './ledger.js';

const MINUTES = 60_000;
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
let data: string;
let service: TestService | undefined;
afterEach(async () => {
  await service?.stop();
  rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}, MINUTES);
const folder = () => (data = mkdtempSync(join(tmpdir(), 'joblens-disk-')));

test(
  'nothing is lost, doubled or taken by half while the disk is full, does not sync, or takes nothing back',
  { timeout: (FULL ? 30 : 4) * MINUTES },
  async () => {
    const disk = faultyDisk(folder());
    service = await startService({ data, env: { ...disk.env, JOBLENS_SEGMENT_MS: '50', JOBLENS_LOG_LEVEL: 'silent' } });
    const { url } = service;
    const ledger = new Ledger();
    const refused: Problem[] = [];
    const faults = (async () => {
      for (let round = 0; round < (FULL ? 50 : 2); round++) {
        for (const fault of ['full', 'fsync', 'stuck'] satisfies DiskFault[]) {
          disk.set(fault);
          const answer = await call<Problem>(url, 'POST', '/v1/lines', { job: 'refused', run: fault, message: 'x' });
          expect(answer.status).toBe(503);
          expect(answer.headers.get('retry-after')).toBe('5');
          refused.push(answer.body);
          await after(FULL ? 1000 : 300);
          disk.set('none');
          await after(FULL ? 500 : 200);
        }
      }
    })();
    await ledger.writeUntil(faults, () => url);
    await settled(url);
    expect(ledger.accepted).toBeGreaterThan(50);
    expect(await ledger.check(url)).toEqual([]);
    expect(refused[0]?.detail).toMatch(/Nothing was taken of this request/);
    // What was refused without a key is not there either, also not after a restart.
    await service.kill('SIGKILL');
    service = await startService({ data });
    await settled(service.url);
    expect((await call(service.url, 'GET', '/v1/job?job=refused')).status).toBe(404);
    expect(await ledger.check(service.url)).toEqual([]);
  }
);

test(
  'segments that are torn or changed on disk lose what was damaged and nothing else, and it is reported',
  { timeout: 4 * MINUTES },
  async () => {
    // An engine that nobody answers at: what is accepted waits.
    service = await startService({ data: folder(), env: { CLICKHOUSE_URL: 'http://127.0.0.1:9' } });
    const send = (path: string, body: object) => call(service?.url ?? '', 'POST', path, body);
    for (let i = 0; i < 40; i++) {
      await send(
        '/v1/lines',
        Array.from({ length: 50 }, (_, seq) => ({ job: 'damage', run: `r${i}`, seq, message: `${i} ${seq}` }))
      );
      await send('/v1/runs', { job: 'damaged runs', run: `r${i}`, status: 'succeeded', message: `run ${i}` });
    }
    await service.kill('SIGKILL');
    const spool = join(data, 'spool');
    const lost = ['r7', 'r39'];
    for (const name of readdirSync(spool).filter((file) => file.endsWith('.seg'))) {
      damage(join(spool, name));
    }
    service = await startService({ data });
    await settled(service.url);
    const stored = async (job: string) =>
      (
        await call<{ runs: Array<{ run: string; lines: number }> }>(
          service?.url ?? '',
          'GET',
          `/v1/runs?limit=100&job=${job}`
        )
      ).body.runs;
    const expected = Array.from({ length: 40 }, (_, i) => `r${i}`)
      .filter((run) => !lost.includes(run))
      .sort();
    const lines = await stored('damage');
    expect(lines.map(({ run }) => run).sort()).toEqual(expected);
    expect(lines.filter((run) => run.lines !== 50)).toEqual([]);
    expect((await stored('damaged%20runs')).map(({ run }) => run).sort()).toEqual(expected);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    const aside = readdirSync(join(spool, 'aside')).filter((name) => name.endsWith('.seg')).length;
    expect(aside).toBeGreaterThanOrEqual(2);
    expect(metrics).toContain(`joblens_spool_set_aside ${aside}\n`);
  }
);

/** Flips a bit in the request of run 7, and tears the request of run 39 off in its middle, wherever they stand. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  const at = (run: number) => bytes.indexOf(`"r${run}"`);
  if (at(7) !== -1) {
    bytes[at(7)] = 0x20;
    writeFileSync(path, bytes);
  }
  if (at(39) !== -1) {
    truncateSync(path, at(39) + 3);
  }
}
