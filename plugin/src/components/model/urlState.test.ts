import { urlUtil } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { readState, writeState, type HistoryState } from './urlState';

const throughUrl = (state: HistoryState) =>
  readState(urlUtil.parseKeyValue(urlUtil.renderUrl('', writeState(state, 'jl')).replace(/^\?/, '')), 'jl');

const FULL: HistoryState = {
  statuses: ['failed', 'timed_out'],
  search: 'a & b = “ü” 💶',
  job: 'billing/invoice-export',
  type: 'export',
  user: 'svc',
  connection: 'billing-db',
  tag: 'query=a=b',
  run: '0b7d2f0e-0000-0000-0000-000000000000',
  tab: 'records',
  show: 'summary',
  line: 123,
  levels: ['errors', 'warnings'],
  find: '100% sure?',
  around: true,
  wrap: true,
  phase: 'data',
  outcome: 'failure',
  recordSearch: 'key-1',
};

describe('the state in the URL', () => {
  it('comes back whole', () => expect(throughUrl(FULL)).toEqual(FULL));

  it('writes no defaults', () => {
    const defaults = readState({}, 'jl');
    expect(Object.values(writeState(defaults, 'jl')).filter((value) => value !== null)).toEqual([]);
  });

  it('falls back where a parameter makes no sense', () => {
    const query = { 'jl.status': 'failed,nonsense', 'jl.line': '-4', 'jl.tab': 'nope', 'jl.level': 'loud' };
    expect(readState(query, 'jl')).toMatchObject({ statuses: ['failed'], line: undefined, tab: 'log', levels: [] });
  });

  it('leaves the parameters of another panel alone', () => {
    expect(readState({ 'other.run': 'x' }, 'jl').run).toBeUndefined();
  });
});
