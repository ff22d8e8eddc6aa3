import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { linesAnswer, runAnswer, runsAnswer, type LineAnswer, type RunAnswer } from '../../ingest/src/model/answer.js';
import { joblens, type RunOptions } from '../support/joblens.js';
import { startService, type TestService } from '../support/service.js';

const NOBODY = 'http://127.0.0.1:9';

interface ExecOptions extends RunOptions {
  url?: string;
  args?: string[];
}

describe('joblens exec', () => {
  let service: TestService;
  let state: string;

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'joblens-exec-test-'));
  });

  const exec = (job: string, command: string[], { url = service.url, args = [], ...options }: ExecOptions = {}) =>
    joblens(['exec', '--job', job, '--url', url, '--state', state, ...args, '--', ...command], options);

  async function get(path: string): Promise<unknown> {
    const response = await fetch(`${service.url}${path}`);
    expect(response.status, path).toBe(200);
    return response.json();
  }

  /** The newest run of a job, once it is closed and says that it has `lines` lines. */
  function recorded(job: string, lines: number): Promise<RunAnswer> {
    return vi.waitFor(
      async () => {
        const { runs } = runsAnswer.parse(await get(`/v1/runs?job=${encodeURIComponent(job)}`));
        const run = runAnswer.parse(await get(`/v1/run?key=${runs[0]?.key}`));
        expect(run.finished_at).not.toBeNull();
        expect([run.lines, run.log.lines]).toEqual([lines, lines]);
        expect(run.first_error_line).toBe(run.log.first_error?.message ?? null);
        return run;
      },
      { timeout: 15_000, interval: 200 }
    );
  }

  async function linesOf(run: RunAnswer): Promise<LineAnswer[]> {
    return linesAnswer.parse(await get(`/v1/run/lines?key=${run.key}&limit=1000`)).lines;
  }

  it('records a command that succeeds: its lines told apart, its duration, its tags', async () => {
    const script = 'echo out; echo err >&2; sleep 0.3; printf "no newline"';
    const ended = await exec('ok', ['sh', '-c', script], {
      args: ['--run', 'n/1', '--tag', 'env=dev', '--title', 'Fine'],
    });
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from('out\nno newline'), stderr: Buffer.from('err\n') });

    const run = await recorded('ok', 3);
    expect(run).toMatchObject({ run: 'n/1', status: 'succeeded', title: 'Fine', tags: { env: 'dev' }, message: null });
    expect(run.duration_ms).toBeGreaterThanOrEqual(300);
    expect(run.duration_ms).toBeLessThan(5_000);
    expect(run.metadata).toMatchObject({ exit_status: 0, command: `sh -c ${script}`, cwd: process.cwd() });
    const lines = await linesOf(run);
    expect(lines.map(({ stream, message }) => `${stream} ${message}`).sort()).toEqual([
      'stderr err',
      'stdout no newline',
      'stdout out',
    ]);
    expect(lines.at(-1)?.message).toBe('no newline');
  });

  it('records a command that fails, and ends with its status', async () => {
    const ended = await exec('fails', ['sh', '-c', 'echo "ERROR: disk is full" >&2; exit 3']);
    expect(ended.status).toBe(3);
    expect(await recorded('fails', 1)).toMatchObject({
      status: 'failed',
      message: 'ERROR: disk is full',
      error: { type: 'ExitStatus', message: 'exit status 3' },
      error_lines: 1,
      first_error_line: 'ERROR: disk is full',
    });
  });

  it('records a command that a signal ended, and ends by the same signal', async () => {
    const ended = await exec('killed', ['sh', '-c', 'kill -KILL $$']);
    expect(ended.signal).toBe('SIGKILL');
    const run = await recorded('killed', 0);
    expect(run).toMatchObject({ status: 'failed', error: { type: 'Signal' }, metadata: { signal: 'SIGKILL' } });
  });

  it.each([
    ['not-there', 127, 'CommandNotFound', /not-there: command not found/],
    ['/etc/passwd', 126, 'CommandNotExecutable', /permission denied/],
  ])('says of %s what a shell says: %i', async (command, status, type, message) => {
    const ended = await exec(`shell-${status}`, [command]);
    expect(ended.status).toBe(status);
    expect(ended.stderr.toString()).toMatch(message);
    expect(await recorded(`shell-${status}`, 0)).toMatchObject({ status: 'failed', error: { type } });
  });

  it('passes every byte on unchanged, whatever it is', async () => {
    const script = `
      const { createHash } = require('node:crypto');
      let block = Buffer.from('seed'), left = 3000;
      const more = () => {
        while (left-- > 0) {
          block = createHash('sha512').update(block).digest();
          if (!process.stdout.write(Buffer.concat([block, Buffer.from(left % 7 ? '' : '\\r\\n')]))) return process.stdout.once('drain', more);
        }
      };
      more();`;
    const plain = spawnSync(process.execPath, ['-e', script], { maxBuffer: 1e8 }).stdout;
    const ended = await exec('bytes', [process.execPath, '-e', script]);
    expect(ended.stdout.length).toBe(plain.length);
    expect(createHash('sha256').update(ended.stdout).digest('hex')).toBe(
      createHash('sha256').update(plain).digest('hex')
    );
  });

  it('gives the command our stdin, and outputs that it can open by name', async () => {
    const ended = await exec('stdin', ['sh', '-c', 'cat; echo named > /dev/stderr'], { stdin: 'from stdin\n' });
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from('from stdin\n'), stderr: Buffer.from('named\n') });
  });

  it('passes signals on, so that the command can end as it likes', async () => {
    const script = 'trap "echo asked; exit 5" TERM; echo ready; while :; do sleep 0.1; done';
    const ended = await exec('asked', ['sh', '-c', script], {
      onStart: (child) => child.stdout?.on('data', (chunk) => /ready/.test(String(chunk)) && child.kill('SIGTERM')),
    });
    expect(ended).toMatchObject({ status: 5, stdout: Buffer.from('ready\nasked\n') });
    expect(await recorded('asked', 2)).toMatchObject({ status: 'failed', metadata: { exit_status: 5 } });
  });

  it('ships lines while the command still runs', async () => {
    const go = join(state, 'go');
    const running = exec('live', ['sh', '-c', `echo first; while [ ! -e ${go} ]; do sleep 0.1; done; echo second`]);
    await vi.waitFor(
      async () => {
        const { runs } = runsAnswer.parse(await get('/v1/runs?job=live'));
        expect(runs[0]).toMatchObject({ status: 'running', lines: 1 });
      },
      { timeout: 10_000, interval: 100 }
    );
    writeFileSync(go, '');
    expect(await running).toMatchObject({ status: 0, stdout: Buffer.from('first\nsecond\n') });
    expect(await recorded('live', 2)).toMatchObject({ status: 'succeeded' });
  });

  it('neither delays nor changes the command while the service is away, and ships later, first in first out', async () => {
    const before = Date.now();
    const ended = await exec('later', ['sh', '-c', 'for i in 1 2 3; do echo "line $i"; done; exit 4'], {
      url: NOBODY,
      args: ['--run', 'first', '--flush-timeout', '1'],
    });
    expect(ended).toMatchObject({ status: 4, stdout: Buffer.from('line 1\nline 2\nline 3\n') });
    expect(Date.now() - before).toBeLessThan(8_000);
    expect(ended.stderr.toString()).toMatch(/^joblens: .*batches wait in .*joblens flush.*\n$/);
    expect(readdirSync(join(state, 'exec'))).toHaveLength(1);
  });

  it('ships what a service that was away missed, by the next exec or by flush', async () => {
    const { url } = service;
    const port = new URL(url).port;
    await service.stop();
    for (const [job, run] of [
      ['missed', 'one'],
      ['missed', 'two'],
    ] as const) {
      const ended = await exec(job, ['sh', '-c', `echo of ${run}`], {
        url,
        args: ['--run', run, '--flush-timeout', '0.2'],
      });
      expect(ended).toMatchObject({ status: 0, stdout: Buffer.from(`of ${run}\n`) });
    }
    expect(readdirSync(join(state, 'exec'))).toHaveLength(2);

    service = await startService({ port: Number(port) });
    const flushed = await joblens(['flush', '--url', service.url, '--state', state]);
    expect(flushed).toMatchObject({ status: 0 });
    expect(flushed.stdout.toString()).toMatch(/of 2 runs shipped/);
    expect(readdirSync(join(state, 'exec'))).toEqual([]);
    await vi.waitFor(
      async () => {
        const { runs } = runsAnswer.parse(await get('/v1/runs?job=missed'));
        expect(runs.map(({ run, status, lines }) => [run, status, lines])).toEqual([
          ['two', 'succeeded', 1],
          ['one', 'succeeded', 1],
        ]);
      },
      { timeout: 15_000, interval: 200 }
    );
  });

  it('refuses options that make no sense before it runs anything', async () => {
    const ended = await exec('x', ['sh', '-c', 'echo ran'], { args: ['--tag', 'nonsense'] });
    expect(ended.status).toBe(2);
    expect(ended.stdout.toString()).toBe('');
    expect(ended.stderr.toString()).toMatch(/--tag: expected KEY=VALUE/);
  });
});
