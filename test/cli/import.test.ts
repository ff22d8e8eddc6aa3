import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunSummary, runsAnswer } from '../../ingest/src/model/answer.js';
import { joblens, type RunOptions } from '../support/joblens.js';
import { startService, type TestService } from '../support/service.js';

const SAMPLES = resolve(import.meta.dirname, '../samples');
const MAPPING = join(SAMPLES, 'eagle.mapping.yaml');
const EAGLE = resolve(import.meta.dirname, '../../../shared/samples/eagle/sample_eagle_data.csv');

describe('joblens import', () => {
  let service: TestService;
  const dir = mkdtempSync(join(tmpdir(), 'joblens-import-test-'));

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const bringIn = (args: string[], options?: RunOptions) =>
    joblens(['import', '--url', service.url, '--wait', ...args], options);

  /** Every run of January to November 2019, page by page. */
  async function runsOf2019(): Promise<RunSummary[]> {
    const runs: RunSummary[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ from: '2019-01-01T00:00:00Z', to: '2019-12-01T00:00:00Z', limit: '400' });
      if (cursor) {
        query.set('cursor', cursor);
      }
      const page = runsAnswer.parse(await (await fetch(`${service.url}/v1/runs?${query}`)).json());
      runs.push(...page.runs);
      cursor = page.next;
    }
    return runs;
  }

  const count = (runs: RunSummary[]) =>
    runs.reduce<Record<string, number>>((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {});

  it('brings in a Slurm export with array jobs and equal rows, once, however often it is imported', async () => {
    const args = ['--format', 'csv', '--mapping', MAPPING, join(SAMPLES, 'eagle-like.csv')];
    for (const _time of [1, 2]) {
      const ended = await bringIn(args);
      expect(ended.stderr.toString()).toBe('');
      expect(ended).toMatchObject({ status: 0, stdout: Buffer.from('30 rows: 30 accepted, 0 rejected\n') });
      expect(count(await runsOf2019())).toEqual({ succeeded: 27, timed_out: 2, cancelled: 1 });
    }
    const night = (await runsOf2019()).find((run) => run.run.startsWith('700500-'));
    expect(night).toMatchObject({ started_at: '2019-11-03T06:59:00.000Z', duration_ms: 10_860_000, user: 'user04' });
  });

  it.runIf(existsSync(EAGLE))('makes 1,000 runs of the Eagle sample, 985 succeeded and 15 timed out', async () => {
    const before = await runsOf2019();
    for (const _time of [1, 2]) {
      const ended = await bringIn(['--format', 'csv', '--mapping', MAPPING, EAGLE]);
      expect(ended).toMatchObject({ status: 0, stdout: Buffer.from('1000 rows: 1000 accepted, 0 rejected\n') });
      const known = new Set(before.map((run) => run.key));
      const added = (await runsOf2019()).filter((run) => !known.has(run.key));
      expect(count(added)).toEqual({ succeeded: 985, timed_out: 15 });
    }
  });

  it('takes what is good, names what is not, and says so with its exit status', async () => {
    const header = 'job_id,name,user,account,partition,qos,submit_time,start_time,end_time,state\n';
    const good = '1,mixed,u,a,p,q,2019-05-01 10:00:00,2019-05-01 10:00:00,2019-05-01 11:00:00,COMPLETED\n';
    const bad = '2,mixed,u,a,p,q,2019-05-01 10:00:00,first of May,2019-05-01 11:00:00,COMPLETED\n';
    const file = join(dir, 'mixed.csv');
    writeFileSync(file, header + good + bad.repeat(30));
    const ended = await bringIn(['--format', 'csv', '--mapping', MAPPING, file]);
    expect(ended.status).toBe(1);
    expect(ended.stdout.toString()).toBe('31 rows: 1 accepted, 30 rejected\n');
    const complaints = ended.stderr.toString().trimEnd().split('\n');
    expect(complaints).toHaveLength(21);
    expect(complaints[0]).toBe(
      `${file}:3: column start_time: expected a time written as yyyy-MM-dd HH:mm:ss, got "first of May"`
    );
    expect(complaints.at(-1)).toBe('… and 10 more');
  });

  it('takes native events from stdin and from .gz files, and lines, records and steps too', async () => {
    const run = '{"job":"native","run":"1","status":"succeeded","started_at":"2019-06-01T10:00:00Z"}\n';
    const fromStdin = await bringIn(['--format', 'ndjson', '-'], { stdin: run });
    expect(fromStdin).toMatchObject({ status: 0, stdout: Buffer.from('1 rows: 1 accepted, 0 rejected\n') });

    const line = (seq: number) => `{"job":"native","run":"1","seq":${seq},"level":"info","message":"line ${seq}"}\n`;
    writeFileSync(join(dir, 'lines.ndjson.gz'), gzipSync([1, 2, 3].map(line).join('')));
    const lines = await bringIn(['--format', 'ndjson', '--kind', 'lines', join(dir, 'lines.ndjson.gz')]);
    expect(lines.status).toBe(0);
    const record = '{"job":"native","run":"1","phase":"data","outcome":"success","key":"a"}\n';
    expect(await bringIn(['--format', 'ndjson', '--kind', 'records', '-'], { stdin: record })).toMatchObject({
      status: 0,
    });
    const step = '{"job":"native","run":"1","step":"extract","status":"succeeded"}\n';
    expect(await bringIn(['--format', 'ndjson', '--kind', 'steps', '-'], { stdin: step })).toMatchObject({ status: 0 });

    const response = await fetch(`${service.url}/v1/run?job=native&run=1`);
    expect(await response.json()).toMatchObject({
      status: 'succeeded',
      lines: 3,
      records: { data: { success: 1 } },
      steps: [{ step: 'extract' }],
    });
  });

  it('shows with --dry-run what it would send, and sends nothing', async () => {
    const before = (await runsOf2019()).length;
    const csv =
      'job_id,name,user,account,partition,qos,submit_time,start_time,end_time,state\n9,dry,u,a,p,q,,,,FAILED\n';
    const ended = await bringIn(['--dry-run', '--format', 'csv', '--mapping', MAPPING, '-'], { stdin: csv });
    expect(ended.stdout.toString()).toMatch(/"job": "dry"[^]*"status": "failed"[^]*1 rows: .*nothing was sent/);
    expect(await runsOf2019()).toHaveLength(before);
  });

  it.each([
    [['--format', 'xml', 'x'], 2, /--format xml is not known. Expected one of: ndjson, csv/],
    [['--format', 'csv', 'x.csv'], 2, /needs --mapping/],
    [['--format', 'ndjson', 'nowhere.ndjson'], 1, /nowhere\.ndjson can't be read: there is no such file/],
  ])('says what is wrong with %j', async (args, status, message) => {
    const ended = await bringIn(args);
    expect(ended.status).toBe(status);
    expect(ended.stderr.toString()).toMatch(message);
  });
});
