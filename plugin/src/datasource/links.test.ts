import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { withLinks, withoutHidden } from './links';

const frame = (fields: Record<string, unknown[]>, more: Partial<DataFrame> = {}) => ({
  ...toDataFrame({ fields: Object.entries(fields).map(([name, values]) => ({ name, values })) }),
  ...more,
});
const decorated = (given: DataFrame) => {
  const [only] = withLinks([given], 'joblens uid');
  return Object.fromEntries((only?.fields ?? []).map((field) => [field.name, field]));
};
const urlOf = (given: DataFrame, name: string) => decorated(given)[name]?.config.links?.[0]?.url;

describe('the frames of an answer', () => {
  it('lead from a run to its page, with the same data source', () => {
    const runs = frame({ job: ['a/b'], run: ['nightly-1'], status: ['failed'], key: ['k'] });
    expect(urlOf(runs, 'run')).toBe(
      '/a/joblens-history-app/run?job=${__data.fields.job:percentencode}&run=${__data.fields.run:percentencode}&var-ds=joblens%20uid'
    );
    expect(urlOf(runs, 'job')).toContain('/a/joblens-history-app/job?job=${__data.fields.job:percentencode}');
    expect(urlOf(runs, 'key')).toBeUndefined();
  });

  it('lead by the key where that is all there is', () => {
    expect(urlOf(frame({ error_type: ['Timeout'], last_key: ['k'] }), 'last_key')).toContain(
      '/run?key=${__data.fields.last_key:percentencode}'
    );
    expect(urlOf(frame({ title: ['x'], key: ['k'] }), 'key')).toContain('/run?key=${__data.fields.key:percentencode}');
  });

  it('lead to the newest run by its id, for a key says nothing to a reader', () => {
    expect(urlOf(frame({ job: ['a'], last_run: ['seven'] }), 'last_run')).toContain(
      '/run?job=${__data.fields.job:percentencode}&run=${__data.fields.last_run:percentencode}'
    );
  });

  it('leave out in Explore, which heeds no config, what a table is to hide', () => {
    const given = frame({ job: ['a'], key: ['k'] });
    given.fields[1]!.config = { custom: { hideFrom: { viz: true } } };
    expect(withoutHidden([given])[0]?.fields.map(({ name }) => name)).toEqual(['job']);
  });

  it('keep links that are there', () => {
    const given = frame({ job: ['a'] });
    given.fields[0]!.config = { links: [{ title: 'Own', url: '/own' }] };
    expect(decorated(given)['job']?.config.links?.map(({ title }) => title)).toEqual(['Own', 'Open job']);
  });

  it('can be filtered by what is a field of a run', () => {
    const { status, message } = decorated(frame({ status: ['failed'], message: ['no'] }));
    expect([status?.config.filterable, message?.config.filterable]).toEqual([true, undefined]);
  });
});

it('gives a log line its run as a field, for a label takes no link', () => {
  const log = frame(
    { timestamp: [1, 2], body: ['x', 'y'], labels: [{ job: 'a/b', run: 'seven', level: 'info' }, null] },
    { meta: { preferredVisualisationType: 'logs' } }
  );
  const { job, run } = decorated(log);
  expect(run).toMatchObject({ type: FieldType.string, values: ['seven', ''] });
  expect(run?.config.links?.[0]?.title).toBe('Open run');
  expect(job?.config.custom).toEqual({ hidden: true });
});
