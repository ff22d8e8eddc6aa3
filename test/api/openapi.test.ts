import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startService, type TestService } from '../support/service.js';

type Content = Record<string, { schema?: z.core.JSONSchema.JSONSchema }>;
interface Operation {
  parameters?: Array<{ name: string; in: string; required?: boolean }>;
  responses: Record<string, { content?: Content }>;
}

let service: TestService;
let paths: Record<string, Record<string, Operation>>;
const BODIES: Record<string, string> = {
  '/v1/receive/basiq': '{"id":"b1","type":"job","steps":[]}',
  '/v1/receive/harperdb': '{"id":"h1","type":"csv_file_load","status":"COMPLETE"}',
  '/v1/receive/workato': '{"id":"w1","flow_id":"f","status":"completed"}',
  '/v1/runs': '{"job":"described","run":"r","status":"failed","started_at":"2026-11-22T03:00:00Z"}',
  '/v1/steps': '{"job":"described","run":"r","step":"s","status":"failed"}',
  '/v1/lines': '{"job":"described","run":"r","seq":1,"level":"error","message":"m","fields":{"a":1}}',
  '/v1/records': '{"job":"described","run":"r","phase":"data","outcome":"failure","key":"k","data":{"a":1}}',
  '/v1/job': '{"owner":"ops","schedule":"0 3 * * *"}',
  '/v1/jobs/{job}': '{"owner":"ops","schedule":"0 3 * * *"}',
  '/v1/settings/retention': '{"runs":400,"lines":30,"records":30}',
  '/v1/settings/rules': '{"yaml":"rules: []"}',
  '/v1/slos': '{"slos":[]}',
  '/v1/harperdb': '{"operation":"get_job","id":"h1"}',
  '/v1/harperdb/': '{"operation":"get_job","id":"h1"}',
  '/v1/query': '{"from":0,"to":1,"queries":[{"question":"runs"}]}',
};
/** What needs more than a service, never ends, or would keep the other calls from being answered. */
const LEFT_OUT = /^(DELETE|PUT \/v1\/settings\/replication|POST \/v1\/(replication|tokens))|\/tail$/;

beforeAll(async () => {
  service = await startService();
  ({ paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: typeof paths });
  for (const path of ['/v1/runs', '/v1/steps', '/v1/lines', '/v1/records', '/v1/receive/basiq']) {
    await fetch(`${service.url}${path}?wait=1`, { method: 'POST', body: BODIES[path] });
  }
});
afterAll(() => service.stop());

/** Calls that have their names in the query string. */
const BY_QUERY = /^\/v1\/(job|run)(\/|$)/;
const NAMES: Record<string, string> = { job: 'described', run: 'r', id: 'b1', user: 'u' };

async function send(method: string, path: string, { parameters = [] }: Operation) {
  const names = parameters.filter(({ name }) => BY_QUERY.test(path) && (name === 'job' || name === 'run'));
  const query = new URLSearchParams(names.map(({ name }) => [name, NAMES[name] ?? '']));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => NAMES[name] ?? '');
  const raw = /\/lines$/.test(path) && path !== '/v1/lines';
  const body = raw ? 'raw\n' : (BODIES[path] ?? '{"note":"n"}');
  return fetch(`${service.url}${filled}?${query}`, {
    method,
    ...(method === 'GET' ? {} : { body, headers: { 'content-type': raw ? 'text/plain' : 'application/json' } }),
  });
}

async function assertDescribed(answer: Response, { responses }: Operation): Promise<void> {
  expect(answer.ok, await answer.clone().text()).toBe(true);
  const described = responses[String(answer.status)];
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  expect(Object.keys(described?.content ?? {})).toContain(type);
  const schema = described?.content?.[type]?.schema;
  if (/json$/.test(type) && schema) {
    const parsed = z.fromJSONSchema(schema).safeParse(await answer.json());
    expect(parsed.error?.issues ?? []).toEqual([]);
  }
}

test('every call answers as the document says', { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    for (const [name, operation] of Object.entries(operations)) {
      const call = `${name.toUpperCase()} ${path}`;
      if (!LEFT_OUT.test(call)) {
        const answer = await send(name.toUpperCase(), path, operation);
        await assertDescribed(answer, operation).catch((error: Error) =>
          wrong.push(`${call}: ${answer.status} ${error.message}`)
        );
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('every call under /v1/run and /v1/job is described with the names that it takes', () => {
  const named = Object.entries(paths).filter(([path]) => BY_QUERY.test(path));
  expect(named.length).toBeGreaterThan(5);
  for (const [, operations] of named) {
    for (const { parameters = [] } of Object.values(operations)) {
      expect(parameters.map((parameter) => parameter.name)).toContain('job');
    }
  }
  const raw = paths['/v1/run/lines']?.['post']?.parameters?.map(({ name }) => name);
  expect(raw).toEqual(expect.arrayContaining(['job', 'run', 'offset', 'stream', 'attempt', 'wait', 'idempotency-key']));
});
