import { AppPlugin, type DataQuery } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import pluginJson from '../plugin.json';
import { addLinks } from './links';

const links = addLinks(new AppPlugin()).addedLinkConfigs;
const linkAt = (target: string) => links.find(({ targets }) => targets.includes(target));
const query = (type: string, more = {}): DataQuery => ({ refId: 'A', datasource: { type, uid: 'one' }, ...more });

describe('links from Grafana', () => {
  it('stand in plugin.json with the same words and places', () => {
    const declared = pluginJson.extensions.addedLinks;
    expect(links.map(({ title, description, targets }) => ({ title, description, targets }))).toEqual(declared);
  });

  it('lead from a panel that asks a Joblens to its job', () => {
    const targets = [query('joblens-history-datasource', { filters: [{ field: 'job', op: '=', value: 'a/b c' }] })];
    expect(linkAt('grafana/dashboard/panel/menu')?.configure?.({ targets })?.path).toBe(
      '/a/joblens-history-app/history?job=a%2Fb+c&var-ds=one'
    );
  });

  it.each([
    [{ question: 'lines', job: 'a/b', run: '7' }, 'job=a%2Fb&run=7&var-ds=one'],
    [{ question: 'lines', key: 'k1' }, 'key=k1&var-ds=one'],
    [
      {
        filters: [
          { field: 'job', op: '=', value: 'x' },
          { field: 'run', op: '=', value: '7' },
        ],
      },
      'job=x&run=7&var-ds=one',
    ],
  ])('lead from the log of one run in Explore to that run: %j', (more, params) => {
    const targets = [query('joblens-history-datasource', more)];
    expect(linkAt('grafana/explore/toolbar/action')?.configure?.({ targets })?.path).toBe(
      `/a/joblens-history-app/run?${params}`
    );
  });

  it('are not shown on panels of other data sources', () => {
    expect(linkAt('grafana/dashboard/panel/menu')?.configure?.({ targets: [query('prometheus')] })).toBeUndefined();
  });

  it('lead from an alert to the failures of its job', () => {
    const link = linkAt('grafana/alerting/instance/action');
    expect(link?.configure?.({ instance: { labels: { job: 'x' } } })?.path).toBe(
      '/a/joblens-history-app/history?job=x&status=failed%2Ctimed_out%2Cmissed'
    );
    expect(link?.configure?.({ instance: { labels: {} } })).toBeUndefined();
  });

  it('read what Grafana guards, also where that is frozen', () => {
    const link = linkAt('grafana/alerting/instance/action');
    const instance = Object.freeze({ labels: Object.freeze({ job: 'x' }) });
    expect(() => guarded(instance).labels).toThrow(TypeError);
    expect(link?.configure?.(guarded({ instance }))?.path).toContain('job=x');
  });
});

/** As Grafana 12.3 makes a context read-only: what it holds comes out as a proxy, which a frozen object may not give. */
function guarded<T extends object>(guardedObject: T): T {
  return new Proxy(guardedObject, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'object' && value !== null ? guarded(value) : value;
    },
  });
}
