import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Accepted, LinesAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { call } from '../support/client.js';
import { engineOf } from '../support/engine.js';
import { ownServices } from '../support/own.js';
import { settled, startService } from '../support/service.js';

const { running, start, folder } = ownServices();

const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({ job: 'ledger', run: 'r', message: `line ${from + i}`, fields: { n: from + i } })
  ).join('\n');
const stored = async (url: string) => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body }: { body: LinesAnswer } = await call<LinesAnswer>(
      url,
      'GET',
      `/v1/run/lines?job=ledger&run=r&limit=10000${cursor}`
    );
    seen.push(...body.lines.map((line) => line.message));
    cursor = body.next ? `&cursor=${body.next}` : '';
  } while (cursor !== '');
  return seen;
};

describe('what was answered with 202', () => {
  test('is stored once and whole after kill -9 of the service at any moment', async () => {
    const data = folder();
    const acknowledged: string[] = [];
    let next = 0;
    for (let round = 0; round < 4; round++) {
      const service = await start({ data, env: { JOBLENS_SEGMENT_MS: '30' } });
      const deadline = Date.now() + 400 + round * 250;
      const killed = new Promise<void>((resolve) =>
        setTimeout(() => void service.kill('SIGKILL').then(resolve), deadline - Date.now())
      );
      while (Date.now() < deadline) {
        const from = next;
        next += 100;
        const answer = await call<Accepted>(service.url, 'POST', '/v1/lines', lines(from, 100)).catch(() => undefined);
        if (answer?.status === 202) {
          acknowledged.push(...Array.from({ length: 100 }, (_, i) => `line ${from + i}`));
        }
      }
      await killed;
      running.length = 0;
    }
    const service = await start({ data });
    await settled(service.url);
    const seen = await stored(service.url);
    const once = new Set(seen);
    expect(once.size).toBe(seen.length);
    expect(acknowledged.length).toBeGreaterThan(500);
    expect(acknowledged.filter((line) => !once.has(line))).toEqual([]);
  });

  test('is taken while the engine is away, and stored once it is back', async () => {
    const service = await start({});
    await call(service.url, 'POST', '/v1/lines?wait=1', lines(0, 10));
    for (let round = 1; round <= 3; round++) {
      process.kill(engineOf(service.pid), 'SIGKILL');
      expect((await call<Accepted>(service.url, 'POST', '/v1/lines', lines(round * 10, 10))).status).toBe(202);
      await settled(service.url);
    }
    expect((await stored(service.url)).length).toBe(40);
    expect((await call<RunsAnswer>(service.url, 'GET', '/v1/runs')).body.runs[0]).toMatchObject({
      lines: 40,
      status: 'running',
    });
  });

  test('survives SIGTERM under load: it drains and exits 0', async () => {
    const data = folder();
    const service = await startService({ data });
    const writes = Array.from({ length: 20 }, (_, i) =>
      call<Accepted>(service.url, 'POST', '/v1/lines', lines(i * 50, 50))
    );
    const answers = await Promise.all(writes);
    expect(await service.stop()).toBe(0);
    const again = await start({ data });
    await settled(again.url);
    expect((await stored(again.url)).length).toBe(answers.filter(({ status }) => status === 202).length * 50);
  });
});

describe('a ClickHouse server', () => {
  test('works like the embedded engine: here the one of another service, reached over HTTP only', async () => {
    const host = await start({});
    const { url } = JSON.parse(readFileSync(join(host.data, 'engine.json'), 'utf8')) as { url: string };
    const service = await start({ env: { CLICKHOUSE_URL: url, JOBLENS_DATABASE: 'elsewhere' } });
    await call(service.url, 'POST', '/v1/runs?wait=1', { job: 'ledger', run: 'r', status: 'succeeded' });
    const answer = await call<Accepted>(service.url, 'POST', '/v1/lines?wait=1', `${lines(0, 5)}\nnot json\n`);
    expect(answer.body).toEqual({ accepted: 6, stored: 5, quarantined: 1 });
    await call(service.url, 'POST', '/v1/run/lines?wait=1&job=ledger&run=raw', 'a\nb', {
      'content-type': 'text/plain',
    });
    await call(
      service.url,
      'POST',
      '/v1/records?wait=1',
      '{"job":"ledger","run":"r","phase":"data","outcome":"success","key":"1"}'
    );
    expect(await stored(service.url)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
    const raw = await fetch(`${service.url}/v1/run/lines?job=ledger&run=raw`, { headers: { accept: 'text/plain' } });
    expect(await raw.text()).toBe('a\nb');
  });

  test('two services on one ClickHouse neither double nor lose', async () => {
    const host = await start({});
    const { url } = JSON.parse(readFileSync(join(host.data, 'engine.json'), 'utf8')) as { url: string };
    const env = { CLICKHOUSE_URL: url, JOBLENS_DATABASE: 'shared' };
    const [a, b] = [await start({ env }), await start({ env })];
    const runs = (from: number) =>
      Array.from({ length: 50 }, (_, i) =>
        JSON.stringify({ job: 'two', run: `r${from + i}`, status: i % 2 ? 'failed' : 'succeeded' })
      ).join('\n');
    await Promise.all([
      call(a.url, 'POST', '/v1/runs?wait=1', runs(0)),
      call(b.url, 'POST', '/v1/runs?wait=1', runs(25)),
      call(a.url, 'POST', '/v1/lines?wait=1', lines(0, 20), { 'idempotency-key': 'same' }),
    ]);
    const again = await call(b.url, 'POST', '/v1/lines?wait=1', lines(0, 20), { 'idempotency-key': 'same' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await call<RunsAnswer>(b.url, 'GET', '/v1/runs?job=two&limit=1000')).body.runs).toHaveLength(75);
    expect(await stored(a.url)).toHaveLength(20);
  });

  test('that is away delays nothing but reading', async () => {
    const service = await start({ env: { CLICKHOUSE_URL: 'http://127.0.0.1:1' } });
    expect((await call(service.url, 'POST', '/v1/lines', lines(0, 5))).status).toBe(202);
    const reading = await call(service.url, 'GET', '/v1/runs');
    expect(reading).toMatchObject({ status: 503, body: { title: expect.stringContaining('ClickHouse') } });
    expect(reading.headers.get('retry-after')).toBeTruthy();
    expect((await call(service.url, 'GET', '/health/ready')).status).toBe(200);
  });
});

describe('limits', () => {
  test('a body over the limit is refused while it is still being sent', async () => {
    const service = await start({ env: { JOBLENS_MAX_BODY: '100000' } });
    const big = `{"job":"big","run":"1","message":"${'x'.repeat(200_000)}"}`;
    expect(await call(service.url, 'POST', '/v1/lines', big)).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('100000 bytes') },
    });
    const endless = await sendEndless(`${service.url}/v1/lines`);
    expect(endless).toBe(413);
    expect((await call(service.url, 'POST', '/v1/lines?wait=1', lines(0, 1))).status).toBe(200);
  });

  test('a full spool answers 503 with a time to come back, and takes nothing by half', async () => {
    const service = await start({ env: { CLICKHOUSE_URL: 'http://127.0.0.1:1', JOBLENS_SPOOL_MAX: '20000' } });
    const answers = [];
    for (let i = 0; i < 40; i++) {
      answers.push(await call(service.url, 'POST', '/v1/lines', lines(i * 20, 20)));
    }
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(5);
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused[0]?.body).toMatchObject({ detail: expect.stringContaining('JOBLENS_SPOOL_MAX') });
    expect((await call(service.url, 'GET', '/ready')).status).toBe(503);
  });
});

describe('tokens', () => {
  test('say whose data is read and written, and what may be done', async () => {
    const { writeFileSync } = await import('node:fs');
    const file = join(folder(), 'tokens.json');
    const token = (tenant: string, scopes: string[]) => ({
      token: `${tenant}-${scopes.join('-')}-0123456789`,
      tenant,
      scopes,
    });
    const tokens = [token('a', ['write']), token('a', ['read']), token('b', ['write', 'read']), token('b', ['admin'])];
    writeFileSync(file, JSON.stringify({ tokens }));
    const service = await start({ env: { JOBLENS_TOKENS_FILE: file } });
    const as = (index: number) => ({ authorization: `Bearer ${tokens[index]?.token ?? ''}` });
    const post = (index: number, body: object) =>
      call<Accepted>(service.url, 'POST', '/v1/runs?wait=1', body, as(index));
    expect((await post(0, { job: 'secret of a', run: '1' })).status).toBe(200);
    expect((await post(2, { job: 'job of b', run: '1' })).status).toBe(200);
    expect((await post(1, { job: 'x' })).status).toBe(403);
    const read = async (index: number) =>
      (await call<RunsAnswer>(service.url, 'GET', '/v1/runs', undefined, as(index))).body.runs.map((run) => run.job);
    expect(await read(1)).toEqual(['secret of a']);
    expect(await read(2)).toEqual(['job of b']);
    const keyOfA = (await call<RunsAnswer>(service.url, 'GET', '/v1/runs', undefined, as(1))).body.runs[0]?.key;
    expect((await call(service.url, 'GET', `/v1/run?key=${keyOfA}`, undefined, as(2))).status).toBe(404);
    expect(
      (
        await call(service.url, 'GET', '/v1/run?job=secret%20of%20a&run=1', undefined, {
          ...as(2),
          'x-scope-orgid': 'a',
        })
      ).status
    ).toBe(404);
    expect((await call(service.url, 'GET', '/v1/runs')).status).toBe(401);
    expect((await call(service.url, 'GET', '/v1/runs', undefined, { authorization: 'Bearer nonsense' })).status).toBe(
      401
    );
    expect((await call(service.url, 'GET', '/v1/rejected', undefined, as(2))).status).toBe(403);
    expect((await call(service.url, 'GET', '/v1/rejected', undefined, as(3))).status).toBe(200);
  });

  test('without any, no address but loopback is served', async () => {
    const { stderr, code } = await exec(process.execPath, [
      'ingest/bin/joblens.js',
      'serve',
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--data',
      folder(),
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('JOBLENS_TOKENS_FILE');
  });
});

test('retention deletes what is past its time, per tenant and job', async () => {
  const service = await start({});
  const set = await call(service.url, 'PUT', '/v1/settings/retention', { lines: 7, jobs: { short: { runs: 1 } } });
  expect(set).toMatchObject({ status: 200, body: { runs: 400, lines: 7, records: 30, jobs: { short: { runs: 1 } } } });
  expect((await call(service.url, 'PUT', '/v1/settings/retention', { lines: 0 })).status).toBe(400);
});

async function exec(command: string, args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) =>
    execFile(command, args, { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: typeof error?.code === 'number' ? error.code : error ? 1 : 0 })
    )
  );
}

/** Sends a body that never ends until it is answered. */
async function sendEndless(url: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (response) => {
      clearInterval(timer);
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', (error) => (clearInterval(timer), reject(error)));
    const piece = `{"job":"big","run":"1","message":"${'x'.repeat(10_000)}"}\n`;
    const timer = setInterval(() => sending.write(piece), 1);
  });
}
