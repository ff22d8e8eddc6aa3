// Makes a data folder as this release leaves it: a store, and a spool with what was accepted and not stored.
// Run once for each release, before it is tagged: npm run build -w ingest && node test/kept/make.mjs 0.1.0
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [release = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(release)) {
  throw new Error('usage: node test/kept/make.mjs RELEASE');
}
const here = import.meta.dirname;
const data = mkdtempSync(join(tmpdir(), 'joblens-kept-'));

/** Runs the service while `work` does something with it, and ends it with `signal`. */
async function withService(env, signal, work) {
  const args = [resolve(here, '../../ingest/bin/joblens.js'), 'serve', '--port', '0', '--data', data, '--no-demo'];
  const service = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface(service.stdout)) {
    const url = /^listening on (\S+)$/.exec(line)?.[1];
    if (url) {
      await work(async (method, path, body, headers = {}) => {
        const answer = await fetch(url + path, {
          method,
          headers,
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
        if (!answer.ok) {
          throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        }
      });
      break;
    }
  }
  service.kill(signal);
  await once(service, 'exit');
}

const run = (n, from) => ({
  job: 'kept',
  run: `${from} ${n}`,
  status: n % 2 ? 'succeeded' : 'failed',
  started_at: `2026-11-0${n + 1}T03:00:00Z`,
  finished_at: `2026-11-0${n + 1}T03:05:00Z`,
  metadata: { exact: '123456789012345678901' },
});
const lines = (from) => [0, 1, 2].map((seq) => ({ job: 'kept', run: `${from} 0`, seq, message: `error: line ${seq}` }));
const record = (from) => ({
  job: 'kept',
  run: `${from} 0`,
  phase: 'data',
  outcome: 'success',
  key: 'a',
  data: { b: 1 },
});
const everything = (from) => async (send) => {
  await send(
    'POST',
    '/v1/runs',
    [0, 1, 2].map((n) => run(n, from))
  );
  await send('POST', '/v1/lines', lines(from));
  await send('POST', '/v1/records', record(from));
  await send('POST', `/v1/jobs/kept/runs/${from}%201/lines`, 'raw one\nraw two', { 'content-type': 'text/plain' });
  await send('PUT', `/v1/jobs/${from}-configured`, { owner: 'ops', schedule: '0 3 * * *', paused: true });
};

await withService({}, 'SIGTERM', async (send) => {
  await everything('stored')(send);
  await send('PUT', '/v1/settings/retention', { runs: 36_500, lines: 36_500, records: 36_500 });
  await send('POST', '/v1/runs?wait=1', run(3, 'stored'));
  await send('PATCH', '/v1/run?job=kept&run=stored%200', { note: 'kept', acknowledged: { note: 'mine' } });
});
// ClickHouse is away, and the service is killed: all that it accepts stays in the spool.
await withService({ CLICKHOUSE_URL: 'http://127.0.0.1:9' }, 'SIGKILL', everything('waiting'));

for (const leftover of ['control.sock', 'engine.json', 'engine-tmp']) {
  rmSync(join(data, leftover), { recursive: true, force: true });
}
execFileSync('tar', ['--sort=name', '-czf', join(here, `joblens-${release}.tar.gz`), '-C', data, '.']);
rmSync(data, { recursive: true, force: true });
