import { mkdtempSync, readdirSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../client.js';
import { Outbox } from './outbox.js';
import { Queue } from './queue.js';

interface Taken {
  path: string;
  key: string;
  body: string;
}
type Answer = { status: number; headers?: Record<string, string>; detail?: string };

/** A stand-in for a service in trouble: answers as it is told, and notes what it took. */
class Trouble {
  readonly taken: Taken[] = [];
  answers: Answer[] = [];
  tries = 0;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.tries++;
      const { status, headers, detail } = this.answers.shift() ?? { status: 202 };
      if (status === 202) {
        const key = String(request.headers['idempotency-key']);
        this.taken.push({ path: request.url ?? '', key, body: Buffer.concat(chunks).toString() });
      }
      response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
      response.end(JSON.stringify({ type: 'about:blank', title: 'No', status, detail: detail ?? 'because' }));
    });
  });

  start(): Promise<string> {
    return new Promise((resolve) =>
      this.server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(this.server)}`))
    );
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('what exec ships', () => {
  const trouble = { current: new Trouble() };
  const said: string[] = [];
  let url = '';
  let state = '';

  beforeEach(async () => {
    trouble.current = new Trouble();
    url = await trouble.current.start();
    state = mkdtempSync(join(tmpdir(), 'joblens-outbox-'));
    said.length = 0;
  });
  afterEach(() => trouble.current.stop());

  const outbox = (to = url, token?: string) =>
    new Outbox(state, { job: 'j', run: 'r', token }, createClient({ url: to, token }), (message) => said.push(message));
  const within = (ms: number) => AbortSignal.timeout(ms);
  const bodies = () => trouble.current.taken.map(({ body }) => body);

  it('goes out in order, each batch under a key of its own, and leaves nothing behind', async () => {
    const box = outbox();
    ['a\n', 'b\n', 'c\n'].forEach((body) => box.add('lines', body));
    await box.finish(within(5000));
    expect(bodies()).toEqual(['a\n', 'b\n', 'c\n']);
    expect(new Set(trouble.current.taken.map(({ key }) => key)).size).toBe(3);
    expect(readdirSync(state)).toEqual([]);
    expect(said).toEqual([]);
  });

  it('waits as long as Retry-After says and tries again with the same key', async () => {
    trouble.current.answers = [{ status: 503, headers: { 'retry-after': '1' } }];
    const box = outbox();
    const started = Date.now();
    box.add('lines', 'a\n');
    await box.finish(within(5000));
    expect(bodies()).toEqual(['a\n']);
    expect(Date.now() - started).toBeGreaterThanOrEqual(950);
    expect(trouble.current.tries).toBe(2);
  });

  it('stays on disk, readable by its user only, while the service is away; the next one ships it in order', async () => {
    const away = outbox('http://127.0.0.1:9');
    away.add('runs', '1\n');
    away.add('lines', '2\n');
    await away.finish(within(300));
    expect(said.join()).toMatch(/2 batches wait in .*joblens flush/);
    const [dir = ''] = readdirSync(state);
    expect(statSync(join(state, dir)).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(state, dir))) {
      expect(statSync(join(state, dir, file)).mode & 0o777).toBe(0o600);
    }

    adopt(join(state, dir), url);
    const next = outbox();
    await next.finish(within(5000));
    expect(bodies()).toEqual(['1\n', '2\n']);
    expect(readdirSync(state)).toEqual([]);
  });

  it('leaves alone what was queued under another token, which may be of another tenant', async () => {
    const away = outbox('http://127.0.0.1:9', 'token-of-a');
    away.add('lines', 'secret of a\n');
    await away.finish(within(200));
    adopt(join(state, readdirSync(state)[0] ?? ''), url);

    await outbox(url, 'token-of-b').finish(within(2000));
    expect(bodies()).toEqual([]);
    await outbox(url, 'token-of-a').finish(within(2000));
    expect(bodies()).toEqual(['secret of a\n']);
  });

  it('sets aside what will never be taken, says why once, and goes on', async () => {
    trouble.current.answers = [
      { status: 400, detail: 'no such field' },
      { status: 400, detail: 'no such field' },
    ];
    const box = outbox();
    ['bad\n', 'bad too\n', 'good\n'].forEach((body) => box.add('lines', body));
    await box.finish(within(5000));
    expect(bodies()).toEqual(['good\n']);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/answered 400: no such field\. Kept in .*aside/);
    const aside = join(state, readdirSync(state)[0] ?? '', 'aside');
    expect(readdirSync(aside).filter((name) => name.endsWith('.ndjson'))).toHaveLength(2);
  });

  it('keeps everything queued when the token is not good enough', async () => {
    trouble.current.answers = [{ status: 401, detail: 'this token is not known' }];
    const box = outbox();
    ['a\n', 'b\n'].forEach((body) => box.add('lines', body));
    await box.finish(within(5000));
    expect(trouble.current.tries).toBe(1);
    expect(said[0]).toMatch(/this token is not known.*joblens flush/);
    expect(said[1]).toMatch(/2 batches wait/);
  });

  it('never throws where its directory cannot be written', async () => {
    writeFileSync(join(state, 'file'), '');
    const client = createClient({ url });
    const box = new Outbox(join(state, 'file', 'x'), { job: 'j', run: 'r' }, client, (message) => said.push(message));
    box.add('lines', 'a\n');
    await box.finish(within(200));
    expect(said[0]).toMatch(/can't be recorded.*--state/);
  });

  it('knows a queue whose process lives from one whose process is gone', () => {
    const queue = Queue.create(state, { job: 'j', run: 'r', url, token: '' });
    queue.add('lines', 'a\n');
    expect(Queue.leftovers(state)).toEqual([]);
    adopt(queue.dir, url);
    expect(Queue.leftovers(state).map(({ dir }) => dir)).toEqual([queue.dir]);
  });
});

/** Makes a queue look like one that a process long gone left for the service at `url`. */
function adopt(dir: string, url: string): void {
  const file = join(dir, 'owner.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), url, started: 'long ago' }));
}
