import { describe, expect, it } from 'vitest';
import { MASK, maskSecrets } from './secrets';

describe('maskSecrets', () => {
  it.each([
    ['password', 'hunter2'],
    ['db_password', 'hunter2'],
    ['clientSecret', 'abc'],
    ['client_secret_value', 'abc'],
    ['access-token', 'abc'],
    ['AccessToken', 'abc'],
    ['apiKey', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'abc'],
    ['private_key', 'abc'],
    ['pin_password', 4711],
    ['Authorization', 'Bearer abc'],
    ['tokens', ['a', 'b']],
    ['key', 'AKIAIOSFODNN7EXAMPLE'],
  ])('hides %s', (name, value) => {
    const shown = JSON.stringify(maskSecrets({ outer: { [name]: value } }));
    expect(shown).toContain(MASK);
    expect(shown).not.toContain(Array.isArray(value) ? '"a"' : String(value));
  });

  it.each([
    ['primary_key', 'customer_id'],
    ['partitionKey', 'day'],
    ['key', 'public.customers'],
    ['secret_name', 'prod/billing'],
    ['token_type', 'oauth'],
    ['token_count', 12],
    ['password_policy', 'strict'],
    ['password', ''],
    ['uses_password', true],
    ['monkey', 'Bonobo'],
    ['keyboard', 'de'],
    ['connection', 'billing-db'],
  ])('shows %s', (name, value) => expect(maskSecrets({ [name]: value })).toEqual({ [name]: value }));

  it('keeps of credentials only what says whose they are', () => {
    expect(maskSecrets({ credentials: { user: 'etl', region: 'eu', value: 'abc', parts: ['x'] } })).toEqual({
      credentials: { user: 'etl', region: 'eu', value: MASK, parts: [MASK] },
    });
  });

  it('hides passwords and tokens inside addresses and headers', () => {
    expect(
      maskSecrets(['postgres://etl:hunter2@db/main', 'https://x.example/?a=1&sas_token=abc', 'Bearer abcdefgh12'])
    ).toEqual([`postgres://etl:${MASK}@db/main`, `https://x.example/?a=1&sas_token=${MASK}`, `Bearer ${MASK}`]);
  });

  it('leaves other values as they are', () => {
    const value = { a: [1, null, { b: 'c' }], at: '2026-11-22T03:00:00Z', url: 'https://x.example/?page=2' };
    expect(maskSecrets(value)).toEqual(value);
  });
});
