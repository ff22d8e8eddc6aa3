import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';

/** Real build logs in pass/fail pairs with their true error lines; test/api/compare.test.ts has hand-made ones. */
const samples = resolve(import.meta.dirname, '../../../shared/samples/cidiff/breakages_dump');

interface Pair {
  job: string;
  run: string;
  fail: Buffer;
  pass: Buffer;
  /** Numbers of the lines that say what went wrong, from 1. */
  truth: number[];
}

const pairs = (existsSync(samples) ? readdirSync(samples) : []).flatMap((job) =>
  readdirSync(join(samples, job)).map((run): Pair => {
    const read = (name: string) => readFileSync(join(samples, job, run, name));
    const truth = [
      ...read('groundtruth')
        .toString()
        .matchAll(/^E (\d+)(?:-(\d+))?$/gm),
    ].flatMap(([, from, to]) =>
      Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, i) => Number(from) + i)
    );
    return { job: `${job}/${run}`, run, fail: read('fail.log'), pass: read('pass.log'), truth };
  })
);

describe.runIf(existsSync(samples))('failed builds compared with the last success', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    for (const { job, pass, fail } of pairs) {
      for (const [run, log, status, hour] of [
        ['pass', pass, 'succeeded', 1],
        ['fail', fail, 'failed', 2],
      ] as const) {
        const id = `job=${encodeURIComponent(job)}&run=${run}`;
        await call(service.url, 'POST', `/v1/run/lines?${id}`, new Uint8Array(log), { 'content-type': 'text/plain' });
        await call(service.url, 'POST', '/v1/runs', { job, run, status, started_at: `2026-11-01T0${hour}:00:00Z` });
      }
    }
    await settled(service.url);
  });
  afterAll(() => service.stop());

  test('nearly all true error lines are new, and little else', async () => {
    const found = [];
    for (const { job, truth } of pairs) {
      const frames = await ask(service.url, { question: 'compare', job, run: 'fail' }, { from: 0, to: Date.now() });
      const [summary] = rowsOf(frames[0]);
      const ranges = JSON.parse(String(summary?.['ranges'])) as Array<[number, number]>;
      const isNew = (line: number) => ranges.some(([from, to]) => line >= from && line <= to);
      found.push({
        truth: truth.length,
        hit: truth.filter(isNew).length,
        share: Number(summary?.['new_lines']) / Number(summary?.['lines']),
      });
      expect(
        rowsOf(frames[2])
          .map((line) => line['n'])
          .every((n) => isNew(Number(n)))
      ).toBe(true);
    }
    const shares = found.map(({ share }) => share).sort((a, b) => a - b);
    const median =
      ((shares[Math.floor((shares.length - 1) / 2)] ?? 1) + (shares[Math.ceil((shares.length - 1) / 2)] ?? 1)) / 2;
    const recall = found.reduce((sum, { hit }) => sum + hit, 0) / found.reduce((sum, { truth }) => sum + truth, 0);
    expect(recall).toBeGreaterThanOrEqual(0.99);
    expect(median).toBeLessThanOrEqual(0.04);
  });
});
