import { describe, expect, it } from 'vitest';
import { lineSchema } from '../../model/line.js';
import { LineBatcher } from './line-batcher.js';

function collect() {
  const bodies: string[] = [];
  const batcher = new LineBatcher({
    job: 'a "job"',
    run: 'r/1',
    flush: (body) => void bodies.push(body.toString()),
    now: () => 1000,
  });
  const lines = () =>
    bodies.flatMap((body) => body.trimEnd().split('\n')).map((line) => lineSchema.parse(JSON.parse(line)));
  return { batcher, bodies, lines };
}

describe('LineBatcher', () => {
  it('numbers lines over both streams in order of arrival and keeps to the contract', () => {
    const { batcher, lines } = collect();
    batcher.push('stdout', Buffer.from('one\ntw'));
    batcher.push('stderr', Buffer.from('oops\n'));
    batcher.push('stdout', Buffer.from('o\r\nlast'));
    batcher.end();
    expect(lines().map(({ seq, stream, message }) => [seq, stream, message])).toEqual([
      [0, 'stdout', 'one'],
      [1, 'stderr', 'oops'],
      [2, 'stdout', 'two\r'],
      [3, 'stdout', 'last'],
    ]);
    expect(lines()[0]).toMatchObject({ job: 'a "job"', run: 'r/1', time: 1000 });
  });

  it('hands over a fifth of a second after the first line, or at a megabyte', async () => {
    const { batcher, bodies } = collect();
    batcher.push('stdout', Buffer.from('soon\n'));
    expect(bodies).toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bodies).toHaveLength(1);
    batcher.push('stdout', Buffer.alloc(3 * 1024 * 1024, 'x'.repeat(99) + '\n'));
    expect(bodies.length).toBeGreaterThan(3);
  });

  it('replaces bytes that are no UTF-8 and marks the pieces of a very long line', () => {
    const { batcher, lines } = collect();
    batcher.push('stdout', Buffer.from([0x61, 0xff, 0x0a]));
    batcher.push('stdout', Buffer.from(`${'é'.repeat(700_000)}\n`));
    batcher.end();
    const [bad, head, tail] = lines();
    expect(bad?.message).toBe('a\uFFFD');
    expect([head?.fields, tail?.fields]).toEqual([undefined, { continued: true }]);
    expect(`${head?.message}${tail?.message}`).toBe('é'.repeat(700_000));
  });

  it.each([
    [
      'the last line of stderr',
      [
        ['stderr', 'first\n\u001b[31mfatal: no\u001b[0m\n\n'],
        ['stdout', 'bye\n'],
      ],
      'fatal: no',
    ],
    ['stdout where stderr is silent', [['stdout', '10 %\r50 %\rfailed\n']], 'failed'],
    ['nothing', [['stdout', '\n']], undefined],
  ] as const)('takes as last words %s', (_what, output, expected) => {
    const { batcher } = collect();
    output.forEach(([stream, text]) => batcher.push(stream, Buffer.from(text)));
    batcher.end();
    expect(batcher.lastWords()).toBe(expected);
  });
});
