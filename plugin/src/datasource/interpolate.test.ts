import type { ScopedVars } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolate';
import type { Filter, JoblensQuery } from './types';

const ALL_JOBS = ['nightly', 'hourly (eu)'];

/** Stands in for Grafana's templateSrv: `$job` is everything, `$type` two values, `$user` one, `$none` empty. */
const values: Record<string, string | string[]> = { job: ALL_JOBS, type: ['etl', 'a.b'], user: 'zoë', none: [] };
const templates = {
  replace(text = '', scopedVars?: ScopedVars, format?: string | ((value: unknown) => string)) {
    return text.replace(/\$\{?(\w+)\}?/g, (match, name: string) => {
      const value: unknown = scopedVars?.[name]?.value ?? values[name];
      if (value === undefined) {
        return match;
      }
      return typeof format === 'function'
        ? format(value)
        : `{${[value].flat().join(',')}}`.replace(/^\{([^,]*)\}$/, '$1');
    });
  },
  getVariables: () => [
    {
      name: 'job',
      type: 'query',
      current: { value: ['$__all'], text: ['All'] },
    },
  ],
} as unknown as Parameters<typeof interpolate>[0];

const query = (fields: Partial<JoblensQuery>): JoblensQuery => ({ refId: 'A', question: 'runs', ...fields });
const filtered = (filter: Filter, scopedVars: ScopedVars = {}) =>
  interpolate(templates, query({ filters: [filter] }), scopedVars).filters;

describe('variables in a query', () => {
  it('are put into texts', () => {
    const { search, job, run } = interpolate(templates, query({ search: 'for $user', job: '$user', run: '1' }), {});
    expect({ search, job, run }).toEqual({ search: 'for zoë', job: 'zoë', run: '1' });
  });

  it('leave out a filter that says "All", also for values past the drop-down’s limit', () => {
    expect(filtered({ field: 'job', op: 'in', value: ['$job'] })).toEqual([]);
    expect(filtered({ field: 'job', op: '=~', value: '${job}' })).toEqual([]);
  });

  it('keep the one value of a repeated panel although the variable itself says "All"', () => {
    const repeated = { job: { text: 'nightly', value: 'nightly' } };
    expect(filtered({ field: 'job', op: 'in', value: ['$job'] }, repeated)).toEqual([
      { field: 'job', op: 'in', value: ['nightly'] },
    ]);
  });

  it('with several values become one-of, whatever they hold', () => {
    expect(filtered({ field: 'type', op: '=', value: '$type' })).toEqual([
      { field: 'type', op: 'in', value: ['etl', 'a.b'] },
    ]);
    expect(filtered({ field: 'type', op: '!=', value: '${type:csv}' })).toEqual([
      { field: 'type', op: '!in', value: ['etl', 'a.b'] },
    ]);
    expect(filtered({ field: 'type', op: 'in', value: ['$type', 'other'] })).toEqual([
      { field: 'type', op: 'in', value: ['etl', 'a.b', 'other'] },
    ]);
  });

  it('are taken literally inside a regular expression', () => {
    expect(filtered({ field: 'type', op: '=~', value: '^$type$' })).toEqual([
      { field: 'type', op: '=~', value: '^(etl|a\\.b)$' },
    ]);
  });

  it('without a value ask for nothing', () => {
    expect(filtered({ field: 'type', op: 'in', value: ['$none'] })).toEqual([]);
  });

  it('can name what to group by', () => {
    const scoped = { by: { text: '', value: ['owner', 'tag:env', 'nonsense'] } };
    const groupBy = JSON.parse('["$by"]');
    expect(interpolate(templates, query({ groupBy }), scoped).groupBy).toEqual(['owner', 'tag:env']);
  });

  it('leave an empty value alone: it asks for runs without one', () => {
    expect(filtered({ field: 'user', op: '=', value: '' })).toEqual([{ field: 'user', op: '=', value: '' }]);
  });
});

describe('ad hoc filters', () => {
  const adHoc = (key: string, operator: string, value: string, list?: string[]) =>
    interpolate(templates, query({}), {}, [{ key, operator, value, values: list }]).filters;

  it('become filters', () => {
    expect(adHoc('tag:env', '!=', 'prod')).toEqual([{ field: 'tag:env', op: '!=', value: 'prod' }]);
    expect(adHoc('job', '=|', 'a', ['a', 'b'])).toEqual([{ field: 'job', op: 'in', value: ['a', 'b'] }]);
    expect(adHoc('job', '!=|', 'a', ['a', 'b'])).toEqual([{ field: 'job', op: '!in', value: ['a', 'b'] }]);
  });

  it('that mean nothing here are said, not dropped', () => {
    expect(() => adHoc('job', '>', '3')).toThrow(/can't filter job with ">"/);
    expect(() => adHoc('cluster', '=', 'a')).toThrow(/no field "cluster"/);
  });
});

it('keeps the key of a run and drops the one that Explore writes into every query', () => {
  const key = '0f6e3c1a-3b1d-4c88-9d57-5f1c9d2f7a10';
  expect(interpolate(templates, query({ key }), {}).key).toBe(key);
  expect(interpolate(templates, query({ key: 'Q-7f2c-0' }), {}).key).toBeUndefined();
});
