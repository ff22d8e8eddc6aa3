import { describe, expect, it } from 'vitest';
import { toServiceError } from './ServiceError';

describe('toServiceError', () => {
  it.each([
    [{ status: 502, data: {} }, 'unreachable'],
    [{ status: 401, data: { detail: 'no token' } }, 'unauthorized'],
    [{ status: 403, data: { detail: 'it takes an admin' } }, 'forbidden'],
    [{ status: 404, data: {} }, 'not_found'],
    [{ status: 400, message: 'unknown field' }, 'refused'],
    [{ status: 500 }, 'failed'],
    ['something else', 'failed'],
  ])('%j is %s', (error, kind) => expect(toServiceError(error).kind).toBe(kind));

  it("says the service's own words", () => {
    expect(toServiceError({ status: 400, data: { title: 'Bad', detail: 'from is after to' } }).message).toBe(
      'from is after to'
    );
  });

  it('keeps which parts of what was sent are wrong, also where the answer came as text', () => {
    const errors = [{ index: 0, path: 'connection.bucket', message: 'expected a name' }];
    const parts = [{ path: 'connection.bucket', message: 'expected a name' }];
    expect(toServiceError({ status: 400, data: { detail: 'no', errors } }).parts).toEqual(parts);
    const text = JSON.stringify({ detail: 'no', errors });
    expect(toServiceError({ status: 400, data: text }).parts).toEqual(parts);
    const asGrafanaHasIt = { status: 400, data: { message: text, error: 'Bad Request', response: text } };
    expect(toServiceError(asGrafanaHasIt)).toMatchObject({ message: 'no', parts });
  });
});
