import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import type { Services } from '../http/context.js';
import { queryRequestSchema } from '../model/question.js';
import { execute } from '../query/execute.js';
import { retentionSchema, readRetention, writeRetention } from '../storage/retention.js';
import { toRejected } from '../receivers/items.js';
import type { Route } from './route.js';

/** The question call, the service's own state, settings, and what later releases bring. */
export function serviceRoutes(services: Services): Route[] {
  const { db, spool, metrics, log } = services;
  const ready: Route['handle'] = (c) => {
    spool.assertTakesWrites();
    return c.json({ status: 'ready' });
  };
  return [
    {
      method: 'post',
      path: '/v1/query',
      scope: 'read',
      summary: "Ask questions: Grafana's query request in, data frames out",
      body: { schema: queryRequestSchema, types: ['application/json'] },
      answers: {
        200: {
          schema: z.object({ results: z.record(z.string(), z.unknown()) }),
          description: 'Frames, or an error, for each query',
        },
      },
      handle: async (c) => {
        const request: unknown = await c.req.json().catch(() => {
          throw problems.notJson('Expected the query request as a JSON object.');
        });
        const answer = await execute(
          {
            db,
            tenant: c.get('caller').tenant,
            signal: c.req.raw.signal,
            onError: (error) => log.error(error, 'query'),
          },
          request
        );
        return c.body(answer, 200, { 'content-type': 'application/json' });
      },
    },
    {
      method: 'get',
      path: '/v1/settings/retention',
      scope: 'admin',
      summary: 'How long runs, lines and records are kept, in days',
      answers: { 200: { schema: retentionSchema, description: 'The settings' } },
      handle: async (c) => c.json(await readRetention(db, c.get('caller').tenant, services.env)),
    },
    {
      method: 'put',
      path: '/v1/settings/retention',
      scope: 'admin',
      summary: 'Set how long runs, lines and records are kept, for the tenant and for single jobs',
      body: { schema: retentionSchema, types: ['application/json'] },
      answers: { 200: { schema: retentionSchema, description: 'The settings as they are now' } },
      handle: async (c) => {
        const parsed = retentionSchema.safeParse(await c.req.json().catch(() => undefined));
        if (!parsed.success) {
          throw problems.badRequest('The retention settings can’t be used.', toRejected(parsed.error));
        }
        await writeRetention(db, c.get('caller').tenant, parsed.data);
        return c.json(await readRetention(db, c.get('caller').tenant, services.env));
      },
    },
    {
      method: 'get',
      path: '/health/live',
      scope: undefined,
      summary: 'Is the process alive?',
      answers: { 200: { description: 'Alive' } },
      handle: (c) => c.json({ status: 'alive' }),
    },
    {
      method: 'get',
      path: '/health/ready',
      scope: undefined,
      summary: 'Does it take writes?',
      answers: { 200: { description: 'Takes writes' } },
      handle: ready,
    },
    {
      method: 'get',
      path: '/ready',
      scope: undefined,
      summary: 'Does it take writes?',
      answers: { 200: { description: 'Takes writes' } },
      handle: ready,
    },
    {
      method: 'get',
      path: '/metrics',
      scope: undefined,
      summary: 'Metrics in Prometheus text',
      answers: { 200: { type: 'text/plain', description: 'Metrics' } },
      handle: async (c) =>
        c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
    },
    ...LATER.map(([method, path, what]): Route => ({
      method,
      path,
      scope: method === 'patch' ? 'annotate' : 'admin',
      summary: `${what} (not part of this release)`,
      answers: { 501: { description: 'Not there yet' } },
      handle: () => {
        throw problems.notBuilt(what);
      },
    })),
  ];
}

const LATER: Array<[Route['method'], string, string]> = [
  ['patch', '/v1/jobs/{job}/runs/{run}', 'Annotating a run'],
  ['delete', '/v1/jobs/{job}/runs/{run}', 'Deleting a run'],
  ['patch', '/v1/run', 'Annotating a run'],
  ['delete', '/v1/run', 'Deleting a run'],
  ['delete', '/v1/jobs/{job}', 'Purging a job'],
  ['delete', '/v1/job', 'Purging a job'],
  ['get', '/v1/audit', 'The audit trail'],
  ['get', '/v1/settings/replication', 'Job history replication'],
  ['put', '/v1/settings/replication', 'Job history replication'],
  ['post', '/v1/replication/test', 'Job history replication'],
  ['post', '/v1/replication/backfill', 'Job history replication'],
  ['get', '/v1/settings/rules', 'Recommended-action rules'],
  ['put', '/v1/settings/rules', 'Recommended-action rules'],
  ['get', '/v1/tokens', 'Managing tokens'],
  ['post', '/v1/tokens', 'Managing tokens'],
  ['delete', '/v1/tokens', 'Managing tokens'],
  ['get', '/v1/slos', 'SLOs'],
  ['put', '/v1/slos', 'SLOs'],
];
