import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUESTIONS } from '../../ingest/src/model/words.js';
import { ask, call, rowsOf } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;
const range = { from: NOW - 7 * DAY, to: NOW };
let service: TestService;

interface Run {
  job: string;
  run: string;
  status: string;
  started_at: number;
  finished_at?: number;
  type?: string;
  tags?: Record<string, string>;
  error?: { type: string; message: string };
}

/** Hand-made runs whose answers can be reckoned by hand. */
const RUNS: Run[] = [
  ...Array.from({ length: 100 }, (_, i): Run => ({
    job: 'steady',
    run: `s${i}`,
    status: 'succeeded',
    started_at: NOW - 6 * DAY + i * HOUR,
    finished_at: NOW - 6 * DAY + i * HOUR + (i + 1) * 1000,
    type: 'etl',
    tags: { env: 'prod' },
  })),
  ...Array.from({ length: 20 }, (_, i): Run => ({
    job: 'flaky',
    run: `f${i}`,
    status: i % 4 === 0 ? 'failed' : 'succeeded',
    started_at: NOW - 5 * DAY + i * HOUR,
    finished_at: NOW - 5 * DAY + i * HOUR + 60_000,
    type: 'export',
    ...(i % 4 === 0 ? { error: { type: 'Timeout', message: `took ${i} s` } } : {}),
  })),
  // Started before the range, finished in it: it counts when it failed.
  {
    job: 'long',
    run: 'l1',
    status: 'failed',
    started_at: range.from - 3 * HOUR,
    finished_at: range.from + HOUR,
    error: { type: 'OOMKilled', message: '\u001b[1;31mout of\u001b[0m memory\u0007' },
  },
  { job: 'open', run: 'o1', status: 'running', started_at: NOW - 5 * HOUR },
  { job: 'clock', run: 'c1', status: 'succeeded', started_at: NOW - 2 * DAY, finished_at: NOW - 2 * DAY - 5000 },
  { job: 'neutral', run: 'n1', status: 'cancelled', started_at: NOW - DAY, finished_at: NOW - DAY + 1000 },
  { job: 'neutral', run: 'n2', status: 'skipped', started_at: NOW - DAY, finished_at: NOW - DAY + 1000 },
  ...[1, 2, 3].map((i): Run => ({
    job: 'broken',
    run: `b${i}`,
    status: i === 1 ? 'succeeded' : 'failed',
    started_at: NOW - 10 * HOUR + i * HOUR,
    finished_at: NOW - 10 * HOUR + i * HOUR + 5000,
  })),
];

const question = (query: object, over = range) => ask(service.url, query, over);
const rows = async (query: object, over = range) => rowsOf((await question(query, over))[0]);

beforeAll(async () => {
  service = await startService();
  await call(service.url, 'PUT', '/v1/jobs/steady?wait=1', { owner: 'data' });
  await call(service.url, 'POST', '/v1/runs?wait=1', RUNS.map((run) => JSON.stringify(run)).join('\n'));
  const lines = ['INFO starting', 'WARN slow', 'ERROR took 4 s', 'info done'];
  await call(
    service.url,
    'POST',
    '/v1/lines?wait=1',
    lines
      .map((message, seq) => JSON.stringify({ job: 'flaky', run: 'f4', seq, message, time: NOW - 5 * DAY + seq }))
      .join('\n')
  );
  await call(
    service.url,
    'POST',
    '/v1/records?wait=1',
    [1, 2, 3]
      .map((key) =>
        JSON.stringify({
          job: 'steady',
          run: 's1',
          phase: 'data',
          outcome: key === 2 ? 'failure' : 'success',
          key: String(key),
        })
      )
      .join('\n')
  );
});
afterAll(() => service.stop());

describe('what is asked is what was sent', () => {
  test('counts by status, over time with zeros, and as numbers', async () => {
    const byStatus = await rows({ question: 'counts', format: 'numeric' });
    expect(Object.fromEntries(byStatus.map((row) => [row['status'], row['value'] ?? row['runs']]))).toEqual({
      succeeded: 117,
      failed: 8,
      running: 1,
      cancelled: 1,
      skipped: 1,
    });
    const frames = await question({
      question: 'counts',
      intervalMs: HOUR,
      groupBy: ['job'],
      filters: [{ field: 'job', op: '=', value: 'flaky' }],
    });
    expect(frames).toHaveLength(1);
    const points = rowsOf(frames[0]);
    expect(points.length).toBeGreaterThanOrEqual(168);
    expect(points.reduce((sum, point) => sum + Number(point['runs']), 0)).toBe(20);
    expect(points.filter((point) => point['runs'] === 0).length).toBeGreaterThan(140);
  });

  test('success and failure rate; over nothing there is no data', async () => {
    const rates = await rows({ question: 'rate', format: 'numeric', groupBy: ['job'] });
    expect(Object.fromEntries(rates.map((row) => [row['job'], row['value']]))).toEqual({
      steady: 1,
      flaky: 0.75,
      long: 0,
      clock: 1,
      broken: 1 / 3,
    });
    const both = await rows({ question: 'rate', outcome: 'both', format: 'numeric' });
    expect(both.map((row) => [row['outcome'], row['value']])).toEqual([
      ['success', 117 / 125],
      ['failure', 8 / 125],
    ]);
    for (const format of ['numeric', 'timeseries']) {
      const [nothing] = await question({
        question: 'rate',
        format,
        filters: [{ field: 'job', op: '=', value: 'neutral' }],
      });
      expect(nothing?.schema.fields).toEqual([]);
      expect(nothing?.data.values).toEqual([]);
    }
    expect(
      (await question({ question: 'rate', format: 'table', filters: [{ field: 'job', op: '=', value: 'neutral' }] }))[0]
        ?.data.values
    ).toEqual([[]]);
  });

  test('durations: exact quantiles, without open runs and wrong clocks', async () => {
    const [steady] = await rows({
      question: 'duration',
      stats: ['p50', 'p95', 'mean', 'max', 'p100'],
      format: 'table',
      filters: [{ field: 'job', op: '=', value: 'steady' }],
    });
    expect(steady).toEqual({ p50: 50_500, p95: 95_050, mean: 50_500, max: 100_000, p100: 100_000 });
    expect(
      (
        await question({
          question: 'duration',
          format: 'numeric',
          filters: [{ field: 'job', op: 'in', value: ['open', 'clock'] }],
        })
      )[0]?.schema.fields
    ).toEqual([]);
    const cells = await rows({
      question: 'duration_histogram',
      format: 'table',
      filters: [{ field: 'job', op: '=', value: 'steady' }],
    });
    expect(cells.reduce((sum, cell) => sum + Number(cell['count']), 0)).toBe(100);
    const heatmap = await question({ question: 'duration_histogram' });
    expect(heatmap[0]?.schema.meta?.type).toBe('heatmap-cells');
  });

  test('a run that fails after hours fires when it fails; by start it is out of range', async () => {
    const filters = [{ field: 'job', op: '=', value: 'long' }];
    const firstHours = { from: range.from, to: range.from + 2 * HOUR };
    expect(await rows({ question: 'counts', format: 'numeric', filters }, firstHours)).toMatchObject(
      [{ status: 'failed', runs: 1 }].map(({ status }) => ({ status }))
    );
    expect(
      (await question({ question: 'counts', format: 'numeric', filters, timeBy: 'started' }, firstHours))[0]?.schema
        .fields
    ).toEqual([]);
    const list = await rows({ question: 'runs', filters }, { from: range.from - 1000, to: range.from + 1000 });
    expect(list.map((row) => row['run'])).toEqual(['l1']);
  });

  test('filters with every operator, and groups', async () => {
    const jobs = async (...filters: object[]) =>
      (await rows({ question: 'counts', format: 'table', groupBy: ['job'], filters })).map((row) => row['job']).sort();
    expect(await jobs({ field: 'type', op: '=', value: 'etl' })).toEqual(['steady']);
    expect(await jobs({ field: 'status', op: 'in', value: ['cancelled', 'running'] })).toEqual(['neutral', 'open']);
    expect(await jobs({ field: 'job', op: '=~', value: '^(st|fl)' })).toEqual(['flaky', 'steady']);
    expect(await jobs({ field: 'job', op: '=~', value: ['^st', '^fl'] })).toEqual(['flaky', 'steady']);
    expect(await jobs({ field: 'job', op: '=~', value: [] })).toEqual([]);
    expect(
      await jobs({ field: 'job', op: '=~', value: 'l' }, { field: 'job', op: '!~', value: ['^st', '^fl'] })
    ).not.toContain('flaky');
    expect(await jobs({ field: 'job', op: '!~', value: 'e' }, { field: 'job', op: '!=', value: 'long' })).toEqual([
      'clock',
      'flaky',
    ]);
    expect(await jobs({ field: 'tag:env', op: '=', value: 'prod' })).toEqual(['steady']);
    expect(await jobs({ field: 'error_type', op: '=', value: 'OOMKilled' })).toEqual(['long']);
    expect(await jobs({ field: 'owner', op: '=', value: 'data' })).toEqual(['steady']);
    expect(
      await jobs(
        { field: 'owner', op: '!=', value: 'data' },
        { field: 'status', op: '!in', value: ['succeeded', 'failed'] }
      )
    ).toEqual(['neutral', 'open']);
    expect(await jobs({ field: 'run', op: 'in', value: [] })).toEqual([]);
    const grouped = await rows({ question: 'counts', format: 'table', groupBy: ['tag:env', 'owner'] });
    expect(grouped).toContainEqual(expect.objectContaining({ env: 'prod', owner: 'data' }));
  });

  test('failures are grouped by what went wrong', async () => {
    const found = await rows({ question: 'failures' });
    expect(found.find((row) => row['error_type'] === 'Timeout')).toMatchObject({
      count: 5,
      jobs: 1,
      job: 'flaky',
      is_new: true,
      message: 'took 16 s',
    });
  });

  test('what a job printed comes without what only a terminal understands', async () => {
    const [failure] = await rows({ question: 'failures', filters: [{ field: 'job', op: '=', value: 'long' }] });
    expect(failure).toMatchObject({ message: 'out of memory', error_line: 'out of memory' });
    const [run] = await rows({ question: 'runs', filters: [{ field: 'job', op: '=', value: 'long' }] });
    expect(run).toMatchObject({ message: 'out of memory' });
    const marks = await rows({ question: 'annotations', filters: [{ field: 'job', op: '=', value: 'long' }] });
    expect(marks.map((mark) => mark['text'])).toContain('out of memory');
  });

  test('failures over time have a colour each', async () => {
    const frames = await question({ question: 'failures', format: 'timeseries' });
    const colors = frames.map(({ schema }) => JSON.stringify(schema.fields[1]?.config?.['color']));
    expect(colors.length).toBeGreaterThan(1);
    expect(colors.every((color) => color.includes('"mode":"fixed"'))).toBe(true);
    expect(new Set(colors).size).toBe(colors.length);
  });

  test('a group without a value is called so, and stays an empty label', async () => {
    const frames = await question({ question: 'duration', stats: ['p50'], groupBy: ['owner'] });
    const named = frames.map(({ schema }) => [
      schema.fields[1]?.labels?.['owner'],
      schema.fields[1]?.config?.['displayNameFromDS'],
    ]);
    expect(named.sort()).toEqual([
      ['', '(none)'],
      ['data', 'data'],
    ]);
  });

  test('what alerts ask: streak, spike, overdue, slow', async () => {
    const streak = await rows({ question: 'streak' });
    expect(Object.fromEntries(streak.map((row) => [row['job'], row['streak']]))).toMatchObject({
      broken: 2,
      steady: 0,
      flaky: 0,
    });
    const recent = { from: NOW - 10 * HOUR, to: NOW };
    expect(await rows({ question: 'spike', minRuns: 3 }, recent)).toEqual([
      { job: 'broken', owner: '', type: '', spike: 2 / 3 },
    ]);
    const overdue = await rows({ question: 'overdue', format: 'table', kind: 'running' });
    expect(overdue.map((row) => row['job'])).toEqual(['open']);
    const slow = await rows({ question: 'slow', format: 'table' }, { from: NOW - 2 * DAY, to: NOW });
    expect(slow.find((row) => row['job'] === 'steady')?.['slow']).toBeGreaterThan(1);
  });

  test('lines, volume, records, steps, annotations, values, timeline, jobs', async () => {
    const lines = await rows({ question: 'lines', filters: [{ field: 'level', op: 'in', value: ['error', 'warn'] }] });
    expect(lines.map((line) => [line['severity'], line['body']])).toEqual([
      ['error', 'ERROR took 4 s'],
      ['warn', 'WARN slow'],
    ]);
    expect(new Set(lines.map((line) => line['id'])).size).toBe(2);
    expect(lines[0]?.['labels']).toMatchObject({ job: 'flaky', run: 'f4', level: 'error' });
    const ofRun = await rows({ question: 'lines', job: 'flaky', run: 'f4', limit: 2 });
    expect(ofRun.map((line) => line['body'])).toEqual(['INFO starting', 'WARN slow']);
    const volume = await rows({ question: 'line_counts', format: 'numeric' });
    expect(Object.fromEntries(volume.map((row) => [row['level'], row['lines']]))).toEqual({
      info: 2,
      warn: 1,
      error: 1,
    });
    expect(await rows({ question: 'records', format: 'numeric' })).toEqual(
      expect.arrayContaining([{ job: 'steady', phase: 'data', outcome: 'failure', records: 1 }])
    );
    expect(await rows({ question: 'records', job: 'steady', run: 's1', outcome: 'failure' })).toMatchObject([
      { key: '2' },
    ]);
    expect(await rows({ question: 'steps', job: 'steady', run: 's1' })).toEqual([]);
    expect((await rows({ question: 'annotations' })).length).toBe(8);
    expect(await rows({ question: 'values', field: 'type' })).toEqual([
      { value: 'etl', count: 100 },
      { value: 'export', count: 20 },
    ]);
    expect(await rows({ question: 'values', field: 'tag:env' })).toEqual([{ value: 'prod', count: 100 }]);
    const bars = await rows({ question: 'timeline', filters: [{ field: 'job', op: '=', value: 'neutral' }] });
    expect(bars.map((bar) => bar['lane']).sort()).toEqual([0, 1]);
    const jobs = await rows({ question: 'jobs' });
    expect(jobs.find((job) => job['job'] === 'flaky')).toMatchObject({
      runs: 20,
      failures: 5,
      success_rate: 0.75,
      last_status: 'succeeded',
      p50: 60_000,
    });
    expect((await rows({ question: 'run', job: 'long', run: 'l1' }))[0]).toMatchObject({
      status: 'failed',
      error_type: 'OOMKilled',
    });
  });

  test('lines of one time stand in their order, also around one of them', async () => {
    const time = range.from - HOUR;
    const sent = Array.from({ length: 9 }, (_, i) => ({
      job: 'burst',
      run: 'b',
      time,
      message: `same ${i % 2}`,
      n: i,
    }));
    await call(service.url, 'POST', '/v1/lines?wait=1', sent.map((line) => JSON.stringify(line)).join('\n'));
    const read = async (query: object) => {
      const [frame] = await ask(service.url, { question: 'lines', job: 'burst', run: 'b', ...query }, range);
      return { rows: rowsOf(frame), nanos: frame?.data.nanos?.[0] ?? [] };
    };
    const { rows: all, nanos } = await read({});
    expect(all.map((row) => row['body'])).toEqual(sent.map((line) => line.message));
    expect(new Set(nanos).size).toBe(9);
    expect([...nanos].sort((a, b) => a - b)).toEqual(nanos);
    const ids = all.map((row) => row['id']);
    const past = ids[4];
    const later = await read({ past, direction: 'forward', limit: 2 });
    expect(later.rows.map((row) => row['id'])).toEqual(ids.slice(5, 7));
    const earlier = await read({ past, direction: 'backward', limit: 2 });
    expect(earlier.rows.map((row) => row['id'])).toEqual([ids[3], ids[2]]);
    await expect(read({ past: 'there-is-none' })).rejects.toThrow(/The line "there-is-none"/);
  });

  test('pages of many runs’ lines hold each line once, also where many are of one time or came twice', async () => {
    const day = { from: NOW - 40 * DAY, to: NOW - 39 * DAY };
    const sent = Array.from({ length: 24 }, (_, n) => ({
      job: `paged-${n % 3}`,
      run: 'p',
      seq: n,
      time: day.from + HOUR + Math.floor(n / 10) * 1000,
      message: `line ${n} of ${n % 2 ? 'Paging' : 'others'}`,
    }));
    const body = sent.map((line) => JSON.stringify(line)).join('\n');
    await call(service.url, 'POST', '/v1/lines?wait=1', body);
    await call(service.url, 'POST', '/v1/lines?wait=1', body);
    const messages = sent.map(({ message }) => message);
    const pages = async (query: object) => {
      const all: unknown[] = [];
      for (let cursor: unknown; ;) {
        const more = cursor === undefined ? {} : { cursor };
        const [frame] = await ask(service.url, { question: 'lines', limit: 5, ...more, ...query }, day);
        all.push(...rowsOf(frame).map((row) => row['body']));
        cursor = frame?.schema.meta?.custom?.['next'];
        if (typeof cursor !== 'string') {
          return all;
        }
      }
    };
    for (const direction of ['forward', 'backward']) {
      const read = await pages({ direction });
      expect(read).toHaveLength(24);
      expect(new Set(read)).toEqual(new Set(messages));
      const found = await pages({ direction, search: 'of paging' });
      expect(found).toHaveLength(12);
      expect(new Set(found)).toEqual(new Set(messages.filter((_, n) => n % 2)));
      expect(await pages({ direction, search: 'nowhere to be found' })).toEqual([]);
    }
  });

  test('exemplars name the slowest run of each bucket', async () => {
    const query = { question: 'duration', stats: ['p95'], groupBy: ['job'], intervalMs: 12 * HOUR, exemplars: true };
    const frames = await ask(service.url, query, range);
    const [exemplars, ...none] = frames.filter((frame) => frame.schema.meta?.dataTopic === 'annotations');
    expect(none).toEqual([]);
    expect(exemplars?.schema).toMatchObject({ name: 'exemplar', meta: { custom: { resultType: 'exemplar' } } });
    const steady = rowsOf(exemplars).filter((row) => row['job'] === 'steady');
    expect(steady[0]).toMatchObject({ run: 's99', Value: 100_000, Time: NOW - 6 * DAY + 99 * HOUR + 100_000 });
    expect(steady.length).toBeGreaterThan(7);
    const numeric = await ask(service.url, { ...query, format: 'numeric' }, range);
    expect(numeric).toHaveLength(1);
  });

  test('the period before is asked with shift', async () => {
    const now = await rows(
      { question: 'counts', format: 'numeric', groupBy: ['job'] },
      { from: NOW - 3.5 * DAY, to: NOW }
    );
    const before = await rows(
      { question: 'counts', format: 'numeric', groupBy: ['job'], shift: 'previous' },
      { from: NOW - 3.5 * DAY, to: NOW }
    );
    const sum = (list: Array<Record<string, unknown>>) =>
      list.reduce((total, row) => total + Number(row['runs'] ?? row['value']), 0);
    expect(sum(now) + sum(before)).toBe(128);
  });
});

describe('every question', () => {
  const need: Record<string, object> = {
    run: { job: 'steady', run: 's1' },
    steps: { job: 'steady', run: 's1' },
    capture: { of: { question: 'streak' } },
    errors: { job: 'steady', run: 's1' },
    compare: { job: 'steady', run: 's1' },
    related: { job: 'steady', run: 's1' },
  };

  test.each(QUESTIONS.map((name) => [name]))(
    '%s answers frames that Grafana decodes, with data and without',
    async (name) => {
      for (const format of ['table', 'timeseries', 'numeric']) {
        for (const over of [range, { from: 1000, to: 2000 }]) {
          const query = { question: name, format, ...need[name] };
          const { body } = await call<{ results: { A: { status: number; error?: string; frames?: unknown } } }>(
            service.url,
            'POST',
            '/v1/query',
            { ...over, queries: [{ refId: 'A', ...query }] }
          );
          const { status, error, frames } = body.results.A;
          expect(Object.keys(body)).toEqual(['results']);
          if (status === 400) {
            expect(error).toContain('answers as');
            continue;
          }
          expect([status, error]).toEqual([200, undefined]);
          (
            frames as Array<{
              schema: { fields: Array<{ typeInfo?: { frame: string; nullable?: boolean } }> };
              data: { values: unknown[][] };
            }>
          ).forEach(decodable);
        }
      }
    }
  );

  /** The rules of the Go decoder: a column for each field, its frame type named, null only where it may be. */
  function decodable(frame: {
    schema: { fields: Array<{ typeInfo?: { frame: string; nullable?: boolean } }> };
    data: { values: unknown[][] };
  }) {
    expect(Object.keys(frame)).toEqual(['schema', 'data']);
    expect(frame.data.values).toHaveLength(frame.schema.fields.length);
    frame.schema.fields.forEach((field, i) => {
      expect(field.typeInfo?.frame).toBeTruthy();
      const column = frame.data.values[i] ?? [];
      expect(column).toHaveLength(frame.data.values[0]?.length ?? 0);
      if (!field.typeInfo?.nullable) {
        expect(column).not.toContain(null);
      }
      const type = { float64: 'number', 'time.Time': 'number', string: 'string', bool: 'boolean' }[
        field.typeInfo?.frame ?? ''
      ];
      column
        .filter((value) => value !== null && type !== undefined)
        .forEach((value) => expect(typeof value).toBe(type));
    });
  }

  test('groups over time in the viewer’s zone, a half-hour one too', async () => {
    const midnight = Date.parse('2026-11-20T18:30:00Z');
    const frames = await ask(service.url, { question: 'counts', intervalMs: DAY, groupBy: ['type'] }, range);
    expect(rowsOf(frames[0]).every((point) => Number(point['time']) % DAY === 0)).toBe(true);
    const { body } = await call<{ results: { A: { frames: Array<{ data: { values: number[][] } }> } } }>(
      service.url,
      'POST',
      '/v1/query',
      {
        ...range,
        timeZone: 'Asia/Kolkata',
        queries: [{ refId: 'A', question: 'counts', intervalMs: DAY }],
      }
    );
    expect(body.results.A.frames[0]?.data.values[0]?.every((time) => (time - midnight) % DAY === 0)).toBe(true);
  });
});
