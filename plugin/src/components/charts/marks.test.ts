import { expect, it } from 'vitest';
import { marksFor } from './marks';

it('marks durations that are far apart by steps that people say', () => {
  // A median of 17 s under a p95 of 45 minutes.
  expect(
    marksFor([
      [17_000, null, 18_500],
      [2_700_000, 900_000],
    ])
  ).toEqual([10_000, 60_000, 600_000, 3_600_000]);
});

it.each([
  [
    'close together',
    [
      [13_000, 12_000],
      [25_000, 20_000],
    ],
  ],
  ['instant', [[0, 4], [90_000]]],
  ['not known yet', [[null], []]],
])('leaves the axis straight where durations are %s', (_, columns) => {
  expect(marksFor(columns)).toBeUndefined();
});
