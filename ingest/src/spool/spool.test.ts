import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Coded } from '../errors.js';
import { PermanentError, type SegmentStore } from './drain.js';
import type { Segment } from './segment.js';
import { Spool, type SpoolOptions } from './spool.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = ({
  insert = async () => ({ quarantined: [] }),
  settle = async () => undefined,
  ...options
}: Partial<SpoolOptions & SegmentStore> = {}) =>
  Spool.open({
    dir,
    store: { insert, settle },
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
const keyed = (text: string, key: string) => ({ ...addition(text), key, answer: '{"accepted":1}' });
/** Something to wait for, until `go` is called. */
function gate() {
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  return { held, go: () => go() };
}
/** Stores into memory: each segment's rows, by its id. */
function memory() {
  const stored = new Map<string, string[]>();
  const order: Segment[] = [];
  return {
    stored,
    order,
    rows: () => [...stored.values()].flat(),
    insert: async (segment: Segment) => {
      order.push(segment);
      const text = readFileSync(segment.path, 'utf8');
      const isGood = (row: number) => !segment.damaged.some(([from, to]) => row >= from && row < to);
      stored.set(
        segment.id,
        text
          .split('\n')
          .slice(0, -1)
          .filter((_, row) => isGood(row))
      );
      return { quarantined: [] };
    },
  };
}
const never = () => new Promise<never>(() => undefined);
/** Changes one bit of a file. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}
const segFiles = () => readdirSync(dir).filter((name) => name.endsWith('.seg'));
/** Without those that were made ahead. */
const written = () =>
  segFiles().filter((name) => {
    const sidecar = join(dir, name.replace('.seg', '.meta'));
    return existsSync(sidecar) && readFileSync(sidecar, 'utf8').startsWith('{');
  });

describe('the spool', () => {
  test('stores what was appended, one segment for many requests, and leaves nothing behind', async () => {
    const sink = memory();
    const spool = await open({ insert: sink.insert });
    const appended = await Promise.all(
      Array.from({ length: 50 }, (_, i) => spool.append('default', 'lines', addition(`line ${i}\n`)))
    );
    await Promise.all(appended.map(({ stored }) => stored()));
    expect(sink.rows()).toHaveLength(50);
    expect(sink.order.length).toBeLessThan(5);
    expect(spool.state).toMatchObject({ bytes: 0, segments: 0 });
    expect(written()).toEqual([]);
    await spool.close(1000);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('keeps tenants and kinds in segments of their own, readable by nobody else', async () => {
    const spool = await open({ insert: never, segmentMs: 60_000 });
    await Promise.all([
      spool.append('a', 'lines', addition('1\n')),
      spool.append('b/../c', 'lines', addition('2\n')),
      spool.append('a', 'events', addition('3\n')),
    ]);
    expect(written()).toHaveLength(3);
    segFiles().forEach((name) => expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600));
  });

  test('takes up what a crash left, under the same ids, and not what was never answered', async () => {
    const crashed = await open({ insert: never });
    await crashed.append('default', 'lines', addition('answered 1\nanswered 2\n'));
    const [name = ''] = written();
    appendFileSync(join(dir, name), 'torn by the cra');
    appendFileSync(join(dir, name.replace('.seg', '.meta')), '{"at":1,"offset":22,"by');
    const sink = memory();
    const spool = await open({ insert: sink.insert });
    await spool.close(2000);
    expect(sink.rows()).toEqual(['answered 1', 'answered 2']);
    expect([...sink.stored.keys()]).toEqual([name.split('.')[0]]);
  });

  test('files that were made ahead hold zeros past what is written: they are no part of it, and gone after a crash', async () => {
    const crashed = await open({ insert: never, segmentMs: 60_000 });
    const append = (text: string) => crashed.append('default', 'lines', addition(text));
    // The files of the third segment are as long as the first became.
    for (const text of ['a long first segment\n', 'the second\n']) {
      await append(text);
      await crashed.flush(100);
    }
    await expect.poll(() => segFiles().some((name) => readFileSync(join(dir, name))[0] === 0)).toBe(true);
    await append('3\n');
    const third = written().at(-1) ?? '';
    expect(readFileSync(join(dir, third), 'latin1')).toMatch(/^3\n\0+$/);
    const sink = memory();
    const spool = await open({ insert: sink.insert });
    await spool.close(2000);
    const inOrder = sink.order.sort((a, b) => a.arrival - b.arrival).flatMap(({ id }) => sink.stored.get(id));
    expect(inOrder).toEqual(['a long first segment', 'the second', '3']);
    expect(spool.state.setAside).toBe(0);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('knows what waits under a key, also from before a crash, and does not write it again', async () => {
    const once = keyed('once\n', 'k');
    const crashed = await open({ insert: never });
    await crashed.append('default', 'lines', once);
    const sink = memory();
    const { held, go } = gate();
    const spool = await open({ insert: async (segment) => held.then(() => sink.insert(segment)) });
    expect(spool.heldUnder('default', 'k')?.answer).toBe('{"accepted":1}');
    expect(spool.heldUnder('other', 'k')).toBeUndefined();
    const { stored } = await spool.append('default', 'lines', once);
    const done = stored();
    go();
    expect(await done).toEqual({ stored: 1, quarantined: 0 });
    expect(sink.rows()).toEqual(['once']);
    expect(spool.heldUnder('default', 'k')).toBeUndefined();
    await spool.close(1000);
  });

  test('what a crash wrote to the sidecar alone was never answered: its key is free, and nothing is set aside', async () => {
    const crashed = await open({ insert: never, segmentMs: 60_000 });
    await crashed.append('default', 'lines', keyed('answered\n', 'first'));
    await crashed.append('default', 'lines', keyed('interrupted\n', 'second'));
    truncateSync(join(dir, written()[0] ?? ''), 'answered\ninterr'.length);
    const sink = memory();
    const { held, go } = gate();
    const spool = await open({ insert: async (segment) => held.then(() => sink.insert(segment)) });
    expect(spool.heldUnder('default', 'first')?.answer).toBe('{"accepted":1}');
    expect(spool.heldUnder('default', 'second')).toBeUndefined();
    await spool.append('default', 'lines', keyed('interrupted\n', 'second'));
    go();
    await spool.close(2000);
    expect(sink.rows()).toEqual(['answered', 'interrupted']);
    expect(spool.state.setAside).toBe(0);
  });

  test('a segment that can’t be read now holds nothing else up', async () => {
    const crashed = await open({ insert: never });
    await crashed.append('default', 'lines', addition('lost\n'));
    await crashed.append('other', 'lines', addition('kept\n'));
    const [path = ''] = written().filter((name) => readFileSync(join(dir, name), 'utf8').startsWith('lost'));
    rmSync(join(dir, path));
    mkdirSync(join(dir, path));
    const sink = memory();
    const spool = await open({ insert: sink.insert });
    await expect.poll(() => sink.rows()).toEqual(['kept']);
    await spool.close(100);
  });

  test('of requests that became durable together, one that is not whole holds no key, and is reported', async () => {
    const crashed = await open({ insert: never, segmentMs: 60_000 });
    await Promise.all(['one\n', 'two\n'].map((text) => crashed.append('default', 'lines', keyed(text, text.trim()))));
    flip(join(dir, written()[0] ?? ''), 1);
    const sink = memory();
    const { held, go } = gate();
    const spool = await open({ insert: async (segment) => held.then(() => sink.insert(segment)) });
    expect(spool.heldUnder('default', 'one')).toBeUndefined();
    expect(spool.heldUnder('default', 'two')?.answer).toBe('{"accepted":1}');
    go();
    await spool.close(2000);
    expect(sink.rows()).toEqual(['two']);
    expect(spool.state.setAside).toBe(1);
  });

  test('the key of a request that was damaged on disk is free once that was found', async () => {
    let attempts = 0;
    const spool = await open({
      insert: async (segment) => {
        if (attempts++ === 0) {
          flip(segment.path, 1);
        }
        throw new Error('away');
      },
    });
    await spool.append('default', 'lines', keyed('one\n', 'k'));
    expect(spool.heldUnder('default', 'k')).toBeDefined();
    await expect.poll(() => spool.heldUnder('default', 'k'), { timeout: 10_000 }).toBeUndefined();
    expect(spool.state.setAside).toBe(1);
    await spool.close(1000);
  });

  const DAMAGE: Array<[name: string, damage: (path: string) => void, left: string[]]> = [
    ['flipped bits', (path) => flip(path, 15), ['first', 'third']],
    ['a newline that is none any more', (path) => flip(path, 5), ['second a', 'second b', 'third']],
    ['a tear in the middle', (path) => truncateSync(path, 20), ['first']],
    ['a newline at the end that is none any more', (path) => flip(path, 29), ['first', 'second a', 'second b']],
  ];

  test.each(DAMAGE)('%s: the damaged requests are set aside, the rest goes on', async (_name, damage, left) => {
    const crashed = await open({ insert: never, segmentMs: 60_000 });
    for (const text of ['first\n', 'second a\nsecond b\n', 'third\n']) {
      await crashed.append('default', 'lines', addition(text));
    }
    const path = join(dir, written()[0] ?? '');
    damage(path);
    const asFound = readFileSync(path);
    // A second crash, before anything of it could be stored.
    const second = await open({ insert: never });
    await expect.poll(() => second.state.setAside).toBe(1);
    const sink = memory();
    const spool = await open({ insert: sink.insert });
    await spool.close(2000);
    expect(spool.state.setAside).toBe(1);
    expect(sink.rows()).toEqual(left);
    expect(readFileSync(join(dir, 'aside', basename(path)))).toEqual(asFound);
  });

  test('what is damaged while ClickHouse is away is found too', async () => {
    const sink = memory();
    let attempts = 0;
    const spool = await open({
      insert: async (segment) => {
        if (attempts++ === 0) {
          flip(segment.path, 2);
          throw new Error('away');
        }
        return sink.insert(segment);
      },
    });
    await Promise.all(['first\n', 'second\n'].map((text) => spool.append('default', 'lines', addition(text))));
    await expect.poll(() => spool.state.segments, { timeout: 10_000 }).toBe(0);
    expect(sink.rows()).toEqual(['second']);
    expect(spool.state.setAside).toBe(1);
    await spool.close(1000);
  });

  test('tries again until it works, in order, and tells who waits', async () => {
    const sink = memory();
    let failures = 3;
    const spool = await open({
      insert: async (segment) => {
        if (failures-- > 0) {
          throw new Error('ClickHouse is away');
        }
        return sink.insert(segment);
      },
    });
    const { stored } = await spool.append('default', 'lines', addition('a\nb\n'));
    expect(await stored()).toEqual({ stored: 2, quarantined: 0 });
    expect(sink.rows()).toEqual(['a', 'b']);
    await spool.close(1000);
  });

  test('settles together what was inserted while its tenant was being settled', async () => {
    const settled: string[][] = [];
    const { held, go } = gate();
    const spool = await open({
      settle: async (segments) => {
        settled.push(segments.map(({ tenant }) => tenant));
        await (segments[0]?.tenant === 'slow' ? held : undefined);
      },
    });
    const append = async (tenant: string) => (await spool.append(tenant, 'lines', addition('x\n'))).stored();
    const first = append('slow');
    await expect.poll(() => settled.length).toBe(1);
    const meanwhile = [append('slow'), append('slow').then(() => append('slow'))];
    await append('quick');
    expect(settled).toEqual([['slow'], ['quick']]);
    expect(spool.state.segments).toBeGreaterThan(1);
    go();
    await Promise.all([first, ...meanwhile]);
    expect(settled.slice(2).every((batch) => batch.every((tenant) => tenant === 'slow'))).toBe(true);
    expect(spool.state).toMatchObject({ bytes: 0, segments: 0 });
    await spool.close(1000);
  });

  test('tries again where a file that was stored can not be removed', async () => {
    let settled = 0;
    const spool = await open({
      settle: async ([segment]) => {
        const path = segment?.path ?? '';
        rmSync(path, { recursive: true, force: true });
        // In the way of whoever removes a file.
        if (settled++ === 0) {
          mkdirSync(path);
        }
      },
    });
    const { stored } = await spool.append('default', 'lines', addition('a\n'));
    expect(await stored()).toEqual({ stored: 1, quarantined: 0 });
    expect(settled).toBe(2);
    expect(spool.state).toMatchObject({ bytes: 0, segments: 0 });
    await spool.close(1000);
  });

  test('sets aside what can never be stored, and goes on', async () => {
    const sink = memory();
    const spool = await open({
      insert: async (segment) => {
        if (segment.kind === 'records') {
          throw new PermanentError('no such table');
        }
        return sink.insert(segment);
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

  test('what fails again and again makes way for others, of its tenant and of all', async () => {
    const sink = memory();
    let mended = false;
    const spool = await open({
      insert: async (segment) => {
        if (segment.kind === 'records' && !mended) {
          throw new Error('can’t be stored, for whatever reason');
        }
        return sink.insert(segment);
      },
      settle: async ([segment]) => {
        if (segment?.tenant.startsWith('odd') && !mended) {
          throw new Error('can’t be settled, for whatever reason');
        }
      },
    });
    for (const tenant of ['odd 1', 'odd 2', 'odd 3']) {
      await spool.append(tenant, 'records', addition('x\n'));
      await spool.append(tenant, 'events', addition('x\n'));
    }
    const { stored } = await spool.append('default', 'lines', addition('y\n'));
    expect(await stored()).toEqual({ stored: 1, quarantined: 0 });
    expect(spool.state.segments).toBe(6);
    mended = true;
    await expect.poll(() => spool.state.segments, { timeout: 20_000 }).toBe(0);
    expect(sink.rows()).toHaveLength(7);
    await spool.close(2000);
  });

  test('refuses with 503 and a time to come back when full, and takes writes again after', async () => {
    let open_ = false;
    const sink = memory();
    const spool = await open({
      maxBytes: 100,
      insert: async (segment) => {
        if (!open_) {
          throw new Error('away');
        }
        return sink.insert(segment);
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
    const spool = await open({ insert: sink.insert, segmentMs: 1 });
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
