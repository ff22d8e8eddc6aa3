import { type DataQueryRequest, SupplementaryQueryType } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { hasFilter, modifyQuery, supplementaryQuery, supplementaryRequest, toggleFilter } from './logs';
import type { JoblensQuery } from './types';

const lines: JoblensQuery = {
  refId: 'A',
  question: 'lines',
  filters: [{ field: 'job', op: '=', value: 'a' }],
  levels: ['error'],
  search: 'timeout',
  limit: 100,
  direction: 'backward',
};

describe('Explore', () => {
  it('charts the volume of the lines that a query asks for', () => {
    expect(supplementaryQuery(lines, { type: SupplementaryQueryType.LogsVolume })).toEqual({
      refId: 'log-volume-A',
      question: 'line_counts',
      format: 'timeseries',
      filters: lines.filters,
      levels: ['error'],
      search: 'timeout',
    });
  });

  it('samples the lines behind a count', () => {
    const counts: JoblensQuery = { refId: 'B', question: 'line_counts', search: 'x', groupBy: ['level'] };
    expect(supplementaryQuery(counts, { type: SupplementaryQueryType.LogsSample, limit: 20 })).toMatchObject({
      refId: 'log-sample-B',
      question: 'lines',
      search: 'x',
      limit: 20,
    });
  });

  it('asks nothing more for other questions and hidden queries', () => {
    const request = {
      targets: [
        { ...lines, hide: true },
        { refId: 'B', question: 'runs' },
      ],
    };
    const given = request as DataQueryRequest<JoblensQuery>;
    expect(supplementaryRequest(SupplementaryQueryType.LogsVolume, given)).toBeUndefined();
  });
});

describe('a filter from a log line', () => {
  const filter = (type: string, key: string, value: string, query = lines) =>
    modifyQuery(query, { type, options: { key, value } }).filters;

  it('is added', () => {
    expect(filter('ADD_FILTER', 'stream', 'stderr')).toContainEqual({ field: 'stream', op: '=', value: 'stderr' });
  });

  it('replaces its opposite', () => {
    expect(filter('ADD_FILTER_OUT', 'job', 'a')).toEqual([{ field: 'job', op: '!=', value: 'a' }]);
  });

  it('on a label that is no field changes nothing', () => {
    expect(filter('ADD_FILTER', 'n', '3')).toEqual(lines.filters);
  });

  it('on text searches for it', () => {
    expect(modifyQuery(lines, { type: 'ADD_STRING_FILTER', options: { value: 'refused' } }).search).toBe('refused');
  });
});

describe("log details' filter buttons", () => {
  const press = (type: 'FILTER_FOR' | 'FILTER_OUT', query = lines) =>
    toggleFilter(query, { type, options: { key: 'stream', value: 'stderr' } });

  it('switch a filter on and off', () => {
    const on = press('FILTER_FOR');
    expect(hasFilter(on, { key: 'stream', value: 'stderr' })).toBe(true);
    expect(press('FILTER_FOR', on).filters).toEqual(lines.filters);
  });

  it('turn a filter into its opposite', () => {
    const out = press('FILTER_OUT', press('FILTER_FOR'));
    expect(out.filters).toEqual([...(lines.filters ?? []), { field: 'stream', op: '!=', value: 'stderr' }]);
    expect(hasFilter(out, { key: 'stream', value: 'stderr' })).toBe(false);
    expect(press('FILTER_OUT', out).filters).toEqual(lines.filters);
  });
});
