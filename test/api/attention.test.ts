import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.now();
const range = { from: NOW - DAY, to: NOW + MINUTE };
let service: TestService;

interface Run {
  job: string;
  run: string;
  status: string;
  started_at?: number;
  queued_at?: number;
  finished_at?: number;
  error?: { type: string; message: string };
}

/** Runs every two hours for eight days, oldest first, the newest two hours ago. */
const history = (job: string, of: (age: number) => Partial<Run>): Run[] =>
  Array.from({ length: 96 }, (_, i) => {
    const age = 95 - i;
    const started = NOW - (age + 1) * 2 * HOUR;
    return { job, run: `r${i}`, status: 'succeeded', started_at: started, finished_at: started + MINUTE, ...of(age) };
  });
const failed = { status: 'failed', error: { type: 'Timeout', message: 'took 30 s' } };
const slot = (hoursAgo: number) => ({
  run: `slot-${hoursAgo}`,
  status: 'missed',
  queued_at: NOW - hoursAgo * HOUR,
});

const RUNS: Run[] = [
  ...history('failing/long', (age) => (age < 5 ? failed : {})),
  ...history('failing/new', (age) => (age === 0 ? failed : {})),
  ...history('failing/known', (age) => (age < 2 ? failed : {})),
  ...history('missed', () => ({})),
  { job: 'missed', ...slot(1.5) },
  { job: 'missed', ...slot(1) },
  ...history('stuck', () => ({})),
  // Begun before the last 30 runs.
  { job: 'stuck', run: 'open', status: 'running', started_at: NOW - 3 * DAY },
  ...history('slower', (age) => {
    const started = NOW - (age + 1) * 2 * HOUR;
    return { started_at: started, finished_at: started + (age < 3 ? 5 : 1) * MINUTE };
  }),
  ...history('slow once', (age) => {
    const started = NOW - (age + 1) * 2 * HOUR;
    return { started_at: started, finished_at: started + (age === 0 ? 5 : 1) * MINUTE };
  }),
  ...history('flaky', (age) => (age < 12 && age % 2 === 1 ? failed : {})),
  ...history('healthy', (age) => (age === 40 ? failed : {})),
];

const attention = async (query: object = {}) => {
  const [frame] = await ask(service.url, { question: 'attention', ...query }, range);
  return { rows: rowsOf(frame), totals: frame?.schema.meta?.custom?.['totals'] };
};

beforeAll(async () => {
  service = await startService();
  await call(service.url, 'PUT', '/v1/jobs/missed?wait=1', {
    owner: 'data',
    schedule: 'every 30m',
    runbook_url: 'https://runbooks.example/missed',
  });
  await call(service.url, 'PUT', '/v1/jobs/never?wait=1', { owner: 'data', schedule: '0 0 1 1 *' });
  await call(service.url, 'POST', '/v1/runs?wait=1', RUNS.map((run) => JSON.stringify(run)).join('\n'));
  await call(
    service.url,
    'POST',
    '/v1/lines?wait=1',
    ['info begin', 'error it broke', 'error gave up']
      .map((message, seq) => JSON.stringify({ job: 'failing/long', run: 'r95', seq, message }))
      .join('\n')
  );
  const until = new Date(NOW + HOUR).toISOString();
  await call(service.url, 'PATCH', '/v1/run?job=failing%2Fknown&run=r95', {
    acknowledged: { until, note: 'vendor is on it' },
  });
});
afterAll(() => service.stop());

describe('jobs that need a look', () => {
  test('in the order in which they need it, never a healthy one, acknowledged ones last', async () => {
    const { rows } = await attention();
    expect(rows.map((row) => [row['job'], row['state'], row['acknowledged']])).toEqual([
      ['failing/long', 'failing', false],
      ['failing/new', 'failing', false],
      ['missed', 'missed', false],
      ['stuck', 'stuck', false],
      ['slower', 'slower', false],
      ['flaky', 'flaky', false],
      ['failing/known', 'failing', true],
    ]);
  });

  test('each says why, and shows the run to open with its error lines', async () => {
    const { rows } = await attention();
    const of = (job: string) => rows.find((row) => row['job'] === job);
    expect(of('failing/long')).toMatchObject({
      reason: '5 in a row failed',
      streak: 5,
      run: 'r95',
      since: NOW - 10 * HOUR + MINUTE,
      error_type: 'Timeout',
      message: 'took 30 s',
      first_error_line: 'error it broke',
      last_error_line: 'error gave up',
    });
    expect(of('failing/new')).toMatchObject({ reason: 'last run failed', streak: 1 });
    expect(of('missed')).toMatchObject({
      run: 'slot-1',
      owner: 'data',
      runbook_url: 'https://runbooks.example/missed',
      expected_at: NOW - 1.5 * HOUR,
    });
    expect(of('missed')?.['reason']).toMatch(/^missed twice, last .*\d\d:\d\d$/);
    expect(of('stuck')).toMatchObject({ run: 'open', key: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(of('stuck')?.['reason']).toMatch(/^running 3 d, usually 1 min$/);
    expect(of('slower')?.['reason']).toBe('took 5 min, usually 1 min');
    expect(of('flaky')).toMatchObject({ reason: '6 of 12 failed', run: 'r94' });
    expect(of('failing/known')).toMatchObject({
      acknowledged_by: 'local',
      acknowledged_until: NOW + HOUR,
      acknowledged_note: 'vendor is on it',
    });
    const strip = JSON.parse(String(of('failing/long')?.['strip'])) as Array<Record<string, unknown>>;
    expect(strip).toHaveLength(30);
    expect(strip.at(-1)).toMatchObject({ run: 'r95', status: 'failed', duration_ms: MINUTE, at: NOW - 2 * HOUR });
  });

  test('rows of one state alone, beside the totals of all', async () => {
    const { rows, totals } = await attention({ state: 'stuck', limit: 1 });
    expect(rows.map((row) => row['job'])).toEqual(['stuck']);
    expect(totals).toMatchObject({ failing: 2, stuck: 1 });
  });

  test('totals count what nobody has acknowledged', async () => {
    const { totals } = await attention({ limit: 1 });
    expect(totals).toMatchObject({
      jobs: 10,
      failing: 2,
      new_failing: 2,
      late: 0,
      missed: 1,
      stuck: 1,
      slower: 1,
      flaky: 1,
      acknowledged: 1,
    });
    const { rows } = await attention({ format: 'numeric' });
    expect(Object.fromEntries(rows.map((row) => [row['state'], row['jobs']]))).toEqual({
      failing: 2,
      late: 0,
      missed: 1,
      stuck: 1,
      slower: 1,
      flaky: 1,
    });
  });

  test('filters and search choose among them', async () => {
    const owned = await attention({ filters: [{ field: 'owner', op: '=', value: 'data' }] });
    expect(owned.rows.map((row) => row['job'])).toEqual(['missed']);
    const found = await attention({ search: 'FAILING/' });
    expect(found.rows.map((row) => row['job'])).toEqual(['failing/long', 'failing/new', 'failing/known']);
  });

  test('an acknowledgement that was taken back counts no more', async () => {
    await call(service.url, 'PATCH', '/v1/run?job=failing%2Fknown&run=r95', { acknowledged: null });
    const { rows } = await attention();
    expect(rows.find((row) => row['job'] === 'failing/known')).toMatchObject({ acknowledged: false });
  });
});

describe('what alert rules ask about time', () => {
  test('a missed run is over its time until the job runs again', async () => {
    const overdue = async () =>
      rowsOf((await ask(service.url, { question: 'overdue', kind: 'missed' }, range))[0]).filter(
        (row) => row['job'] === 'missed'
      );
    const [before] = await overdue();
    expect(before).toMatchObject({ job: 'missed', owner: 'data' });
    expect(Number(before?.['overdue'])).toBeGreaterThanOrEqual(1.5 * 3600);
    const again = { job: 'missed', run: 'again', status: 'running', started_at: Date.now() };
    await call(service.url, 'POST', '/v1/runs?wait=1', again);
    expect(await overdue()).toMatchObject([{ overdue: 0 }]);
  });

  test('what is usual makes no alert until it is switched on', async () => {
    const running = async () =>
      rowsOf((await ask(service.url, { question: 'overdue', kind: 'running' }, range))[0]).find(
        (row) => row['job'] === 'stuck'
      );
    expect(await running()).toMatchObject({ overdue: 0 });
    await call(service.url, 'PUT', '/v1/jobs/stuck?wait=1', { alert_on_usual: true });
    expect(Number((await running())?.['overdue'])).toBeGreaterThan(50 * 60);
  });
});
