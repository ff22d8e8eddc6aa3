import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinesAnswer, RunAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { joblens, type Ended } from '../support/joblens.js';
import { settled, startService, type TestService } from '../support/service.js';
import { engine } from '../support/engine.js';

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'joblens-backup-'));
const file = join(folder, 'all.gz');
let service: TestService;
let target: TestService;

beforeAll(async () => {
  service = await startService();
  target = await startService();
  await fill(service.url);
}, 2 * MINUTES);
afterAll(async () => {
  await Promise.all([service.stop(), target.stop()]);
  [folder, target.data].forEach((path) => rmSync(path, { recursive: true, force: true }));
}, MINUTES);

const backup = (from: TestService, to = file) => joblens(['backup', '--data', from.data, to]);
const restore = (to: TestService, from = file, ...options: string[]) =>
  joblens(['restore', '--data', to.data, ...options, from]);
const said = ({ stdout, stderr }: Ended) => `${stdout}${stderr}`;

const hostile = 'tab\t newline\n backslash \\ quote \' " nul-ish \\0 \\N é 🙂 <b>';
const RAW = `${hostile}\nsecond\nno newline`;

/** Something in every table that a client can reach: also what is hard to write down, and what was changed later. */
async function fill(url: string): Promise<void> {
  const now = Date.now();
  const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const runs = Array.from({ length: 300 }, (_, i) => ({
    job: `job ${i % 7}`,
    run: `run ${i}`,
    status: i % 5 === 0 ? 'failed' : 'succeeded',
    started_at: at(40_000 - i * 100),
    finished_at: at(39_990 - i * 100),
    tags: { env: i % 2 ? 'prod' : hostile },
    message: hostile,
    metadata: { long: '123456789012345678901', exact: 1.1 },
  }));
  const lines = Array.from({ length: 2000 }, (_, i) => ({
    job: 'job 1',
    run: `run ${1 + 7 * (i % 10)}`,
    seq: i,
    message: i % 3 ? `line ${i}` : `error: ${hostile}`,
    input: { n: i },
  }));
  const records = Array.from({ length: 100 }, (_, i) => ({
    job: 'job 1',
    run: 'run 1',
    phase: 'data',
    outcome: i % 9 ? 'success' : 'failure',
    key: `key ${i}`,
    data: { i },
  }));
  await call(url, 'POST', '/v1/runs', runs);
  await call(url, 'POST', '/v1/lines', lines);
  await call(url, 'POST', '/v1/lines', '{"job":"no run"}\n');
  await call(url, 'POST', '/v1/records', records);
  await call(url, 'POST', '/v1/run/lines?job=job%202&run=run%202', RAW, {
    'content-type': 'text/plain',
    'idempotency-key': 'the raw one',
  });
  await call(url, 'PUT', '/v1/job?job=job%203', { schedule: '0 3 * * *', owner: 'data' });
  await call(url, 'PUT', '/v1/settings/retention', { runs: 300, jobs: { 'job 1': { lines: 20 } } });
  await settled(url);
  await call(url, 'PATCH', '/v1/run?job=job%200&run=run%200', { note: hostile, acknowledged: { note: 'mine' } });
  await settled(url);
}

const tables = (of: TestService) =>
  engine(of, "SELECT name FROM system.tables WHERE database = 'joblens' AND engine LIKE '%MergeTree' ORDER BY name");

/** How a table is read whose rows may be the same and look different. */
const READ: Record<string, string> = {
  // Of two rows that say the same, either may be the last to be settled.
  runs: '* EXCEPT (settled_at)',
  // How a state is kept depends on what was merged when.
  line_facts: `* REPLACE (finalizeAggregation(first_error) AS first_error, finalizeAggregation(last_error) AS last_error,
    arraySort(bitmapToArray(seqs)) AS seqs)`,
};
const UNMERGED = new Set(['audit', 'rejected', 'touched', 'bodies']);

/** What every table holds, whatever the order. `alive` goes on while the service does. */
async function content(of: TestService): Promise<Record<string, string>> {
  const names = (await tables(of)).filter((name) => name !== 'alive' && name !== 'migrations');
  const all = await Promise.all(
    names.map(async (name) => {
      const rows = await engine(of, `SELECT ${READ[name] ?? '*'} FROM ${name} ${UNMERGED.has(name) ? '' : 'FINAL'}`);
      return [
        name,
        `${rows.length} rows ${createHash('sha256').update(rows.sort().join('\n')).digest('hex')}`,
      ] as const;
    })
  );
  return Object.fromEntries(all);
}

async function answers(url: string): Promise<unknown> {
  const query = { queries: [{ refId: 'A', question: 'counts' }], from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) };
  const { results } = (await call<{ results: object }>(url, 'POST', '/v1/query', query)).body;
  return Promise.all([
    ...['/v1/runs?limit=1000', '/v1/jobs', '/v1/run?job=job%200&run=run%200', '/v1/rejected', '/v1/audit'].map(
      async (path) => (await call(url, 'GET', path)).body
    ),
    ...['job%202&run=run%202', 'job%201&run=run%208'].map(async (run) =>
      (await fetch(`${url}/v1/run/lines?job=${run}`, { headers: { accept: 'text/plain' } })).text()
    ),
    results,
  ]);
}

describe('a backup', () => {
  test('restored into an empty store gives every table and every answer again', { timeout: 3 * MINUTES }, async () => {
    const made = await backup(service);
    expect([made.status, said(made)]).toEqual([0, expect.stringMatching(/backed up to .*all\.gz\n$/)]);
    const restored = await restore(target);
    expect(`${restored.stdout}`).toMatch(/^restored \d+ rows of \d+ tables, as of 20/);
    expect(await content(target)).toEqual(await content(service));
    expect(await answers(target.url)).toEqual(await answers(service.url));
    expect((await tables(target)).filter((name) => name.startsWith('copy_'))).toEqual([]);
    // What was given a key before is known again, and life goes on.
    const again = await call(target.url, 'POST', '/v1/run/lines?job=job%202&run=run%202', RAW, {
      'content-type': 'text/plain',
      'idempotency-key': 'the raw one',
    });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('goes into a store that holds something only where that is said', { timeout: 3 * MINUTES }, async () => {
    const refused = await restore(target);
    expect(refused.status).toBe(1);
    expect(said(refused)).toMatch(/holds data already.*--replace/);
    await call(target.url, 'POST', '/v1/runs?wait=1', { job: 'later', run: 'r', status: 'succeeded' });
    const before = await content(service);
    expect((await restore(target, file, '--replace')).status).toBe(0);
    expect(await content(target)).toEqual(before);
  });

  test('that is cut off, damaged or none is refused, and nothing is changed', { timeout: 3 * MINUTES }, async () => {
    const whole = readFileSync(file);
    const before = await content(target);
    const flipped = (at: number) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      return bytes;
    };
    const bad = {
      'cut at the end': whole.subarray(0, whole.length - 4),
      'flipped early': flipped(60),
      'flipped in its head': flipped(400),
      'flipped late': flipped(whole.length - 400),
      'not packed': gunzipSync(whole),
      empty: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(bad)) {
      const path = join(folder, 'bad.gz');
      writeFileSync(path, bytes);
      const refused = await restore(target, path, '--replace');
      expect([name, refused.status, said(refused)]).toEqual([
        name,
        1,
        expect.stringMatching(/no whole backup; nothing was changed/),
      ]);
    }
    expect(await content(target)).toEqual(before);
    expect((await tables(target)).filter((name) => name.startsWith('copy_'))).toEqual([]);
  });

  test('holds what was accepted before it, whole, while more comes in', { timeout: 3 * MINUTES }, async () => {
    const accepted: string[] = [];
    let writing = true;
    const clients = Array.from({ length: 3 }, async (_, client) => {
      for (let i = 0; writing; i++) {
        const run = `${client}-${i}`;
        const lines = Array.from({ length: 20 }, (_line, seq) => ({ job: 'busy', run, seq, message: `${run} ${seq}` }));
        if ((await call(service.url, 'POST', '/v1/lines', lines)).status === 202) {
          accepted.push(run);
        }
      }
    });
    await expect.poll(() => accepted.length, { timeout: MINUTES }).toBeGreaterThan(60);
    const before = [...accepted];
    const made = await backup(service, join(folder, 'busy.gz'));
    writing = false;
    await Promise.all(clients);
    expect(made.status).toBe(0);
    expect((await restore(target, join(folder, 'busy.gz'), '--replace')).status).toBe(0);
    const { runs } = (await call<RunsAnswer>(target.url, 'GET', '/v1/runs?job=busy&limit=1000')).body;
    const stored = new Map(runs.map((run) => [run.run, run.lines]));
    expect(before.slice(0, 900).filter((run) => stored.get(run) !== 20)).toEqual([]);
    const counted = await engine(
      target,
      "SELECT run, toString(count()) FROM lines FINAL WHERE job = 'busy' GROUP BY run"
    );
    expect(new Map(counted.map((row) => row.split('\t') as [string, string]))).toEqual(
      new Map(
        (await engine(target, "SELECT run, toString(lines) FROM runs FINAL WHERE job = 'busy'")).map(
          (row) => row.split('\t') as [string, string]
        )
      )
    );
    const last = before.at(-1) ?? '';
    expect((await call<LinesAnswer>(target.url, 'GET', `/v1/run/lines?job=busy&run=${last}`)).body.total).toBe(20);
    expect((await call<RunAnswer>(target.url, 'GET', `/v1/run?job=busy&run=${last}`)).body.lines).toBe(20);
  });

  test('that broke off leaves nothing behind', { timeout: 3 * MINUTES }, async () => {
    const nowhere = await backup(service, join(folder, 'no such folder', 'all.gz'));
    expect([nowhere.status, said(nowhere)]).toEqual([1, expect.stringMatching(/ENOENT/)]);
    const nobody = await joblens(['backup', '--data', folder, join(folder, 'none.gz')]);
    expect([nobody.status, said(nobody)]).toEqual([
      1,
      expect.stringMatching(/No service is running on the data folder/),
    ]);
    expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
    // The copies of a service that was killed meanwhile go when it starts again.
    const copy = `copy_${readFileSync(join(target.data, 'service.id'), 'utf8').slice(0, 8)}_lines`;
    await engine(target, `CREATE TABLE ${copy} CLONE AS lines`);
    await target.kill('SIGKILL');
    target = await startService({ data: target.data });
    await expect.poll(() => tables(target), { timeout: MINUTES }).not.toContain(copy);
  });
});
