import { describe, expect, it } from 'vitest';
import type { ClickHouse } from '../storage/clickhouse.js';
import { execute } from './execute.js';

/** Answers no row to anything: what is tested here is whether the store is asked at all. */
const db = { rows: () => Promise.resolve([]), text: () => Promise.resolve('') } as unknown as ClickHouse;

async function ask(query: object, lag: number, alert = false): Promise<{ status: number; error?: string }> {
  const state = { lag, bytes: 0, setAside: 0, jobs: () => ({ count: 0, limit: 1 }) };
  const onError = () => undefined;
  const request = { from: 0, to: 1000, queries: [{ refId: 'A', format: 'numeric', ...query }] };
  const { results } = JSON.parse(await execute({ db, tenant: 'default', state, alert, onError }, request));
  return results.A;
}

describe('while accepted data waits for more than a minute', () => {
  it.each(['streak', 'spike', 'overdue', 'slow', 'log_errors', 'records_failed'])(
    '%s answers an error, no number',
    async (question) => {
      expect(await ask({ question }, 61)).toMatchObject({
        status: 503,
        error: expect.stringContaining('not stored yet'),
      });
      expect(await ask({ question: 'capture', of: { question } }, 61)).toMatchObject({ status: 503 });
    }
  );

  it('an alert rule gets an error from every question but that for the service itself', async () => {
    expect(await ask({ question: 'counts' }, 61, true)).toMatchObject({ status: 503 });
    expect(await ask({ question: 'counts' }, 61)).toMatchObject({ status: 200 });
    expect(await ask({ question: 'service', check: 'lag' }, 61, true)).toMatchObject({ status: 200 });
  });

  it('a minute is no reason yet', async () => {
    expect(await ask({ question: 'streak' }, 60, true)).toMatchObject({ status: 200 });
  });
});

describe('every query of a request is answered under a name of its own', () => {
  const request = async (queries: object[]): Promise<string[]> => {
    const asker = { db, tenant: 'default', onError: () => undefined };
    const { results } = JSON.parse(await execute(asker, { from: 0, to: 1000, queries }));
    return Object.keys(results);
  };

  it('one without a name gets one, however many there are', async () => {
    const names = await request(Array.from({ length: 60 }, () => ({ question: 'counts', format: 'numeric' })));
    expect(names).toHaveLength(60);
    expect(names.slice(24, 28)).toEqual(['Y', 'Z', 'A1', 'B1']);
  });

  it('two of one name are refused: one answer would be lost', async () => {
    await expect(request([{ question: 'counts' }, { question: 'rate', refId: 'A' }])).rejects.toThrow('called "A"');
  });
});
