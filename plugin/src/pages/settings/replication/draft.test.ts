import { describe, expect, it } from 'vitest';
import { toConnection, toDraft, toSettings } from './draft';

const STORED = {
  enabled: true,
  connection: {
    region: 'eu-central-1',
    bucket: 'my-history',
    prefix: 'joblens/',
    endpoint: 'https://minio.example.com',
    credentials: { from: 'role', role_arn: 'arn:aws:iam::123456789012:role/history', external_id: 'x1' },
  },
  store_lines: false,
  user_id: '5234',
  jobs: {
    payroll: { store_lines: true, connection: { bucket: 'my-payroll' } },
    noise: { enabled: false },
  },
};

describe('the settings of replication in a form', () => {
  it('come out as they went in, also what the form has no field for', () => {
    expect(toSettings(toDraft({ ...STORED, state: { backlog: 3 } }))).toEqual(STORED);
  });

  it('are off, without a connection, before anything was set', () => {
    const draft = toDraft({});
    expect(toConnection(draft)).toBeUndefined();
    expect(toSettings(draft)).toEqual({ enabled: false, store_lines: true, jobs: {} });
  });

  it('say only what belongs to the chosen kind of credentials', () => {
    const draft = { ...toDraft(STORED), from: 'environment' as const };
    expect(toConnection(draft)).toMatchObject({ credentials: { from: 'environment' } });
    expect(toConnection({ ...draft, from: 'profile', profile: 'ops' })).toMatchObject({
      credentials: { from: 'profile', profile: 'ops' },
    });
  });

  it('leave out a job without a name, and one that is as all others', () => {
    const jobs = [
      { job: ' ', enabled: 'on' as const, lines: 'all' as const, rest: {} },
      { job: 'same', enabled: 'all' as const, lines: 'all' as const, rest: {} },
      { job: 'own ', enabled: 'off' as const, lines: 'on' as const, rest: {} },
    ];
    expect(toSettings({ ...toDraft({}), jobs }).jobs).toEqual({ own: { enabled: false, store_lines: true } });
  });
});
