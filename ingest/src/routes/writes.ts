import { z } from '@hono/zod-openapi';
import type { Inflight } from '../http/body.js';
import type { AppContext, Services } from '../http/context.js';
import { acceptedAnswer, problemAnswer } from '../model/answer.js';
import { jobConfigSchema } from '../model/job.js';
import { lineSchema } from '../model/line.js';
import { recordSchema } from '../model/record.js';
import { runEventSchema } from '../model/run.js';
import { stepEventSchema } from '../model/step.js';
import { receivers } from '../receivers/index.js';
import { receiveJob } from '../receivers/native/jobs.js';
import { receiveNdjson, receiveRaw } from '../receivers/native/lines.js';
import { receiveRuns, receiveSteps } from '../receivers/native/runs.js';
import { nameFrom, type Route } from './route.js';

const JSON_TYPES = ['application/json', 'application/x-ndjson'];
const waitQuery = z.object({
  wait: z.enum(['0', '1']).optional().describe('1: answer 200 once the data can be read back, or 202 after 10 s'),
});
const rawQuery = waitQuery.extend({
  attempt: z.coerce.number().int().min(1).max(65_535).optional().describe('1 unless given'),
  stream: z.string().optional().describe('such as stdout'),
  offset: z.coerce.number().int().min(0).optional().describe('bytes of the stream sent before: a retry joins exactly'),
});
const keyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/)
    .optional()
    .describe('the same for the same request, however often it is sent: within 24 hours it is stored once'),
});
const answers = {
  202: { schema: acceptedAnswer, description: 'Durable on disk; stored within moments' },
  200: { schema: acceptedAnswer, description: 'With ?wait=1: can be read back' },
  422: {
    schema: problemAnswer,
    type: 'application/problem+json',
    description: 'The Idempotency-Key stands for another request: nothing was stored',
  },
};

/** Every call that brings data in. */
export function writeRoutes(services: Services, inflight: Inflight): Route[] {
  const post = (path: string, summary: string, schema: z.ZodType, types: string[], handle: Route['handle']): Route => ({
    method: 'post',
    path,
    scope: 'write',
    summary,
    query: waitQuery,
    headers: keyHeaders,
    body: { schema, types },
    answers,
    handle,
  });
  const raw = receiveRaw(services, inflight, (c) => ({ job: nameFrom(c, 'job'), run: nameFrom(c, 'run') }));
  const putJob = receiveJob(services, inflight, (c: AppContext) => nameFrom(c, 'job'));
  const put = (path: string): Route => ({
    method: 'put',
    path,
    scope: 'write',
    summary: "Set a job's config",
    query: waitQuery,
    headers: keyHeaders,
    body: { schema: jobConfigSchema, types: ['application/json'] },
    answers,
    handle: putJob,
  });
  const receive = receivers.map(({ name, summary, schema, query, receive: handler }): Route => ({
    ...post(
      `/v1/receive/${name}`,
      summary,
      z.union([schema, z.array(schema)]),
      JSON_TYPES,
      handler(services, inflight)
    ),
    query: waitQuery.extend(query.shape),
  }));
  return [
    ...receive,
    post(
      '/v1/runs',
      'Send run events',
      z.union([runEventSchema, z.array(runEventSchema)]),
      JSON_TYPES,
      receiveRuns(services, inflight)
    ),
    post(
      '/v1/steps',
      'Send steps of runs',
      z.union([stepEventSchema, z.array(stepEventSchema)]),
      JSON_TYPES,
      receiveSteps(services, inflight)
    ),
    post('/v1/lines', 'Send log lines', z.array(lineSchema), JSON_TYPES, receiveNdjson(services, inflight, 'lines')),
    post(
      '/v1/records',
      'Send records of runs',
      z.array(recordSchema),
      JSON_TYPES,
      receiveNdjson(services, inflight, 'records')
    ),
    ...['/v1/jobs/{job}/runs/{run}/lines', '/v1/run/lines'].map((path) => ({
      ...post(path, 'Send raw output of a run', z.string(), ['text/plain'], raw),
      query: rawQuery,
    })),
    put('/v1/jobs/{job}'),
    put('/v1/job'),
  ];
}
