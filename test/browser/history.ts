import { call } from '../support/client.js';
import { settled } from '../support/service.js';

/** A small history with one failed run whose log is known line by line. */
export const FAILED = { job: 'billing/invoice-export', run: 'known-failure' };
export const ERROR_LINE = 'UpstreamTimeout: GET /v2/invoices?page=3 took 30 s';
export const ERROR_AT = 121;
export const LONG_LENGTH = 200_000;

const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

export async function sendHistory(url: string): Promise<void> {
  const now = Date.now();
  await send(url, '/v1/runs', [...ordinaryRuns(now), failedRun(now)]);
  await send(url, '/v1/lines', failedLines(now));
  await send(url, '/v1/records', records());
  await settled(url);
}

async function send(url: string, path: string, body: object[]): Promise<void> {
  const { status, body: answer } = await call(url, 'POST', path, body);
  if (status !== 202) {
    throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
  }
}

/** 300 runs of three jobs over twenty hours, every tenth of one job failed. */
function ordinaryRuns(now: number) {
  return Array.from({ length: 300 }, (_, i) => {
    const started = now - (i + 10) * 4 * MINUTE;
    const job = ['warehouse/orders-sync', 'web/sitemap', 'crm/contacts <b>&refresh'][i % 3] ?? '';
    const failed = i % 30 === 0;
    return {
      job,
      run: `run-${String(i).padStart(4, '0')}`,
      status: failed ? 'failed' : 'succeeded',
      started_at: iso(started),
      finished_at: iso(started + 20_000 + (i % 7) * 1000),
      user: 'svc-etl',
      type: 'sync',
      tags: { env: i % 2 ? 'prod' : 'staging' },
      message: failed ? 'duplicate key orders_pk' : `${i * 10} rows`,
    };
  });
}

function failedRun(now: number) {
  const started = now - 5 * MINUTE;
  const step = (step: string, from: number, to: number, status: string) => ({
    step,
    status,
    started_at: iso(started + from),
    finished_at: iso(started + to),
  });
  return {
    ...FAILED,
    status: 'failed',
    started_at: iso(started),
    finished_at: iso(started + 41_000),
    user: 'svc-billing',
    type: 'export',
    error: { type: 'UpstreamTimeout', message: 'GET /v2/invoices?page=3 took 30 s', step: 'load' },
    message: '2 of 350 records failed',
    counts: { metadata: { success: 12, failure: 0 }, data: { success: 348, failure: 2 } },
    recommended_actions: ['Check the network', 'Check the credentials of svc-billing'],
    steps: [step('extract', 0, 4000, 'succeeded'), step('load', 4000, 41_000, 'failed')],
    source: { connection: 'billing-db' },
  };
}

function failedLines(now: number) {
  return Array.from({ length: 400 }, (_, i) => ({
    ...FAILED,
    seq: i + 1,
    time: iso(now - 5 * MINUTE + i * 100),
    ...lineAt(i + 1),
  }));
}

function lineAt(n: number): { level: string; message: string } {
  switch (n) {
    case 118:
      return { level: 'info', message: '\u001b[32mgreen\u001b[0m <img src=x onerror="document.title=1"> stays text' };
    case 119:
      return { level: 'info', message: 'x'.repeat(LONG_LENGTH) };
    case 120:
      return { level: 'warn', message: 'page 3: no answer after 20 s' };
    case ERROR_AT:
      return { level: 'error', message: ERROR_LINE };
    default:
      return { level: 'info', message: `fetched page ${n}` };
  }
}

function records() {
  return [1, 2].map((n) => ({
    ...FAILED,
    phase: 'data',
    outcome: 'failure',
    key: `invoice-${n}`,
    message: 'duplicate key (order_id)=(88213)',
    data: { amount: n },
  }));
}
