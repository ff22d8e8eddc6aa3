import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobAnswer, LinesAnswer, RunAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { ask, call, rowsOf } from '../support/client.js';
import { settled, startService, type TestService } from '../support/service.js';

const KEPT = resolve(import.meta.dirname, '../kept');
const releases = readdirSync(KEPT).filter((name) => name.endsWith('.tar.gz'));

/** Data folders as earlier releases left them; `test/kept/make.mjs` says what is in them. */
describe.each(releases)('%s opens unchanged', (name) => {
  const data = mkdtempSync(join(tmpdir(), 'joblens-kept-'));
  let service: TestService;
  beforeAll(async () => {
    execFileSync('tar', ['-xzf', join(KEPT, name), '-C', data]);
    service = await startService({ data });
    await settled(service.url);
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    rmSync(data, { recursive: true, force: true });
  }, 60_000);

  const get = async <T>(path: string) => (await call<T>(service.url, 'GET', path)).body;

  // `stored`: from its store; `waiting`: from its spool, stored only now.
  test.each(['stored', 'waiting'])('what was %s', async (from) => {
    const { runs } = await get<RunsAnswer>('/v1/runs?job=kept');
    const own = runs.filter(({ run }) => run.startsWith(from)).map(({ run, status }) => `${run} ${status}`);
    const all = [`${from} 2 failed`, `${from} 1 succeeded`, `${from} 0 failed`];
    expect(own).toEqual(from === 'stored' ? ['stored 3 succeeded', ...all] : all);
    expect(await get<RunAnswer>(`/v1/run?job=kept&run=${from}%200`)).toMatchObject({
      duration_ms: 300_000,
      lines: 3,
      error_lines: 3,
      metadata: { exact: '123456789012345678901' },
      ...(from === 'stored' ? { notes: [{ text: 'kept' }], acknowledged: { note: 'mine' } } : {}),
    });
    const { lines } = await get<LinesAnswer>(`/v1/run/lines?job=kept&run=${from}%200`);
    expect(lines.map(({ message }) => message)).toEqual([0, 1, 2].map((seq) => `error: line ${seq}`));
    const raw = await fetch(`${service.url}/v1/run/lines?job=kept&run=${from}%201`, {
      headers: { accept: 'text/plain' },
    });
    expect(await raw.text()).toBe('raw one\nraw two');
    expect(await get(`/v1/run/records?job=kept&run=${from}%200`)).toMatchObject({
      records: [{ key: 'a', data: { b: 1 } }],
    });
    expect(await get<JobAnswer>(`/v1/jobs/${from}-configured`)).toMatchObject({ owner: 'ops' });
  });

  test('and a list of all runs says of each what its own page says', async () => {
    const [frame] = await ask(service.url, { question: 'runs', limit: 1000 }, { from: 0, to: Date.now() });
    const listed = rowsOf(frame).map(({ run, lines, error_lines, duration }) => [run, lines, error_lines, duration]);
    expect(listed).toContainEqual(['stored 0', 3, 3, 300_000]);
    expect(listed).toContainEqual(['waiting 0', 3, 3, 300_000]);
  });

  test('and what was set', async () => {
    expect(await get('/v1/settings/retention')).toMatchObject({ runs: 36_500 });
    expect(
      (await call(service.url, 'POST', '/v1/runs?wait=1', { job: 'kept', run: 'new', status: 'succeeded' })).status
    ).toBe(200);
  });
});
