import { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { streamSSE } from 'hono/streaming';
import { problems } from '../errors.js';
import { answerJson } from '../http/answer-json.js';
import type { AppContext, Services } from '../http/context.js';
import { Downloads } from '../http/downloads.js';
import { isStillLetIn } from '../http/tokens.js';
import {
  jobAnswer,
  jobsAnswer,
  linesAnswer,
  recordsAnswer,
  runAnswer,
  runsAnswer,
  stepsAnswer,
} from '../model/answer.js';
import { stringifyJson } from '../model/json.js';
import { LEVELS, STATUSES } from '../model/words.js';
import { momentSchema, type Filter } from '../model/question.js';
import type { AskContext } from '../query/question.js';
import type { RunPlace } from '../query/run-id.js';
import { readDetail } from '../reads/detail.js';
import { readJob, readJobs } from '../reads/jobs.js';
import { countLines, ofRun, readLines, streamLog, tailLines } from '../reads/lines.js';
import { readRejected } from '../reads/rejected.js';
import { readRun, readRuns } from '../reads/runs.js';
import { DAY_MS } from '../storage/sql.js';
import { placeOf } from './place.js';
import { answerRecords, recordsQuery } from './records.js';
import { limitField, nameFrom, readQuery, repeatable, wholeSchema, type Route } from './route.js';

const rangeQuery = {
  from: momentSchema.optional(),
  to: momentSchema.optional(),
};
const runsQuery = z.object({
  ...rangeQuery,
  job: repeatable(z.string()),
  status: repeatable(z.enum(STATUSES)),
  user: repeatable(z.string()),
  type: repeatable(z.string()),
  connection: repeatable(z.string()),
  q: z.string().max(1000).optional(),
  limit: limitField(100, 1000),
  cursor: z.string().max(4096).optional(),
});
const jobsQuery = z.object({
  ...rangeQuery,
  q: z.string().max(1000).optional(),
  type: repeatable(z.string()),
  limit: limitField(100, 1000),
  cursor: z.string().max(4096).optional(),
});
const linesQuery = z.object({
  level: repeatable(z.enum(LEVELS)),
  q: z.string().max(1000).optional(),
  from_seq: wholeSchema.optional().describe('a `seq`, of up to 19 digits'),
  from_line: z.coerce.number().int().min(1).optional(),
  attempt: z.coerce.number().int().min(1).optional(),
  limit: limitField(1000, 10_000),
  cursor: z.string().max(4096).optional(),
});
const tailQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional()
    .describe('the arrival number of the last line that is known'),
});
const quarantineAnswer = z.object({
  rejected: z.array(z.object({ source: z.string(), reason: z.string(), line: z.string(), received_at: z.string() })),
  next: z.string().nullable(),
});
const rejectedQuery = z.object({ limit: limitField(100, 1000), cursor: z.string().max(4096).optional() });

type Handler = (c: AppContext, place: RunPlace) => Promise<Response>;

/** Every call that reads what is stored, by path and, for names that survive in no path, by query string. */
export function readRoutes(services: Services): Route[] {
  const { db } = services;
  const downloads = new Downloads();
  const get = (
    path: string,
    summary: string,
    schema: z.ZodType | undefined,
    handle: Route['handle'],
    query?: z.ZodObject,
    files: readonly string[] = []
  ): Route => ({
    method: 'get',
    path,
    scope: 'read',
    summary,
    ...(query ? { query } : {}),
    answers: { 200: { ...(schema ? { schema } : {}), files, description: 'Found' } },
    handle,
  });
  const tenantOf = (c: AppContext) => c.get('caller').tenant;
  const withRun = (handle: Handler) => async (c: AppContext) => handle(c, await placeOf(c, services));
  const ofRunRoutes: Array<[string, string, z.ZodType | undefined, Handler, z.ZodObject?, string[]?]> = [
    [
      '',
      'One run, everything known',
      runAnswer,
      async (c, place) => answerJson(c, await readRun(services, tenantOf(c), place)),
    ],
    [
      '/lines',
      "A run's log, as lines or, with Accept: text/plain, as the bytes that were sent",
      linesAnswer,
      (c, place) => answerLines(c, services, downloads, place),
      linesQuery,
      ['text/plain'],
    ],
    [
      '/lines/tail',
      'New lines as they arrive, as server-sent events',
      undefined,
      (c, place) => answerTail(c, services, place),
      tailQuery,
      ['text/event-stream'],
    ],
    [
      '/steps',
      "A run's steps",
      stepsAnswer,
      async (c, place) => answerJson(c, { steps: (await readDetail(db, place)).steps }),
    ],
    [
      '/records',
      "A run's records, a page of them or, with Accept: text/csv or application/x-ndjson, a file of all",
      recordsAnswer,
      (c, place) => answerRecords(c, services, place),
      recordsQuery,
      ['text/csv', 'application/x-ndjson'],
    ],
  ];
  return [
    get(
      '/v1/runs',
      'Runs, newest first',
      runsAnswer,
      async (c) => {
        const query = readQuery(c, runsQuery);
        const context = contextOf(c, services, query, 400);
        return answerJson(c, await readRuns(context, pageOf(query)));
      },
      runsQuery
    ),
    get(
      '/v1/jobs',
      'Jobs with what their runs say',
      jobsAnswer,
      async (c) => {
        const query = readQuery(c, jobsQuery);
        const context = contextOf(c, services, query, 30);
        return answerJson(c, await readJobs(context, pageOf(query)));
      },
      jobsQuery
    ),
    ...['/v1/jobs/{job}', '/v1/job'].map((path) =>
      get(path, 'One job', jobAnswer, async (c) =>
        answerJson(c, await readJob(contextOf(c, services, {}, 30), nameFrom(c, 'job')))
      )
    ),
    ...ofRunRoutes.flatMap(([suffix, summary, schema, handle, query, files]) =>
      ['/v1/jobs/{job}/runs/{run}', '/v1/run', '/v1/runs/{run}'].map((path) =>
        get(`${path}${suffix}`, summary, schema, withRun(handle), query, files)
      )
    ),
    {
      ...get(
        '/v1/rejected',
        'What could not be taken, with why, newest first',
        quarantineAnswer,
        async (c) => {
          const query = readQuery(c, rejectedQuery);
          return c.json(await readRejected(db, tenantOf(c), query));
        },
        rejectedQuery
      ),
      scope: 'admin',
    },
  ];
}

function contextOf(
  c: AppContext,
  services: Services,
  range: { from?: number | undefined; to?: number | undefined },
  days: number
): AskContext {
  const now = Date.now();
  // A day ahead: a run that a clock a little fast reported is not hidden.
  const to = range.to ?? now + DAY_MS;
  const from = range.from ?? Math.min(now, to) - days * DAY_MS;
  if (from > to) {
    throw problems.badRequest(
      `The time range is upside down: it ends (${new Date(to).toISOString()}) before it begins (${new Date(from).toISOString()}).`
    );
  }
  return { db: services.db, tenant: c.get('caller').tenant, from, to, timeZone: 'UTC', now };
}

/** What a list is asked for, from its query string. */
function pageOf(
  query: Parameters<typeof filtersOf>[0] & { q?: string | undefined; limit: number; cursor?: string | undefined }
) {
  return { filters: filtersOf(query), search: query.q, limit: query.limit, cursor: query.cursor };
}

const FILTERS = ['job', 'status', 'user', 'type', 'connection'] as const;

function filtersOf(query: Partial<Record<(typeof FILTERS)[number], string[]>>): Filter[] {
  return FILTERS.flatMap((field): Filter[] => {
    const value = query[field] ?? [];
    return value.length > 0 ? [{ field, op: 'in', value }] : [];
  });
}

async function answerLines(c: AppContext, { db }: Services, downloads: Downloads, place: RunPlace): Promise<Response> {
  const those = ofRun(c.get('caller').tenant, place.job, place.run);
  // Grafana's own requests take text too, but JSON first.
  const [json, text] = ['application/json', 'text/plain'] as const;
  if (accepts(c, { header: 'Accept', supports: [json, text], default: json }) === text) {
    c.header('content-type', 'text/plain; charset=utf-8');
    return downloads.answer(c, () => streamLog(db, those));
  }
  const { level, q, from_seq: fromSeq, from_line: fromLine, ...rest } = readQuery(c, linesQuery);
  const options = { ...rest, levels: level, search: q, fromSeq, fromLine };
  const [page, { total }] = await Promise.all([readLines(db, those, options), countLines(db, those, options)]);
  return answerJson(c, { ...page, total });
}

const TAIL_MS = 500;

/** Follows a run's log; `Last-Event-ID` or `?after=` says from which arrival number on. */
async function answerTail(c: AppContext, { db, tokens }: Services, place: RunPlace): Promise<Response> {
  const those = ofRun(c.get('caller').tenant, place.job, place.run);
  const given = c.req.header('last-event-id') ?? c.req.query('after') ?? '0';
  if (!/^\d{1,20}$/.test(given)) {
    throw problems.badRequest('after: expected an arrival number, as the "arrival" of a line gives it.');
  }
  return streamSSE(c, async (out) => {
    let after = given;
    while (!out.aborted && isStillLetIn(c.get('caller'), tokens)) {
      const lines = await tailLines(db, those, after, 1000);
      for (const line of lines) {
        await out.writeSSE({ id: line.arrival, data: stringifyJson(line) });
      }
      after = lines.at(-1)?.arrival ?? after;
      if (lines.length === 0) {
        await out.write(': \n\n');
        await out.sleep(TAIL_MS);
      }
    }
  });
}
