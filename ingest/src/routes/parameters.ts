import type { Route } from './route.js';

const NAME = { type: 'string' as const, minLength: 1, maxLength: 512 };
type In = 'path' | 'query';

/** The names that a call takes, for the OpenAPI document: in its path or, as `/v1/job…` and `/v1/run…` do, in the query string. */
export function namesOf({ method, path }: Pick<Route, 'method' | 'path'>) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => parameter(name, 'path', true));
  if (path === '/v1/job') {
    return [parameter('job', 'query', true)];
  }
  if (!/^\/v1\/run(\/|$)/.test(path)) {
    return inPath;
  }
  // A key is a hash of both names: it finds a run that is there, and can't name a new one.
  return method === 'post'
    ? [parameter('job', 'query', true), parameter('run', 'query', true)]
    : [
        parameter('job', 'query', false, 'with `run`'),
        parameter('run', 'query', false, 'with `job`'),
        parameter('key', 'query', false, 'instead of `job` and `run`'),
      ];
}

const parameter = (name: string, where: In, required: boolean, description?: string) => ({
  name,
  in: where,
  required,
  ...(description === undefined ? {} : { description }),
  schema: NAME,
});
