import { describe, expect, it } from 'vitest';
import type { StepAnswer } from '../client/answers';
import { toWaterfall } from './waterfall';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString();
const step = (name: string, parent: string | null, from: number | null, to: number | null): StepAnswer => ({
  step: name,
  parent,
  title: null,
  status: to === null ? 'running' : 'succeeded',
  status_text: null,
  started_at: from === null ? null : at(from),
  finished_at: to === null ? null : at(to),
  duration_ms: from !== null && to !== null ? (to - from) * 1000 : null,
  error: null,
  metadata: {},
});

describe('toWaterfall', () => {
  it('puts steps under their parents, in the order of their starts', () => {
    const { rows } = toWaterfall(
      [step('b', null, 5, 10), step('b2', 'b', 7, 9), step('b1', 'b', 5, 6), step('a', null, 0, 5)],
      0
    );
    expect(rows.map(({ step, depth }) => `${depth} ${step}`)).toEqual(['0 a', '0 b', '1 b1', '1 b2']);
    expect(rows[1]).toMatchObject({ from: 0.5, to: 1 });
  });

  it('draws a running step up to now', () => {
    const { rows } = toWaterfall([step('a', null, 0, 5), step('b', null, 5, null)], Date.parse(at(20)));
    expect(rows[1]).toMatchObject({ from: 0.25, to: 1 });
  });

  it('loses no step to a parent that is not there, or to a circle', () => {
    const { rows } = toWaterfall(
      [step('x', 'gone', 0, 1), step('p', 'q', 1, 2), step('q', 'p', 2, 3), step('late', null, null, null)],
      0
    );
    expect(rows.map(({ step }) => step).sort()).toEqual(['late', 'p', 'q', 'x']);
  });
});
