import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinesAnswer, RunAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';

/** Real build logs in pass/fail pairs; where they are not, test/api/contract.test.ts has hand-made bytes. */
const samples = resolve(import.meta.dirname, '../../../shared/samples/cidiff/breakages_dump');

describe.runIf(existsSync(samples))('real build logs, each pair as two runs of one job', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const pairs = (existsSync(samples) ? readdirSync(samples) : []).flatMap((job) =>
    readdirSync(join(samples, job)).map((run) => ({ job, run, folder: join(samples, job, run) }))
  );

  test('come back byte for byte but for redacted spans, and say where they fail', async () => {
    expect(pairs.length).toBeGreaterThan(10);
    for (const { job, run, folder } of pairs) {
      for (const outcome of ['pass', 'fail'] as const) {
        const sent = readFileSync(join(folder, `${outcome}.log`));
        const id = `job=${encodeURIComponent(job)}&run=${run}-${outcome}`;
        const headers = { 'content-type': 'text/plain' };
        const status = outcome === 'pass' ? 'succeeded' : 'failed';
        await call(service.url, 'POST', `/v1/run/lines?${id}`, new Uint8Array(sent), headers);
        await call(service.url, 'POST', '/v1/runs', { job, run: `${run}-${outcome}`, status });
      }
    }
    await settled(service.url);
    let redacted = 0;
    for (const { job, run, folder } of pairs) {
      for (const outcome of ['pass', 'fail'] as const) {
        const sent = readFileSync(join(folder, `${outcome}.log`));
        const path = `/v1/run/lines?job=${encodeURIComponent(job)}&run=${run}-${outcome}`;
        const read = await fetch(`${service.url}${path}`, { headers: { accept: 'text/plain' } });
        const expected = withoutSignatures(sent);
        redacted += expected.equals(sent) ? 0 : 1;
        expect(Buffer.from(await read.arrayBuffer()).equals(expected), `${job} ${run} ${outcome}`).toBe(true);
      }
      const failed = await call<RunAnswer>(
        service.url,
        'GET',
        `/v1/run?job=${encodeURIComponent(job)}&run=${run}-fail`
      );
      expect(failed.body.status).toBe('failed');
      const lines = await call<LinesAnswer>(service.url, 'GET', `/v1/run/lines?key=${failed.body.key}&limit=10000`);
      expect(lines.body.total).toBe(
        readFileSync(join(folder, 'fail.log'))
          .toString('latin1')
          .split('\n')
          .filter((line, i, all) => i < all.length - 1 || line !== '').length
      );
    }
    expect(redacted).toBe(1);
  });
});

/** The only secrets in these logs: the signatures of seven signed URLs, which are redacted before they are stored. */
function withoutSignatures(log: Buffer): Buffer {
  return Buffer.from(log.toString('latin1').replaceAll(/(&Signature=)[^"]+/g, '$1[redacted]'), 'latin1');
}
