import { z } from '@hono/zod-openapi';
import { SCOPES } from '../http/token-store.js';
import type { Route } from './route.js';

/** Tells callers who they are here, so that a page shows nobody what they may not do. */
export function meRoutes(): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/me',
      scope: 'read',
      summary: 'Who asks, and what they may do',
      answers: {
        200: {
          schema: z.object({
            name: z.string().describe("the token's name"),
            user: z.string().nullable().describe('the login in Grafana, where the call came from there'),
            tenant: z.string(),
            scopes: z.array(z.enum(SCOPES)),
          }),
          description: 'The caller',
        },
      },
      handle: (c) => {
        const { name, user, tenant, scopes } = c.get('caller');
        return c.json({ name, user: user ?? null, tenant, scopes: SCOPES.filter((scope) => scopes.has(scope)) });
      },
    },
  ];
}
