import { describe, expect, it } from 'vitest';
import type { LineAnswer } from '../client/answers';
import type { LogLines } from './LogLines';
import { placeAmong } from './matches';

const found = [12, 40, 41].map((n) => ({ n }) as LineAnswer);
const matches: LogLines = {
  count: found.length,
  total: found.length,
  line: (index) => found[index],
  indexOf: (n) => (found.some((line) => line.n === n) ? found.findIndex((line) => line.n === n) : undefined),
  ensure: () => undefined,
  loading: false,
};

describe('placeAmong', () => {
  it('begins at the first match', () => expect(placeAmong(matches, undefined)).toEqual({ next: 12 }));

  it.each([
    [12, { index: 0, previous: undefined, next: 40 }],
    [40, { index: 1, previous: 12, next: 41 }],
    [41, { index: 2, previous: 40, next: undefined }],
  ])('knows the neighbours of match %i', (line, place) => expect(placeAmong(matches, line)).toEqual(place));

  it.each([
    [3, undefined, 12],
    [13, 12, 40],
    [99, 41, undefined],
  ])('goes on from line %i, which is none', (line, previous, next) =>
    expect(placeAmong(matches, line)).toEqual({ previous, next })
  );
});
