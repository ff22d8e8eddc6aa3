import { CoreApp, type DataQueryRequest, type DataSourceInstanceSettings, getDefaultTimeRange } from '@grafana/data';
import {
  type BackendSrv,
  type GrafanaLiveSrv,
  setBackendSrv,
  setGrafanaLiveSrv,
  setTemplateSrv,
  type TemplateSrv,
} from '@grafana/runtime';
import { firstValueFrom, of } from 'rxjs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { annotationSupport } from './annotations';
import { JoblensDataSource } from './datasource';
import type { JoblensOptions, JoblensQuery, JoblensVariableQuery } from './types';
import { JoblensVariableSupport } from './variables';

const fetch = vi.fn();
const getDataStream = vi.fn(() => of({ data: [] }));
setBackendSrv({ fetch } as unknown as BackendSrv);
setGrafanaLiveSrv({ getDataStream } as unknown as GrafanaLiveSrv);
setTemplateSrv({
  replace: (text: string, _vars: unknown, format?: (value: unknown) => string) =>
    text.replace('${type}', () => (format ? format('etl') : 'etl')).replace('$type', 'etl'),
  getVariables: () => [],
} as unknown as TemplateSrv);

const datasource = new JoblensDataSource({
  id: 1,
  uid: 'joblens',
  type: 'joblens-history-datasource',
  name: 'Joblens',
  jsonData: {},
} as DataSourceInstanceSettings<JoblensOptions>);

/** The service's answer to the question `values`. */
const answer = (values: string[]) => ({
  data: {
    results: {
      values: {
        frames: [
          {
            schema: { fields: [{ name: 'value' }, { name: 'count' }] },
            data: { values: [values, values.map(() => 1)] },
          },
        ],
      },
    },
  },
});

const sentQuery = () => fetch.mock.lastCall?.[0].data.queries[0];

beforeEach(() => {
  fetch.mockReset();
  getDataStream.mockClear();
});

describe('suggestions', () => {
  it('come from the service through the relay', async () => {
    fetch.mockReturnValue(of(answer(['nightly', 'hourly'])));
    const values = await datasource.getValues({ field: 'job', search: 'n' }, getDefaultTimeRange());
    expect(values.map(({ value }) => value)).toEqual(['nightly', 'hourly']);
    expect(fetch.mock.lastCall?.[0]).toMatchObject({
      method: 'POST',
      url: '/api/datasources/uid/joblens/resources/v1/query',
      showErrorAlert: false,
    });
    expect(sentQuery()).toMatchObject({ question: 'values', field: 'job', search: 'n' });
  });

  it('of log levels need no service', async () => {
    expect((await datasource.getValues({ field: 'level' })).map(({ value }) => value)).toContain('error');
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('ad hoc filters', () => {
  it('can be on every field and on the tags in use', async () => {
    fetch.mockReturnValue(of(answer(['env'])));
    const keys = (await datasource.getTagKeys()).map(({ value }) => value);
    expect(keys).toEqual(expect.arrayContaining(['job', 'status', 'error_type', 'tag:env']));
  });

  it('offer values that fit the filters beside them', async () => {
    fetch.mockReturnValue(of(answer(['nightly'])));
    const filters = [{ key: 'type', operator: '=', value: 'etl' }];
    expect(await datasource.getTagValues({ key: 'job', filters })).toEqual([{ text: 'nightly', value: 'nightly' }]);
    expect(sentQuery().filters).toEqual([{ field: 'type', op: '=', value: 'etl' }]);
  });

  it('on a field that there is not have no values', async () => {
    expect(await datasource.getTagValues({ key: 'cluster', filters: [] })).toEqual([]);
  });
});

it('answers dashboard variables, narrowed by other variables', async () => {
  fetch.mockReturnValue(of(answer(['nightly'])));
  const target: JoblensVariableQuery = {
    refId: 'variable',
    question: 'values',
    field: 'job',
    filters: [{ field: 'type', op: '=', value: '$type' }],
  };
  const request = { targets: [target], scopedVars: {}, range: getDefaultTimeRange() };
  const response = await firstValueFrom(
    new JoblensVariableSupport(datasource).query(request as unknown as DataQueryRequest<JoblensVariableQuery>)
  );
  expect(response.data).toEqual([{ text: 'nightly', value: 'nightly' }]);
  expect(sentQuery().filters).toEqual([{ field: 'type', op: '=', value: 'etl' }]);
});

it('asks in the time zone of whoever looks', async () => {
  fetch.mockReturnValue(of(answer([])));
  const targets: JoblensQuery[] = [{ refId: 'A', question: 'trends' }];
  const range = getDefaultTimeRange();
  const request = { targets, scopedVars: {}, range, timezone: 'Asia/Kolkata', requestId: 'Q', intervalMs: 1000 };
  await firstValueFrom(datasource.query(request as unknown as DataQueryRequest<JoblensQuery>));
  expect(sentQuery()).toMatchObject({ question: 'trends', timeZone: 'Asia/Kolkata' });
  expect(targets).toEqual([{ refId: 'A', question: 'trends' }]);
});

it('marks failed and missed runs unless an annotation says otherwise', () => {
  const query = (target?: Partial<JoblensQuery>) =>
    annotationSupport.prepareQuery?.({ name: 'Runs', enable: true, iconColor: 'red', target: target as JoblensQuery });
  expect(query()).toEqual({ refId: 'Anno', question: 'annotations', statuses: ['failed', 'timed_out', 'missed'] });
  expect(query({ refId: 'A', statuses: ['missed'] })).toMatchObject({ question: 'annotations', statuses: ['missed'] });
});

it('starts each place with a question that fits it', () => {
  expect(datasource.getDefaultQuery(CoreApp.Explore).question).toBe('lines');
  expect(datasource.getDefaultQuery(CoreApp.UnifiedAlerting)).toEqual({ question: 'spike', format: 'numeric' });
  expect(datasource.getDefaultQuery(CoreApp.Dashboard).question).toBe('counts');
});

it('does not ask hidden or unfinished queries', () => {
  expect(datasource.filterQuery({ refId: 'A', question: 'runs', hide: true })).toBe(false);
  expect(datasource.filterQuery({ refId: 'A', question: 'run' })).toBe(false);
  expect(datasource.filterQuery({ refId: 'A', question: 'runs' })).toBe(true);
});

describe('live tail', () => {
  const follow = (query: Partial<JoblensQuery>) => {
    const request = { liveStreaming: true, targets: [{ refId: 'A', question: 'lines', ...query }] };
    return firstValueFrom(datasource.query(request as unknown as DataQueryRequest<JoblensQuery>));
  };
  const channel = { scope: 'ds', namespace: 'joblens', path: 'tail/0f6e3c1a' };

  it('follows the channel of a run by its key', async () => {
    await follow({ key: '0f6e3c1a' });
    expect(getDataStream).toHaveBeenCalledWith(expect.objectContaining({ addr: channel }));
  });

  it('finds the run by its names', async () => {
    fetch.mockReturnValue(of({ data: { key: '0f6e3c1a' } }));
    await follow({ job: 'a/b', run: '1' });
    expect(fetch.mock.lastCall?.[0]).toMatchObject({ params: { job: 'a/b', run: '1' } });
    expect(getDataStream).toHaveBeenCalledWith(expect.objectContaining({ addr: channel }));
  });

  it('says that it needs a run', async () => {
    await expect(follow({})).rejects.toThrow(/choose a job and a run/);
  });
});
