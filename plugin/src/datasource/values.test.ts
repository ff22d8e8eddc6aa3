import { getDefaultTimeRange } from '@grafana/data';
import { expect, it } from 'vitest';
import { readValues, valuesBody } from './values';

const answer = (result: unknown) => ({ results: { values: result } });

it('asks for a field in a range', () => {
  const range = getDefaultTimeRange();
  const body = valuesBody({ field: 'job', search: '' }, range);
  expect(JSON.parse(JSON.stringify(body))).toEqual({
    from: range.from.valueOf(),
    to: range.to.valueOf(),
    queries: [{ refId: 'values', question: 'values', field: 'job' }],
  });
});

it('reads values with their counts, wherever the columns stand', () => {
  const frame = {
    schema: { fields: [{ name: 'count' }, { name: 'value' }] },
    data: {
      values: [
        [7, 2],
        ['nightly', ''],
      ],
    },
  };
  expect(readValues(answer({ status: 200, frames: [frame] }))).toEqual([
    { value: 'nightly', count: 7 },
    { value: '', count: 2 },
  ]);
});

it('passes on what the service said', () => {
  expect(() => readValues(answer({ status: 400, error: 'there is no field "x"' }))).toThrow('there is no field "x"');
});

it('reads nothing out of nothing', () => {
  expect(readValues({})).toEqual([]);
  expect(readValues(answer({ status: 200, frames: [] }))).toEqual([]);
});
