import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunAnswer, RunsAnswer } from '../../ingest/src/model/answer.js';
import { objectKey } from '../../ingest/src/replication/object-key.js';
import { call } from '../support/client.js';
import { joblens } from '../support/joblens.js';
import { CREDENTIALS, startS3, type S3Server } from '../support/s3.js';
import { settled, startService, type TestService } from '../support/service.js';

const folder = mkdtempSync(join(tmpdir(), 'joblens-import-files-'));
let service: TestService;
let s3: S3Server;

beforeAll(async () => {
  [service, s3] = await Promise.all([startService(), startS3()]);
}, 600_000);
afterAll(async () => {
  await Promise.all([service.stop(), s3.stop()]);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const file = (id: number, more: object = {}) => ({
  id,
  flow_id: 234,
  parent_id: null,
  calling_job_id: null,
  status: id % 7 === 0 ? 'failed' : 'completed',
  started_at: '2018-05-21T00:00:00Z',
  completed_at: '2018-05-21T00:00:10Z',
  error_type: null,
  error: null,
  title: 'hello world',
  is_poll_error: false,
  report: { age: 35 },
  lines: [
    {
      recipe_line_number: 0,
      adapter_name: 'clock',
      adapter_operation: 'timer',
      input: {},
      output: { n: id },
      mask_data: false,
    },
  ],
  ...more,
});
const keyOf = (user: string, id: number) =>
  objectKey({
    user,
    job: '234',
    run: String(id),
    at: Date.UTC(2018, 4, 21),
    outcome: id % 7 === 0 ? 'failed' : 'succeeded',
  });

function plant(root: string, user: string, ids: readonly number[]): void {
  for (const id of ids) {
    const path = join(root, keyOf(user, id));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(file(id), null, '\t'));
  }
}

const bringIn = (source: string, state: string, more: string[] = [], onStart?: Parameters<typeof joblens>[1]) =>
  joblens(['import', '--format', 'workato', '--url', service.url, ...more, source], {
    env: { ...CREDENTIALS, JOBLENS_STATE: state, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: s3.url },
    ...onStart,
  });
const countOf = async (job: string) => {
  const found: string[] = [];
  let cursor = '';
  do {
    const { body }: { body: RunsAnswer } = await call<RunsAnswer>(
      service.url,
      'GET',
      `/v1/runs?job=${job}&from=2018-01-01T00:00:00Z&limit=1000${cursor}`
    );
    found.push(...body.runs.map(({ run }) => run));
    cursor = body.next ? `&cursor=${body.next}` : '';
  } while (cursor !== '');
  return found.length;
};
const ids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

describe('a replicated history is imported', () => {
  test(
    'from a folder, with whose it is; again without change; what is no job file is named',
    { timeout: 180_000 },
    async () => {
      const root = join(folder, 'small');
      plant(root, '5234', ids(20));
      plant(root, '77', ids(3, 21));
      writeFileSync(join(root, '5234', 'broken.json'), '{"id": 1, ');
      writeFileSync(join(root, '5234', 'README.txt'), 'no job file');
      ['[{"id": 1}]', 'null', '"text"'].forEach((text, i) => writeFileSync(join(root, `no-object-${i}.json`), text));
      for (const _time of [1, 2]) {
        const ended = await bringIn(root, join(folder, 'state'), ['--wait']);
        expect(ended.stdout.toString()).toBe('27 rows: 23 accepted, 4 rejected\n');
        expect(ended.stderr.toString()).toContain('broken.json:1: expected one JSON object');
        expect(ended.stderr.toString()).toContain('no-object-1.json:1: expected one JSON object, got null');
        expect(ended.status).toBe(1);
        expect(await countOf('234')).toBe(23);
      }
      const { body } = await call<RunAnswer>(service.url, 'GET', '/v1/run?job=234&run=21');
      expect(body).toMatchObject({ status: 'failed', user: '77', lines: 1, title: 'hello world' });
      expect((await call<RunAnswer>(service.url, 'GET', '/v1/run?job=234&run=1')).body.user).toBe('5234');
    }
  );

  test('but for a file that the service refuses, which keeps no other out', { timeout: 180_000 }, async () => {
    const root = join(folder, 'refused');
    plant(root, '5234', ids(5, 900));
    writeFileSync(join(root, '5234', 'deep.json'), `{"id":1,"a":${'['.repeat(9000)}${']'.repeat(9000)}}`);
    const ended = await bringIn(root, join(folder, 'state'), ['--wait']);
    expect(ended.stdout.toString()).toBe('6 rows: 5 accepted, 1 rejected\n');
    expect(ended.stderr.toString()).toContain('deep.json:1: The JSON is nested too deeply');
  });

  test('from a bucket, under a prefix', { timeout: 180_000 }, async () => {
    await s3.createBucket('history');
    for (const id of ids(12, 100)) {
      await s3.put('history', `backup/${keyOf('5234', id)}`, JSON.stringify(file(id, { flow_id: 500 })));
    }
    await s3.put('history', `other/${keyOf('5234', 1)}`, JSON.stringify(file(1, { flow_id: 500 })));
    const ended = await bringIn('s3://history/backup/', join(folder, 'state'), ['--wait']);
    expect(ended.stdout.toString()).toBe('12 rows: 12 accepted, 0 rejected\n');
    expect(await countOf('500')).toBe(12);
    const missing = await bringIn('s3://nowhere/', join(folder, 'state'));
    expect(missing.stderr.toString()).toContain('s3://nowhere/ can’t be read: NoSuchBucket'.replace('’', "'"));
    expect(missing.status).not.toBe(0);
  });

  test('on from where it broke off', { timeout: 240_000 }, async () => {
    const root = join(folder, 'large');
    plant(root, '1', ids(1600, 10_000));
    const state = join(folder, 'broken-off');
    const first = await bringIn(root, state, [], {
      onStart: (child) => {
        const watch = setInterval(() => {
          if (checkpoints(state) > 0) {
            clearInterval(watch);
            child.kill('SIGKILL');
          }
        }, 2);
        child.once('exit', () => clearInterval(watch));
      },
    });
    expect(first.signal).toBe('SIGKILL');
    const second = await bringIn(root, state, ['--wait']);
    expect(second.stderr.toString()).toContain('going on after');
    expect(second.status).toBe(0);
    expect(Number(/^(\d+) rows/.exec(second.stdout.toString())?.[1])).toBeLessThan(1600);
    // What the first had sent when it ended is accepted, and may be stored a moment later.
    await settled(service.url);
    expect(await countOf('234')).toBe(1628);
    expect(checkpoints(state)).toBe(0);
  });
});

function checkpoints(state: string): number {
  try {
    return readdirSync(join(state, 'imports')).filter((name) => !name.endsWith('.new')).length;
  } catch {
    return 0;
  }
}
