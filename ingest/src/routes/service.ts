import { z } from '@hono/zod-openapi';
import type { Services } from '../http/context.js';
import { readJson } from '../http/json-body.js';
import { queryRequestSchema } from '../model/question.js';
import { execute } from '../query/execute.js';
import type { Route } from './route.js';

const stateAnswer = (status: string) => z.object({ status: z.literal(status) });

/** The question call, and the service's own state. */
export function serviceRoutes(services: Services): Route[] {
  const { db, spool, metrics, jobLimit, log } = services;
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
        const answer = await execute(
          {
            db,
            tenant: c.get('caller').tenant,
            signal: c.req.raw.signal,
            state: {
              ...spool.state,
              jobs: (tenant) => ({ count: jobLimit.counts.get(tenant) ?? 0, limit: jobLimit.limit }),
            },
            alert: c.req.header('fromalert') === 'true',
            onError: (error) => log.error(error, 'query'),
          },
          await readJson(c)
        );
        return c.body(answer, 200, { 'content-type': 'application/json' });
      },
    },
    {
      method: 'get',
      path: '/health/live',
      scope: undefined,
      summary: 'Is the process alive?',
      answers: { 200: { schema: stateAnswer('alive'), description: 'Alive' } },
      handle: (c) => c.json({ status: 'alive' }),
    },
    {
      method: 'get',
      path: '/health/ready',
      scope: undefined,
      summary: 'Does it take writes?',
      answers: { 200: { schema: stateAnswer('ready'), description: 'Takes writes' } },
      handle: ready,
    },
    {
      method: 'get',
      path: '/ready',
      scope: undefined,
      summary: 'Does it take writes?',
      answers: { 200: { schema: stateAnswer('ready'), description: 'Takes writes' } },
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
  ];
}
