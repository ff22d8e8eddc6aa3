import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinesAnswer, RecordsAnswer, RunAnswer } from '../../ingest/src/model/answer.js';
import { stringifyJson } from '../../ingest/src/model/json.js';
import { PLAIN_STATUS, type PlainStatus } from '../../ingest/src/model/words.js';
import { readWholeById } from '../../ingest/src/reads/whole.js';
import { openClickHouse, type ClickHouse } from '../../ingest/src/storage/clickhouse.js';
import type { BasiqJob } from '../../ingest/src/systems/basiq.js';
import type { toHarperdbRow } from '../../ingest/src/systems/harperdb.js';
import { toWorkatoFile } from '../../ingest/src/systems/workato.js';
import { call } from '../support/client.js';
import { startService, type TestService } from '../support/service.js';

/** What the systems have words for, all together. Times are epoch milliseconds. */
interface Facts {
  run: string;
  status: PlainStatus;
  type?: string | undefined;
  title?: string | undefined;
  user?: string | undefined;
  queued?: number | undefined;
  started?: number | undefined;
  finished?: number | undefined;
  message?: unknown;
  error_type?: string | undefined;
  /** Titles and outcomes of its steps. */
  steps?: string[] | undefined;
  connection?: unknown;
  /** Records that succeeded and failed, as told. */
  counts?: number[] | undefined;
  /** Records that are kept one by one, by phase and outcome. */
  records?: string[] | undefined;
  lines?: string[] | undefined;
  report?: unknown;
  /** What the job was given to do. */
  body?: unknown;
}
type Fact = keyof Facts;

const SECOND = 1000;
const QUEUED = Date.UTC(2026, 10, 20, 2, 59, 50);
const STARTED = Date.UTC(2026, 10, 20, 3, 0, 0);
const FINISHED = Date.UTC(2026, 10, 20, 3, 4, 10);
const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** A way in: sends a failed run and a good one, and says what its own form told of each. */
interface WayIn {
  send(): Promise<void>;
  facts: Facts[];
}

/** A way out: reads a run, and says which facts its form has no place for. */
interface WayOut {
  read(run: string): Promise<Facts>;
  cannot: Fact[];
}

let service: TestService;
let db: ClickHouse;
const get = async <T>(path: string) => (await call<T>(service.url, 'GET', path)).body;
const post = async <T = unknown>(path: string, body: string | object) => {
  const answer = await call<T>(service.url, 'POST', path, body);
  expect(answer.status).toBe(200);
  return answer.body;
};

const waysIn: Record<string, WayIn> = {
  native: {
    send: async () => {
      const run = {
        job: 'walk',
        run: 'n-failed',
        type: 'etl',
        title: 'Nightly',
        user: 'svc-etl',
        status: 'timed_out',
        queued_at: QUEUED,
        started_at: STARTED,
        finished_at: FINISHED,
        message: 'upstream took 30 s',
        error: { type: 'Timeout', message: 'upstream took 30 s', step: 'load' },
        steps: [
          { step: 'extract', status: 'succeeded' },
          { step: 'load', status: 'failed', error: { type: 'Timeout', message: 'upstream took 30 s' } },
        ],
        source: { connection: 'warehouse' },
        counts: { data: { success: 348, failure: 2 } },
        data: { table: 'orders' },
      };
      const { error: _error, message: _message, ...good } = run;
      const steps = [{ step: 'extract', status: 'succeeded' }];
      await post('/v1/runs?wait=1', [run, { ...good, run: 'n-good', status: 'succeeded', steps }]);
      const item = { job: 'walk', run: 'n-failed', key: 'orders' };
      const records = [
        { ...item, phase: 'metadata', outcome: 'success' },
        { ...item, phase: 'data', outcome: 'failure' },
      ];
      await post('/v1/records?wait=1', records.map((record) => JSON.stringify(record)).join('\n'));
      await post('/v1/lines?wait=1', {
        job: 'walk',
        run: 'n-failed',
        seq: 0,
        message: 'upstream is slow',
        level: 'warn',
      });
    },
    facts: [
      {
        run: 'n-failed',
        status: 'failed',
        type: 'etl',
        title: 'Nightly',
        user: 'svc-etl',
        queued: QUEUED,
        started: STARTED,
        finished: FINISHED,
        message: 'upstream took 30 s',
        error_type: 'Timeout',
        steps: ['extract success', 'load failed'],
        connection: 'warehouse',
        counts: [348, 2],
        records: ['data failure', 'metadata success'],
        lines: ['upstream is slow'],
        body: { table: 'orders' },
      },
      {
        run: 'n-good',
        status: 'success',
        type: 'etl',
        title: 'Nightly',
        user: 'svc-etl',
        queued: QUEUED,
        started: STARTED,
        finished: FINISHED,
        steps: ['extract success'],
        connection: 'warehouse',
        counts: [348, 2],
        body: { table: 'orders' },
      },
    ],
  },

  // Has one time for "created" and "started", and no word for lines, records, counts, a title, or what was to be done.
  basiq: {
    send: async () => {
      const link = { type: 'link', url: '/users/ea3a81/connections/8fce3b' };
      const result = { code: 'invalid-credentials', title: 'Cannot login', detail: 'Please check credentials.' };
      const job = (id: string, steps: object[]) => ({
        type: 'job',
        id,
        created: iso(STARTED),
        updated: iso(FINISHED),
        jobType: 'connection',
        steps,
        links: { self: `/jobs/${id}`, source: '/users/ea3a81/connections/8fce3b' },
      });
      await post('/v1/receive/basiq?wait=1', [
        job('b-failed', [
          { title: 'verify-credentials', status: 'failed', result },
          { title: 'retrieve-accounts', status: 'pending', result: null },
        ]),
        job('b-good', [{ title: 'verify-credentials', status: 'success', result: link }]),
      ]);
    },
    facts: [
      {
        run: 'b-failed',
        status: 'failed',
        type: 'connection',
        user: 'ea3a81',
        queued: STARTED,
        started: STARTED,
        finished: FINISHED,
        message: 'Please check credentials.',
        error_type: 'invalid-credentials',
        steps: ['verify-credentials failed', 'retrieve-accounts pending'],
        connection: '8fce3b',
      },
      {
        run: 'b-good',
        status: 'success',
        type: 'connection',
        user: 'ea3a81',
        queued: STARTED,
        started: STARTED,
        finished: FINISHED,
        message: expect.stringContaining('successfully refreshed'),
        steps: ['verify-credentials success'],
        connection: '8fce3b',
      },
    ],
  },

  // Has no word for steps, a connection, a kind of error, lines, records or a title; counts stand in its message.
  harperdb: {
    send: async () => {
      const row = (id: string, status: string, message: string) => ({
        id,
        user: 'HDB_ADMIN',
        type: 'csv_data_load',
        status,
        start_datetime: STARTED,
        end_datetime: FINISHED,
        job_body: { schema: 'dev', table: 'dogs' },
        message,
        created_datetime: QUEUED,
        __createdtime__: QUEUED + SECOND,
        __updatedtime__: FINISHED,
        start_datetime_converted: iso(STARTED),
        end_datetime_converted: iso(FINISHED),
      });
      await post('/v1/receive/harperdb?wait=1', [
        row('h-failed', 'ERROR', 'loaded 348 of 350 records'),
        row('h-good', 'COMPLETE', 'successfully loaded 350 of 350 records'),
      ]);
    },
    facts: [
      {
        run: 'h-failed',
        status: 'failed',
        type: 'csv_data_load',
        user: 'HDB_ADMIN',
        queued: QUEUED,
        started: STARTED,
        finished: FINISHED,
        message: 'loaded 348 of 350 records',
        counts: [348, 2],
        body: { schema: 'dev', table: 'dogs' },
      },
      {
        run: 'h-good',
        status: 'success',
        type: 'csv_data_load',
        user: 'HDB_ADMIN',
        queued: QUEUED,
        started: STARTED,
        finished: FINISHED,
        message: 'successfully loaded 350 of 350 records',
        counts: [350, 0],
        body: { schema: 'dev', table: 'dogs' },
      },
    ],
  },

  // Has no word for steps, a connection, counts, records, when it was queued, or what was to be done.
  workato: {
    send: async () => {
      const file = (id: number, more: object) => ({
        id,
        flow_id: 234,
        parent_id: null,
        calling_job_id: null,
        status: 'completed',
        started_at: iso(STARTED),
        completed_at: iso(FINISHED),
        error_type: null,
        error: null,
        title: 'hello world',
        is_poll_error: false,
        report: { name: "Xavier D'Souza", age: 35 },
        lines: [
          {
            recipe_line_number: 0,
            adapter_name: 'clock',
            adapter_operation: 'timer',
            input: { interval: '1' },
            output: {},
            mask_data: false,
          },
        ],
        ...more,
      });
      const failure = { status: 'failed', error_type: 'RuntimeError', error: '401 Unauthorized' };
      await post('/v1/receive/workato?wait=1&user_id=5234', [file(100, failure), file(101, {})]);
    },
    facts: [
      {
        run: '100',
        status: 'failed',
        type: 'recipe',
        title: 'hello world',
        user: '5234',
        started: STARTED,
        finished: FINISHED,
        message: '401 Unauthorized',
        error_type: 'RuntimeError',
        lines: ['clock timer'],
        report: { name: "Xavier D'Souza", age: 35 },
      },
      {
        run: '101',
        status: 'success',
        type: 'recipe',
        title: 'hello world',
        user: '5234',
        started: STARTED,
        finished: FINISHED,
        lines: ['clock timer'],
        report: { name: "Xavier D'Souza", age: 35 },
      },
    ],
  },
};

const waysOut: Record<string, WayOut> = {
  native: {
    read: async (run) => {
      const whole = await get<RunAnswer>(`/v1/runs/${run}`);
      const { records } = await get<RecordsAnswer>(`/v1/runs/${run}/records`);
      const { lines } = await get<LinesAnswer>(`/v1/runs/${run}/lines`);
      const { success, failure } = whole.counts.data;
      return {
        run: whole.run,
        status: PLAIN_STATUS[whole.status],
        type: some(whole.type),
        title: some(whole.title),
        user: some(whole.user),
        queued: timeOf(whole.queued_at),
        started: timeOf(whole.started_at),
        finished: timeOf(whole.finished_at),
        message: some(whole.message),
        error_type: some(whole.error?.type),
        steps: list(whole.steps.map((step) => `${step.title ?? step.step} ${PLAIN_STATUS[step.status]}`)),
        connection: some(whole.source['connection']),
        counts: success + failure > 0 ? [success, failure] : undefined,
        records: list(records.map(({ phase, outcome }) => `${phase} ${outcome}`)),
        lines: list(lines.map((line) => line.message)),
        report: some(whole.report),
        body: 'job_body' in whole.data ? whole.data['job_body'] : some(whole.data),
      };
    },
    cannot: [],
  },

  basiq: {
    read: async (run) => {
      const job = await get<BasiqJob>(`/v1/basiq/jobs/${run}`);
      const failed = job.steps.find((step) => step.status === 'failed');
      const { code, detail } = Object(failed?.result) as Record<string, string>;
      const [, user, connection] = /\/users\/([^/]+)\/connections\/([^/]+)$/.exec(job.links.source ?? '') ?? [];
      const outcome: PlainStatus = failed
        ? 'failed'
        : job.steps.every((step) => step.status === 'success')
          ? 'success'
          : 'pending';
      return {
        run: job.id,
        status: outcome,
        type: job.jobType,
        user,
        queued: timeOf(job.created),
        finished: timeOf(job.updated),
        message: some(detail),
        error_type: code === 'unknown-error' ? undefined : some(code),
        steps: job.steps.map(({ title, status }) => `${title} ${status}`),
        connection,
      };
    },
    // `created` is when it was queued, and there is no other time before the end. Whose it is stands in the address of the
    // connection, so a run without one has no user. A message stands in an error, so a good run has none.
    cannot: ['title', 'started', 'counts', 'records', 'lines', 'report', 'body'],
  },

  harperdb: {
    read: async (run) => {
      const [row] = await post<Array<ReturnType<typeof toHarperdbRow>>>('/v1/harperdb', {
        operation: 'get_job',
        id: run,
      });
      expect(row?.start_datetime_converted).toBe(new Date(row?.start_datetime ?? NaN).toISOString());
      expect(row?.end_datetime_converted).toBe(new Date(row?.end_datetime ?? NaN).toISOString());
      return {
        run: row?.id ?? '',
        status: row?.status === 'COMPLETE' ? 'success' : row?.status === 'ERROR' ? 'failed' : 'pending',
        type: some(row?.type),
        user: some(row?.user),
        queued: some(row?.created_datetime),
        started: some(row?.start_datetime),
        finished: some(row?.end_datetime),
        message: some(row?.message),
        body: some(row?.job_body),
      };
    },
    // Counts stand in the message, if at all.
    cannot: ['title', 'error_type', 'steps', 'connection', 'counts', 'records', 'lines', 'report'],
  },

  workato: {
    read: async (run) => {
      const [whole] = await readWholeById(db, 'default', run);
      if (!whole) {
        throw new Error(`there is no run ${run}`);
      }
      const file = JSON.parse(stringifyJson(toWorkatoFile(whole).fields)) as Record<string, string | null>;
      return {
        run: String(file['id']),
        status: file['status'] === 'completed' ? 'success' : 'failed',
        title: some(file['title']),
        started: timeOf(file['started_at'] ?? null),
        finished: timeOf(file['completed_at'] ?? null),
        message: some(file['error']),
        error_type: some(file['error_type']),
        report: some(file['report']),
      };
    },
    // Whose it is stands in the file's name, and its log, as lines, in the file on S3: replication.test.ts reads them there.
    cannot: ['type', 'user', 'queued', 'steps', 'connection', 'counts', 'records', 'lines', 'body'],
  },
};

/** What is said differently in one pair, beyond what a form can't say at all. */
const exceptions: Record<string, (facts: Facts) => Facts> = {
  'native to harperdb': (facts) => ({
    ...facts,
    message: facts.message ?? `successfully handled ${facts.counts?.[0]} of 350 records`,
  }),
  'basiq to basiq': withoutPraise,
  'basiq to workato': withoutPraise,
  'harperdb to workato': withoutPraise,
  'harperdb to basiq': ({ user: _user, ...facts }) => asOneStep(withoutPraise(facts)),
  'workato to basiq': ({ user: _user, ...facts }) => asOneStep({ ...facts, queued: facts.started }),
  'workato to harperdb': (facts) => ({ ...facts, queued: facts.started }),
};

beforeAll(async () => {
  service = await startService();
  const { url } = JSON.parse(readFileSync(join(service.data, 'engine.json'), 'utf8')) as { url: string };
  db = openClickHouse({ url, database: 'joblens', timeout: 30, memory: 2 ** 30 });
  for (const { send } of Object.values(waysIn)) {
    await send();
  }
});
afterAll(async () => {
  await db.close();
  await service.stop();
});

describe.each(Object.keys(waysIn))('what came in as %s', (from) => {
  const sent = waysIn[from]?.facts ?? [];

  test.each(Object.keys(waysOut))('reads the same as %s, but for what that form can not say', async (to) => {
    const { read, cannot = [] } = waysOut[to] ?? {};
    const told = exceptions[`${from} to ${to}`] ?? ((facts: Facts) => facts);
    for (const facts of sent) {
      const expected = Object.entries(told(facts)).filter(([name]) => !cannot.includes(name as Fact));
      expect(await read?.(facts.run)).toEqual(Object.fromEntries(expected));
    }
  });
});

/** Basiq's outcome is that of steps: a run without any is one itself. */
const asOneStep = (facts: Facts): Facts => ({ ...facts, steps: [`${facts.title ?? facts.type} ${facts.status}`] });

/** Basiq and Workato have a place for a message in errors only. */
function withoutPraise(facts: Facts): Facts {
  return facts.status === 'failed' ? facts : { ...facts, message: undefined };
}

function some<T>(value: T | null | undefined): T | undefined {
  const empty = value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  return empty ? undefined : value;
}
const list = (values: string[]) => (values.length > 0 ? values : undefined);
const timeOf = (text: string | null) => (text === null ? undefined : Date.parse(text));
