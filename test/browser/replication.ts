import { call } from '../support/client.js';
import { settled } from '../support/service.js';

/** Two runs of one replication: the first went well, the second failed on some of its tables and rows. */
export const JOB = 'warehouse/customers-replication';
export const RUN = '6c869859-8635-4fad-b809-2fe9ef7a0ee7';
export const BEFORE = '10105886-f806-43c5-9a56-7b672ad24c1d';
export const SUCCESSES = 1140;
export const FAILURES = 60;
export const SECRET = 'hunter2hunter2';
/** Over midnight, so that the viewer's time zone shows. */
export const STARTED = '2024-12-10T03:33:07.250Z';

const later = (seconds: number) => new Date(Date.parse(STARTED) + seconds * 1000).toISOString();

export async function sendReplication(url: string): Promise<void> {
  await send(url, 'PUT', `/v1/job?job=${encodeURIComponent(JOB)}`, { name: 'Customers', type: 'replication' });
  await send(url, 'POST', '/v1/runs', [
    {
      job: JOB,
      run: BEFORE,
      status: 'succeeded',
      started_at: later(-3600),
      finished_at: later(-3540),
      counts: { metadata: { success: 4, failure: 0 }, data: { success: 900, failure: 0 } },
      steps: [{ step: 'copy', status: 'succeeded', started_at: later(-3590), finished_at: later(-3550) }],
    },
    {
      job: JOB,
      run: RUN,
      title: 'Nightly customers',
      status: 'failed',
      started_at: STARTED,
      finished_at: later(120),
      user: 'svc-replica',
      message: 'This job failed due to an issue during the connection refresh.',
      error: { type: 'AuthError', message: 'password authentication failed for user "replica"' },
      counts: { metadata: { success: 3, failure: 1 }, data: { success: SUCCESSES, failure: FAILURES } },
      metadata: { tables: 4, fields: 57 },
      steps: [{ step: 'copy', status: 'failed', started_at: later(10), finished_at: later(110) }],
      source: {
        connection: 'postgres-main',
        endpoint: { host: 'pg-main.internal', options: { ssl: 'require', schema: 'public' } },
        credentials: { user: 'replica', password: SECRET },
      },
    },
  ]);
  await send(url, 'POST', '/v1/records', [...tables(), ...rows()]);
  await send(url, 'POST', '/v1/lines', [
    { job: JOB, run: RUN, seq: 1, time: later(1), level: 'info', message: 'copying' },
    { job: JOB, run: RUN, seq: 2, time: later(2), level: 'error', message: 'password authentication failed' },
  ]);
  await settled(url);
}

function tables() {
  return ['customers', 'consents', 'addresses', 'orders'].map((table) => ({
    job: JOB,
    run: RUN,
    phase: 'metadata',
    outcome: table === 'orders' ? 'failure' : 'success',
    key: `public.${table}`,
    message: table === 'orders' ? 'permission denied for table orders' : 'no change',
    data: { columns: 12 },
  }));
}

function rows() {
  return Array.from({ length: SUCCESSES + FAILURES }, (_, i) => ({
    job: JOB,
    run: RUN,
    phase: 'data',
    outcome: i < FAILURES ? 'failure' : 'success',
    key: `customers:${String(i).padStart(5, '0')}`,
    message: i >= FAILURES ? '' : i % 3 === 0 ? 'country is missing' : `duplicate key (id)=(${i})`,
    data: { id: i, address: { city: 'Ulm', tags: ['a', { b: i }] }, api_key: SECRET },
  }));
}

async function send(url: string, method: string, path: string, body: object): Promise<void> {
  const { status, body: answer } = await call(url, method, path, body);
  if (status >= 300) {
    throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
  }
}
