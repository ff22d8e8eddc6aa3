import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '../../../ingest/src/model/words.js';
import { describeQuery } from './describe';
import { isComplete, QUESTION_LIST, switchQuestion } from './questions';
import type { JoblensQuery } from './types';

const query = (fields: Partial<JoblensQuery>): JoblensQuery => ({ refId: 'A', question: 'counts', ...fields });

it('knows every question of the service', () => {
  expect(Object.keys(QUESTION_LIST).sort()).toEqual([...QUESTIONS].sort());
});

describe('switching questions', () => {
  it('keeps what still applies', () => {
    const rate = query({
      question: 'rate',
      filters: [{ field: 'job', op: '=', value: 'a' }],
      groupBy: ['owner'],
      format: 'numeric',
      search: 'eu',
      outcome: 'both',
    });
    expect(switchQuestion(rate, 'duration')).toEqual({
      refId: 'A',
      question: 'duration',
      filters: rate.filters,
      groupBy: ['owner'],
      format: 'numeric',
      search: 'eu',
    });
  });

  it('drops what the new one does not know', () => {
    const lines = query({
      question: 'lines',
      filters: [
        { field: 'level', op: '=', value: 'error' },
        { field: 'job', op: '=', value: 'a' },
      ],
      levels: ['error'],
      job: 'a',
      run: '1',
      limit: 50,
    });
    expect(switchQuestion(lines, 'counts')).toEqual({
      refId: 'A',
      question: 'counts',
      filters: [{ field: 'job', op: '=', value: 'a' }],
    });
    expect(switchQuestion(lines, 'steps')).toMatchObject({ job: 'a', run: '1' });
  });

  it('drops a format or outcome that the new one has not', () => {
    expect(switchQuestion(query({ format: 'timeseries' }), 'streak').format).toBeUndefined();
    expect(switchQuestion(query({ question: 'rate', outcome: 'both' }), 'records').outcome).toBeUndefined();
    expect(switchQuestion(query({ question: 'rate', outcome: 'failure' }), 'records').outcome).toBe('failure');
  });

  it('keeps a word only where it means something', () => {
    const changes = query({ question: 'changes', direction: 'worse', measure: 'p95' });
    expect(switchQuestion(changes, 'trends')).toMatchObject({ measure: 'p95' });
    expect(switchQuestion(changes, 'lines').direction).toBeUndefined();
    expect(switchQuestion(query({ question: 'lines', direction: 'forward' }), 'changes').direction).toBeUndefined();
    expect(switchQuestion(query({ question: 'trends', measure: 'runs' }), 'changes').measure).toBeUndefined();
  });

  it('keeps what belongs to the dashboard', () => {
    const ofDashboard = { hide: true, datasource: { uid: 'joblens' } };
    expect(switchQuestion(query(ofDashboard), 'runs')).toMatchObject(ofDashboard);
  });
});

it('tells which queries can be asked', () => {
  expect(isComplete({})).toBe(false);
  expect(isComplete(query({ question: 'run' }))).toBe(false);
  expect(isComplete(query({ question: 'run', job: 'a', run: '1' }))).toBe(true);
  expect(isComplete(query({ question: 'steps', key: 'x' }))).toBe(true);
  expect(isComplete(query({ question: 'values' }))).toBe(false);
  expect(isComplete(query({}))).toBe(true);
});

it('says a query in one line', () => {
  const text = describeQuery(
    query({
      question: 'duration',
      stats: ['p50', 'p95'],
      groupBy: ['job', 'tag:env'],
      filters: [
        { field: 'type', op: '=', value: 'export' },
        { field: 'job', op: 'in', value: ['a', 'b'] },
      ],
      search: 'eu',
    })
  );
  expect(text).toBe('Durations p50, p95 by job, tag:env where type = export and job in (a, b) with “eu”');
});
