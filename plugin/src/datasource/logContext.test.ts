import { type DataFrame, LogRowContextQueryDirection } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { contextQuery, contextRequest, runLogQuery } from './logContext';

const row = {
  labels: { job: 'a/b', run: '7', level: 'error' },
  rowId: 'key-41',
  timeEpochMs: 1_790_000_000_000,
  dataFrame: { refId: 'A', fields: [], length: 0 } satisfies DataFrame,
};

describe('the context of a log line', () => {
  it('is read from the line on, in its run and in either direction', () => {
    const forward = { direction: LogRowContextQueryDirection.Forward, limit: 50 };
    expect(contextQuery(row, forward)).toEqual({
      refId: 'context-A',
      question: 'lines',
      job: 'a/b',
      run: '7',
      past: 'key-41',
      direction: 'forward',
      limit: 50,
    });
    expect(contextQuery(row)).toMatchObject({ direction: 'backward', limit: 100 });
  });

  it('tells its two requests apart, so that neither cancels the other', () => {
    const ids = [LogRowContextQueryDirection.Forward, LogRowContextQueryDirection.Backward].map(
      (direction) => contextRequest(contextQuery(row, { direction }), row).requestId
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('can be opened as the whole log of the run', () => {
    expect(runLogQuery(row)).toEqual({ refId: 'A', question: 'lines', job: 'a/b', run: '7', direction: 'forward' });
  });

  it('says when a line has no run', () => {
    expect(() => contextQuery({ ...row, labels: {} })).toThrow(/does not say of which run/);
  });
});
