import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { ServiceError } from '../../components/client/ServiceError';
import type { Question } from '../../components/client/types';
import { renderView } from '../testing/renderView';
import JobCompare from './JobCompare';
import JobSchedule from './JobSchedule';

afterEach(cleanup);

const cellsOf = async (name: string) =>
  within(await screen.findByRole('row', { name: (text) => text.startsWith(name) }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent?.replaceAll('\u00a0', ' '));

const failure = (fingerprint: string, count: number) => ({
  fingerprint,
  error_type: `Error ${fingerprint}`,
  error_line: `line of ${fingerprint}`,
  count,
  job: 'nightly',
  last_key: `key-${fingerprint}`,
});

/** Half of the runs fail now, none did before; one error stays, one came, one went. */
function compared({ question, shift }: Question) {
  const now = shift === undefined;
  switch (question) {
    case 'counts':
      return [{ status: 'succeeded', runs: now ? 5 : 10 }, ...(now ? [{ status: 'failed', runs: 5 }] : [])];
    case 'rate':
      return [{ rate: now ? 0.5 : 1 }];
    case 'duration':
      return [
        { stat: 'p50', duration: now ? 90_000 : 60_000 },
        { stat: 'p95', duration: 120_000 },
      ];
    case 'failures':
      return now ? [failure('a', 4), failure('b', 1)] : [failure('a', 2), failure('c', 7)];
    default:
      return [];
  }
}

it('sets the range beside the time before: figures, and errors that are new or gone', async () => {
  const { asked } = renderView(<JobCompare />, { answer: compared, url: '/job?job=nightly' });
  expect(await cellsOf('Success rate')).toEqual(['100 %', '50.0 %', '▼ 50 pts worse']);
  expect(await cellsOf('Runs')).toEqual(['10', '10', '']);
  expect(await cellsOf('Failed')).toEqual(['0', '5', '▲ 5 more']);
  expect(await cellsOf('p50')).toEqual(['1 m 00 s', '1 m 30 s', '▲ 50 % slower']);
  expect(await cellsOf('p95')).toEqual(['2 m 00 s', '2 m 00 s', '']);
  expect(screen.getByText(/1 new, 1 gone, 1 in both/)).toBeTruthy();
  const errors = screen.getAllByRole('rowheader').map((cell) => cell.textContent);
  expect(errors.slice(-3)).toEqual(['newError bline of b', 'Error aline of a', 'goneError cline of c']);
  expect(screen.getByRole('link', { name: 'line of b' }).getAttribute('href')).toContain('key=key-b');
  expect(asked.filter(({ shift }) => shift === 'previous')).toHaveLength(4);
});

it('says so where there is nothing to compare, and why where the service can’t be asked', async () => {
  renderView(<JobCompare />, { url: '/job?job=nightly' });
  expect(await screen.findByText('No run in either time.')).toBeTruthy();
  cleanup();
  renderView(<JobCompare />, { answer: () => new ServiceError('unreachable', 'connection refused') });
  expect(await screen.findByText(/connection refused/)).toBeTruthy();
});

const JOB = {
  job: 'nightly',
  schedule: '30 3 * * *',
  timezone: 'Europe/Berlin',
  schedule_words: 'At 03:30, Europe/Berlin',
  next_expected: ['2026-11-23T02:30:00.000Z', '2026-11-24T02:30:00.000Z'],
  grace: '15m',
  max_runtime: 7200,
  owner: 'data',
  runbook_url: 'https://runbooks.example/nightly',
  tags: { env: 'prod' },
  recommended_actions: [],
  source: { endpoint: 'https://api.example', password: 'secret' },
  config: { schedule: '30 3 * * *', owner: 'data', cost_center: 42 },
};

it('says when a job is expected, which runs were missed, and what its config holds', async () => {
  const missed = {
    key: 'key-m',
    job: 'nightly',
    run: 'slot-1',
    status: 'missed',
    at: Date.parse('2026-11-21T02:30:00Z'),
  };
  renderView(<JobSchedule />, {
    url: '/job?job=nightly',
    resources: { 'v1/job': JOB },
    answer: ({ question }) => (question === 'runs' ? [missed] : [{ usual: 'usually every 24 h, 4 min' }]),
  });
  expect(await screen.findByText('At 03:30, Europe/Berlin')).toBeTruthy();
  expect(screen.getByText('30 3 * * * Europe/Berlin')).toBeTruthy();
  expect(screen.getByText('23 Nov 2026, 02:30')).toBeTruthy();
  expect(screen.getByText('15m')).toBeTruthy();
  expect(screen.getByText('7200 s')).toBeTruthy();
  expect(await screen.findByText('usually every 24 h, 4 min')).toBeTruthy();
  const link = await screen.findByRole('link', { name: '21 Nov 2026, 02:30' });
  expect(link.getAttribute('href')).toContain('key=key-m');
  expect(screen.getByText('cost_center')).toBeTruthy();
  expect(screen.getByRole('link', { name: /runbook/ }).getAttribute('href')).toBe('https://runbooks.example/nightly');
  expect(screen.queryByText('secret')).toBeNull();
});

it('says what is usual of a job without a schedule, and that alerts on it are off', async () => {
  renderView(<JobSchedule />, {
    url: '/job?job=nightly',
    resources: {
      'v1/job': { ...JOB, schedule: null, schedule_words: null, next_expected: [], config: {}, source: {} },
    },
    answer: ({ question }) => (question === 'jobs' ? [{ usual: 'usually every 6 h, 4 min' }] : []),
  });
  expect(await screen.findByText('None: nothing is expected of it')).toBeTruthy();
  expect(await screen.findByText('usually every 6 h, 4 min')).toBeTruthy();
  expect(screen.getByText(/^off/)).toBeTruthy();
  expect(screen.getByText('No run was missed in this time range.')).toBeTruthy();
});

it('shows what its runs say of a job that is not configured', async () => {
  renderView(<JobSchedule />, { url: '/job?job=nobody' });
  expect(await screen.findByText(/v1\/job/)).toBeTruthy();
});
