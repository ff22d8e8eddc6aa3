import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
const range = { from: NOW - DAY, to: NOW + HOUR };
const week = 7 * DAY;
let service: TestService;

const run = (job: string, id: string, at: number, more: object = {}) => ({
  job,
  run: id,
  status: 'succeeded',
  started_at: at,
  finished_at: at + MINUTE,
  ...more,
});
const step = (name: string, at: number, seconds: number, status = 'succeeded') => ({
  step: name,
  title: `Step ${name}`,
  status,
  started_at: at,
  finished_at: at + seconds * 1000,
});
const failed = (type: string, message: string) => ({ status: 'failed', error: { type, message } });

const GOOD = NOW - 3 * HOUR;
const BAD = NOW - 2 * HOUR;
const RUNS = [
  run('build', 'first', GOOD - HOUR),
  run('build', 'good', GOOD, { steps: [step('fetch', GOOD, 4), step('load', GOOD, 6), step('notify', GOOD, 1)] }),
  run('build', 'bad', BAD, {
    ...failed('Timeout', 'upstream took 30 s'),
    steps: [step('fetch', BAD, 4), step('load', BAD, 34, 'failed'), step('clean', BAD, 1)],
    parent: { job: 'nightly', run: 'n1' },
    called_by: { run: 'unheard of' },
  }),
  run('nightly', 'n1', BAD - MINUTE),
  run('nightly', 'child', BAD, { called_by: { run: 'n1' } }),
  // Failures of two kinds, one of them of last week.
  run('build', 'old', NOW - 3 * week, failed('Timeout', 'upstream took 12 s')),
  run('export', 'e1', NOW - 90 * MINUTE, failed('Timeout', 'upstream took 31 s')),
  run('export', 'e2', NOW - 80 * MINUTE, failed('OutOfMemory', 'killed')),
  // What is usual at this time of the week: one of four fails.
  ...[1, 2, 3, 4].map((weeks) =>
    run('usual', `w${weeks}`, NOW - 30 * MINUTE - weeks * week, weeks === 4 ? failed('Odd', 'odd') : {})
  ),
  run('usual', 'now', NOW - 30 * MINUTE, failed('Odd', 'odd')),
];

const LOGS = {
  good: [
    '2026-11-22T03:10:05.000Z connecting to billing-api.internal:443 as 6c869859-8635-4fad-b809-2fe9ef7a0ee7',
    'fetched page 1 of 14 (250 invoices) in 1.2 s',
    'fetched page 2 of 14 (250 invoices) in 940 ms',
    '',
    '\u001b[36;1mexit status 0\u001b[0m',
  ],
  bad: [
    '2026-11-23T03:10:09.131Z connecting to billing-api.internal:443 as 0d3b2f11-9a10-4c77-8a55-b1f0aa91c0d2',
    'fetched page 1 of 15 (251 invoices) in 0.9 s',
    'fetched page 2 of 15 (9 invoices) in 12 ms',
    '',
    'retrying after 10 s',
    'ERROR UpstreamTimeout: GET /v2/invoices?page=3 took 30 s',
    '',
    '    at Client.get (client.ts:88)',
    '',
    '\u001b[36;1mexit status 1\u001b[0m',
  ],
};

const frames = (query: object, over = range) => ask(service.url, query, over);
const rows = async (query: object, over = range) => rowsOf((await frames(query, over))[0]);

beforeAll(async () => {
  service = await startService();
  await call(service.url, 'POST', '/v1/runs?wait=1', RUNS.map((one) => JSON.stringify(one)).join('\n'));
  for (const [id, lines] of Object.entries(LOGS)) {
    const path = `/v1/run/lines?job=build&run=${id}&wait=1`;
    await call(service.url, 'POST', path, `${lines.join('\n')}\n`, { 'content-type': 'text/plain' });
  }
});
afterAll(() => service.stop());

describe('a run compared with its last success', () => {
  test('times, numbers, ids and colours make no line new; empty lines belong to the error around them', async () => {
    const [summary, , lines] = (await frames({ question: 'compare', job: 'build', run: 'bad' })).map(rowsOf);
    expect(summary).toMatchObject([
      {
        run: 'bad',
        with_run: 'good',
        with_at: GOOD,
        lines: 10,
        with_lines: 5,
        new_lines: 4,
        first_new: 6,
        ranges: '[[5,8]]',
      },
    ]);
    expect(lines?.map((line) => [line['n'], line['severity'], line['body']])).toEqual([
      [5, 'unknown', 'retrying after 10 s'],
      [6, 'error', 'ERROR UpstreamTimeout: GET /v2/invoices?page=3 took 30 s'],
      [7, 'unknown', ''],
      [8, 'unknown', '    at Client.get (client.ts:88)'],
    ]);
    const [first] = await rows({ question: 'lines', job: 'build', run: 'bad', levels: ['error'] });
    expect(lines?.[1]?.['id']).toBe(first?.['id']);
    const [, , two] = await frames({ question: 'compare', job: 'build', run: 'bad', limit: 2 });
    expect(two?.data.values[0]).toEqual([5, 6]);
  });

  test('each step beside what it took then', async () => {
    const [, steps] = (await frames({ question: 'compare', job: 'build', run: 'bad' })).map(rowsOf);
    expect(steps?.map((one) => [one['step'], one['status'], one['with_status'], one['change'], one['only']])).toEqual([
      ['fetch', 'succeeded', 'succeeded', 0, ''],
      ['load', 'failed', 'succeeded', 28_000, ''],
      ['clean', 'succeeded', null, null, 'here'],
      ['notify', null, 'succeeded', null, 'there'],
    ]);
  });

  test('with another run, or with none', async () => {
    const [first] = await rows({ question: 'run', job: 'build', run: 'first' });
    const [other] = await rows({ question: 'compare', job: 'build', run: 'bad', with: first?.['key'] });
    // Without a log there, nothing can be said of this one.
    expect(other).toMatchObject({ with_run: 'first', with_lines: 0, new_lines: null, first_new: null, ranges: '[]' });
    const [none] = await rows({ question: 'compare', job: 'export', run: 'e1' });
    expect(none).toMatchObject({ run: 'e1', with_key: null, with_run: null, new_lines: null });
    await expect(rows({ question: 'compare' })).rejects.toThrow(/Which run/);
    await expect(rows({ question: 'compare', job: 'build', run: 'no such' })).rejects.toThrow(/not known/);
  });
});

test('parents and called runs, also one that nobody sent', async () => {
  const up = await rows({ question: 'related', job: 'build', run: 'bad' });
  expect(up).toMatchObject([
    { relation: 'parent', job: 'nightly', run: 'n1', status: 'succeeded', at: BAD - MINUTE, duration: MINUTE },
    { relation: 'called_by', job: 'build', run: 'unheard of', key: '', status: '', at: null },
  ]);
  const down = await rows({ question: 'related', job: 'nightly', run: 'n1' });
  expect(down.map((row) => [row['relation'], row['job'], row['run']])).toEqual([
    ['child', 'build', 'bad'],
    ['called', 'nightly', 'child'],
  ]);
});

describe('failures by what went wrong', () => {
  test('over time, with the jobs they hit, the new ones marked', async () => {
    const found = await rows({ question: 'failures', buckets: 25 });
    const of = (type: string) => found.find((row) => row['error_type'] === type);
    expect(of('Timeout')).toMatchObject({ count: 2, jobs: 2, is_new: false, first_seen: NOW - 3 * week + MINUTE });
    expect(of('Timeout')).toMatchObject({ job: 'export', last_run: 'e1', message: 'upstream took 31 s' });
    expect(JSON.parse(String(of('Timeout')?.['hit']))).toEqual(
      expect.arrayContaining([
        { job: 'build', count: 1 },
        { job: 'export', count: 1 },
      ])
    );
    const overTime = JSON.parse(String(of('Timeout')?.['over_time'])) as number[];
    expect(overTime).toHaveLength(25);
    expect([overTime[22], overTime.reduce((sum, n) => sum + n)]).toEqual([2, 2]);
    expect(of('OutOfMemory')).toMatchObject({ count: 1, is_new: true });
    // A click leads to the runs of one.
    const filters = [{ field: 'fingerprint', op: '=', value: of('Timeout')?.['fingerprint'] }];
    expect((await rows({ question: 'runs', filters })).map((row) => row['run'])).toEqual(['e1', 'bad']);
  });

  test('as series', async () => {
    const series = await frames({ question: 'failures', format: 'timeseries' });
    expect(series.map((frame) => frame.schema.fields[1]?.labels?.['error_type']).sort()).toEqual([
      'Odd',
      'OutOfMemory',
      'Timeout',
    ]);
    // Errors of one type are told apart by what they say; one without a type is no bare number.
    const names = series.map((frame) => frame.schema.fields[1]?.labels?.['error']);
    expect(names).toContain('Timeout: upstream took 31 s');
  });
});

test('the failure rate beside what is usual at this time of the week', async () => {
  const filters = [{ field: 'job', op: '=', value: 'usual' }];
  const lately = { from: NOW - HOUR, to: NOW };
  const [now, usual] = await frames({ question: 'baseline', filters }, lately);
  expect([now?.schema.name, now?.data.values[1]]).toEqual(['now', [1]]);
  expect([usual?.schema.name, usual?.data.values[1]]).toEqual(['usual', [0.25]]);
  expect(usual?.data.values[0]).toEqual(now?.data.values[0]);
  expect(await rows({ question: 'baseline', filters, format: 'numeric' }, lately)).toEqual([{ rise: 0.75 }]);
});
