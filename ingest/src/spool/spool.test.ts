import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Coded } from '../errors.js';
import type { Segment } from './segment.js';
import { PermanentError, Spool, type SpoolOptions } from './spool.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (options: Partial<SpoolOptions> = {}) =>
  Spool.open({
    dir,
    store: async () => ({ quarantined: [] }),
    log: pino({ level: 'silent' }),
    segmentBytes: 1_000_000,
    segmentMs: 20,
    maxBytes: 1_000_000,
    maxLag: 3600,
    minFree: 0,
    ...options,
  });
const addition = (text: string) => ({
  chunks: [Buffer.from(text)],
  bytes: Buffer.byteLength(text),
  rows: text.split('\n').length - 1,
  at: Date.now(),
});
/** Stores into memory: each segment's rows, by its id. */
function memory() {
  const stored = new Map<string, string[]>();
  const order: Segment[] = [];
  return {
    stored,
    order,
    rows: () => [...stored.values()].flat(),
    store: async (segment: Segment) => {
      order.push(segment);
      const text = readFileSync(segment.path, 'utf8');
      stored.set(segment.id, text.split('\n').slice(0, -1));
      return { quarantined: [] };
    },
  };
}
const never = () => new Promise<never>(() => undefined);
const segFiles = () => readdirSync(dir).filter((name) => name.endsWith('.seg'));

describe('the spool', () => {
  test('stores what was appended, one segment for many requests, and leaves nothing behind', async () => {
    const sink = memory();
    const spool = await open({ store: sink.store });
    const appended = await Promise.all(
      Array.from({ length: 50 }, (_, i) => spool.append('default', 'lines', addition(`line ${i}\n`)))
    );
    await Promise.all(appended.map(({ stored }) => stored()));
    expect(sink.rows()).toHaveLength(50);
    expect(sink.order.length).toBeLessThan(5);
    expect(spool.state).toMatchObject({ bytes: 0, segments: 0 });
    expect(segFiles()).toEqual([]);
    await spool.close(1000);
  });

  test('keeps tenants and kinds in segments of their own, readable by nobody else', async () => {
    const spool = await open({ store: never, segmentMs: 60_000 });
    await Promise.all([
      spool.append('a', 'lines', addition('1\n')),
      spool.append('b/../c', 'lines', addition('2\n')),
      spool.append('a', 'events', addition('3\n')),
    ]);
    const files = segFiles();
    expect(files).toHaveLength(3);
    files.forEach((name) => expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600));
  });

  test('takes up what a crash left, under the same ids, and not what was never answered', async () => {
    const crashed = await open({ store: never });
    await crashed.append('default', 'lines', addition('answered 1\nanswered 2\n'));
    const [name = ''] = segFiles();
    appendFileSync(join(dir, name), 'torn by the cra');
    appendFileSync(join(dir, name.replace('.seg', '.meta')), '{"at":1,"offset":22,"by');
    const sink = memory();
    const spool = await open({ store: sink.store });
    await spool.close(2000);
    expect(sink.rows()).toEqual(['answered 1', 'answered 2']);
    expect([...sink.stored.keys()]).toEqual([name.split('.')[0]]);
  });

  test('knows what waits under a key, also from before a crash, and does not write it again', async () => {
    const keyed = { ...addition('once\n'), key: 'k', answer: '{"accepted":1}' };
    const crashed = await open({ store: never });
    await crashed.append('default', 'lines', keyed);
    const sink = memory();
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    const spool = await open({ store: async (segment) => held.then(() => sink.store(segment)) });
    expect(spool.answerOf('default', 'k')).toBe('{"accepted":1}');
    expect(spool.answerOf('other', 'k')).toBeUndefined();
    const { stored } = await spool.append('default', 'lines', keyed);
    const done = stored();
    go();
    expect(await done).toEqual({ stored: 1, quarantined: 0 });
    expect(sink.rows()).toEqual(['once']);
    expect(spool.answerOf('default', 'k')).toBeUndefined();
    await spool.close(1000);
  });

  test('finds flipped bits: the damaged request is set aside, the rest goes on', async () => {
    const crashed = await open({ store: never });
    for (const text of ['first\n', 'second\n', 'third\n']) {
      await crashed.append('default', 'lines', addition(text));
    }
    const path = join(dir, segFiles()[0] ?? '');
    const bytes = readFileSync(path);
    bytes[8] = (bytes[8] ?? 0) ^ 4;
    writeFileSync(path, bytes);
    const sink = memory();
    const spool = await open({ store: sink.store });
    await spool.close(2000);
    expect(sink.rows()).toEqual(['first', 'third']);
    expect(sink.order[0]?.entries.map(({ row, offset }) => [row, offset])).toEqual([
      [0, 0],
      [1, 6],
    ]);
    expect(existsSync(join(dir, 'aside'))).toBe(true);
  });

  test('tries again until it works, in order, and tells who waits', async () => {
    const sink = memory();
    let failures = 3;
    const spool = await open({
      store: async (segment) => {
        if (failures-- > 0) {
          throw new Error('ClickHouse is away');
        }
        return sink.store(segment);
      },
    });
    const { stored } = await spool.append('default', 'lines', addition('a\nb\n'));
    expect(await stored()).toEqual({ stored: 2, quarantined: 0 });
    expect(sink.rows()).toEqual(['a', 'b']);
    await spool.close(1000);
  });

  test('sets aside what can never be stored, and goes on', async () => {
    const sink = memory();
    const spool = await open({
      store: async (segment) => {
        if (segment.kind === 'records') {
          throw new PermanentError('no such table');
        }
        return sink.store(segment);
      },
    });
    await spool.append('default', 'records', addition('x\n'));
    const { stored } = await spool.append('default', 'lines', addition('y\n'));
    await stored();
    expect(sink.rows()).toEqual(['y']);
    await spool.close(2000);
    expect(spool.state.setAside).toBe(1);
    expect(readdirSync(join(dir, 'aside')).some((name) => name.endsWith('.records.seg'))).toBe(true);
  });

  test('refuses with 503 and a time to come back when full, and takes writes again after', async () => {
    let open_ = false;
    const sink = memory();
    const spool = await open({
      maxBytes: 100,
      store: async (segment) => {
        if (!open_) {
          throw new Error('away');
        }
        return sink.store(segment);
      },
    });
    await spool.append('default', 'lines', addition(`${'x'.repeat(120)}\n`));
    const refused = await spool.append('default', 'lines', addition('y\n')).catch((error: Coded) => error);
    expect(refused).toMatchObject({ status: 503, extra: { retryAfter: 5 } });
    open_ = true;
    await expect.poll(() => spool.state.bytes, { timeout: 10_000 }).toBe(0);
    await spool.append('default', 'lines', addition('z\n'));
    await spool.close(2000);
    expect(sink.rows()).toEqual(['x'.repeat(120), 'z']);
  });

  test('no two rows of a service share an arrival number', async () => {
    const sink = memory();
    const spool = await open({ store: sink.store, segmentMs: 1 });
    for (let i = 0; i < 20; i++) {
      await spool.append(`tenant ${i % 3}`, 'lines', addition('a\n'.repeat(5000)));
    }
    await spool.close(5000);
    const ranges = sink.order
      .map(({ arrival, rows }) => [arrival, arrival + rows] as const)
      .sort((a, b) => a[0] - b[0]);
    ranges.slice(1).forEach(([from], i) => expect(from).toBeGreaterThanOrEqual(ranges[i]?.[1] ?? 0));
  });
});
