import { z } from '@hono/zod-openapi';
import { problems, type Coded } from '../errors.js';
import { answerJson } from '../http/answer-json.js';
import type { AppContext, Services } from '../http/context.js';
import type { Filter } from '../model/question.js';
import type { AskContext } from '../query/question.js';
import { cursorAfter, runsPage } from '../query/runs.js';
import { runsWhere } from '../query/scope.js';
import { readWhole, readWholeById } from '../reads/whole.js';
import { DAY_MS, raw, sql } from '../storage/sql.js';
import { toBasiqJob } from '../systems/basiq.js';
import { limitField, readQuery, type Route } from './route.js';

const listQuery = z.object({
  filter: z.string().max(2000).optional().describe("connection.id.eq('…')"),
  limit: limitField(500, 500),
  next: z.string().max(4096).optional(),
});
const jobAnswer = z.looseObject({
  type: z.literal('job'),
  id: z.string(),
  created: z.string(),
  updated: z.string(),
  steps: z.array(z.object({ title: z.string(), status: z.string(), result: z.unknown() })),
  links: z.object({ self: z.string(), source: z.string().optional() }),
});
const listAnswer = z.object({
  type: z.literal('list'),
  size: z.number(),
  data: z.array(jobAnswer),
  links: z.object({ self: z.string(), next: z.string().optional() }),
});

/** Basiq's codes for what can go wrong with a read. */
const CODES: Record<number, string> = {
  400: 'parameter-not-valid',
  401: 'unauthorized-access',
  403: 'forbidden-access',
  404: 'resource-not-found',
};
const dialect = {
  problem: ({ status, title, message }: Coded) => ({
    data: [{ type: 'error', code: CODES[status] ?? 'internal-server-error', title, detail: message }],
  }),
};

/** Basiq's API for jobs: every run, whatever sent it, as a job resource. */
export function basiqRoutes({ db }: Services): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/basiq/jobs/{id}',
      scope: 'read',
      dialect,
      summary: "A run as Basiq's job resource",
      answers: { 200: { schema: jobAnswer, description: 'Found' } },
      handle: async (c) => {
        const id = c.req.param('id') ?? '';
        const [run, second, ...more] = await readWholeById(db, c.get('caller').tenant, id);
        if (!run) {
          throw problems.notFound(`The job ${JSON.stringify(id)}`);
        }
        if (second) {
          const runs = [run, second, ...more];
          throw problems.ambiguous(
            `${runs.length} jobs have a run ${JSON.stringify(id)}. Ask for one by its key.`,
            runs.map(({ job, key }, index) => ({ index, path: job, message: key }))
          );
        }
        return answerJson(c, toBasiqJob(run, baseOf(c)));
      },
    },
    {
      method: 'get',
      path: '/v1/basiq/users/{user}/jobs',
      scope: 'read',
      dialect,
      summary: "A user's runs as Basiq's job resources, newest first",
      query: listQuery,
      answers: { 200: { schema: listAnswer, description: 'Found' } },
      handle: async (c) => answerJson(c, await listJobs(c, db)),
    },
  ];
}

async function listJobs(c: AppContext, db: Services['db']) {
  const { filter, limit, next: cursor } = readQuery(c, listQuery);
  const filters: Filter[] = [
    { field: 'user', op: '=', value: c.req.param('user') ?? '' },
    ...(filter === undefined ? [] : [readFilter(filter)]),
  ];
  const now = Date.now();
  const context: AskContext = { db, tenant: c.get('caller').tenant, from: 0, to: now + DAY_MS, timeZone: 'UTC', now };
  const { page, keys } = await runsPage(context, { filters, timeBy: 'finished', cursor }, limit);
  const [runs, [count]] = await Promise.all([
    readWhole(db, page, raw('at DESC, job DESC, run DESC')),
    db.rows<{ n: number }>(
      sql`SELECT count() AS n FROM runs FINAL WHERE ${runsWhere(context, { filters, timeBy: 'finished' }, 'any')}`
    ),
  ]);
  const last = keys.at(-1);
  const self = `${new URL(c.req.url).origin}${c.req.path}`;
  const more = last && keys.length === limit ? cursorAfter(last, context, cursor) : undefined;
  const query = new URLSearchParams({ ...(filter ? { filter } : {}), limit: String(limit), next: more ?? '' });
  return {
    type: 'list' as const,
    size: count?.n ?? 0,
    data: runs.map((run) => toBasiqJob(run, baseOf(c))),
    links: { self, ...(more ? { next: `${self}?${query}` } : {}) },
  };
}

/** @throws Coded 400 for any but the one documented filter */
function readFilter(filter: string): Filter {
  const connection = /^\s*connection\.id\.eq\('([^']*)'\)\s*$/.exec(filter)?.[1];
  if (connection === undefined) {
    throw problems.badRequest(`filter: expected connection.id.eq('…'), got ${JSON.stringify(filter)}.`);
  }
  return { field: 'connection', op: '=', value: connection };
}

const baseOf = (c: AppContext) => `${new URL(c.req.url).origin}/v1/basiq`;
