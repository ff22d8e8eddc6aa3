import { describe, expect, it, vi } from 'vitest';
import type { LineAnswer } from '../client/answers';
import { CHUNK, LineStore, type FetchLines } from './LineStore';

const line = (n: number): LineAnswer => ({
  n,
  seq: n,
  arrival: String(n),
  attempt: 1,
  time: '2026-11-22T03:00:00.000Z',
  level: 'info',
  message: `line ${n}`,
  stream: null,
  step: null,
  operation: null,
  input: null,
  output: null,
  masked: false,
  fields: {},
});

function storeOver(total: () => number) {
  const fetchLines = vi.fn<FetchLines>(async ({ fromLine, limit }) => ({
    lines: Array.from({ length: Math.max(0, Math.min(limit, total() - fromLine + 1)) }, (_, i) => line(fromLine + i)),
    next: null,
    total: total(),
  }));
  const changed = vi.fn();
  return { store: new LineStore(changed, vi.fn()), fetchLines, changed };
}

describe('LineStore', () => {
  it('fetches only the part that is looked at, and that once', async () => {
    const { store, fetchLines, changed } = storeOver(() => 300_000);
    store.ensure(250_010, 250_050, 300_000, fetchLines);
    store.ensure(250_010, 250_050, 300_000, fetchLines);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledWith(300_000));
    expect(fetchLines.mock.calls).toEqual([[{ fromLine: 250_001, limit: CHUNK }]]);
    expect(store.line(250_010)?.n).toBe(250_011);
    expect(store.line(0)).toBeUndefined();
  });

  it('asks again for the end of a log that has grown', async () => {
    let total = 10;
    const { store, fetchLines, changed } = storeOver(() => total);
    store.ensure(9, 9, total, fetchLines);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    store.ensure(9, 9, total, fetchLines);
    expect(fetchLines).toHaveBeenCalledTimes(1);
    total = 12;
    store.ensure(11, 11, total, fetchLines);
    await vi.waitFor(() => expect(store.line(11)?.message).toBe('line 12'));
  });
});
