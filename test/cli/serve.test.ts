import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { jobsAnswer, runsAnswer } from '../../ingest/src/model/answer.js';
import { joblens } from '../support/joblens.js';
import { startService } from '../support/service.js';

it('loads the demo into an empty store, keeps it, and does not load it twice', { timeout: 180_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'joblens-serve-test-'));
  // The demo's jobs go on while this runs: what is counted had ended before.
  const before = Date.now();
  const runCount = async (url: string) => {
    const ended = [{ field: 'status', op: '!in', value: ['running', 'pending'] }];
    const query = { refId: 'A', question: 'counts', format: 'numeric', filters: ended };
    const body = JSON.stringify({ from: before - 15 * 86_400_000, to: before, queries: [query] });
    const response = await fetch(`${url}/v1/query`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return JSON.stringify(await response.json());
  };

  const first = await startService({ data, args: [] });
  await vi.waitFor(
    async () => {
      const { jobs } = jobsAnswer.parse(await (await fetch(`${first.url}/v1/jobs?limit=100`)).json());
      expect(jobs.length).toBeGreaterThanOrEqual(28);
      const query = 'job=billing/invoice-export&status=failed&limit=5';
      const { runs } = runsAnswer.parse(await (await fetch(`${first.url}/v1/runs?${query}`)).json());
      expect(runs[0]?.first_error_line).toBe('UpstreamTimeout: GET /v2/invoices?page=3 took 30 s');
      expect(await (await fetch(`${first.url}/metrics`)).text()).toMatch(/joblens_spool_bytes 0\n/);
    },
    { timeout: 150_000, interval: 500 }
  );
  const counted = await runCount(first.url);
  expect(await first.stop()).toBe(0);

  const second = await startService({ data, args: [] });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await runCount(second.url)).toBe(counted);
  expect(await second.stop()).toBe(0);
  await rm(data, { recursive: true, force: true });
});

it('says in one line why it cannot start', async () => {
  const ended = await joblens(['serve', '--port', 'eighty', '--data', join(tmpdir(), 'joblens-never')]);
  expect(ended.status).toBe(1);
  expect(ended.stderr.toString()).toMatch(/JOBLENS_PORT/);
  expect(ended.stderr.toString()).not.toMatch(/ at .*\.js:/);
});
