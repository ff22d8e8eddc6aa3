import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import type { Services } from '../http/context.js';
import { readJsonAs } from '../http/json-body.js';
import { newTokenSchema, SCOPES, type StoredToken } from '../http/token-store.js';
import { audited } from '../storage/audit.js';
import { toIso } from '../model/merge.js';
import type { Route } from './route.js';

const tokenAnswer = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  created_at: z.string().nullable(),
  created_by: z.string(),
  expires_at: z.string().nullable(),
  expired: z.boolean(),
  rate: z.number().nullable(),
  quota: z.number().nullable(),
});
const idQuery = z.object({ id: z.string().min(1).max(100) });

/** Tokens of the caller's tenant: listed, made, revoked. */
export function tokenRoutes(services: Services): Route[] {
  const { db, tokens } = services;
  return [
    {
      method: 'get',
      path: '/v1/tokens',
      scope: 'admin',
      summary: 'Tokens by name; what they are is never told again',
      answers: {
        200: {
          schema: z.object({ tokens: z.array(tokenAnswer.extend({ source: z.enum(['file', 'call']) })) }),
          description: 'Tokens of the file and those made by calls',
        },
      },
      handle: (c) =>
        c.json({
          tokens: tokens.list(c.get('caller').tenant).map((token) => ({ ...toAnswer(token), source: token.source })),
        }),
    },
    {
      method: 'post',
      path: '/v1/tokens',
      scope: 'admin',
      summary: 'Make a token',
      body: { schema: newTokenSchema, types: ['application/json'] },
      answers: {
        201: { schema: tokenAnswer.extend({ token: z.string() }), description: 'The token, told this once' },
      },
      handle: async (c) => {
        const { caller } = c.var;
        const wanted = await readJsonAs(c, newTokenSchema);
        if (tokens.isEmpty && !(wanted.scopes.includes('admin') && !wanted.expires_at)) {
          throw problems.conflict(
            'From the first token on every call needs one. Make one with the scope "admin" that does not expire first, or nobody could manage tokens.'
          );
        }
        const made = await audited(services, caller, { action: 'token.create', after: wanted }, () =>
          tokens.create(db, caller.tenant, caller.user ?? caller.name, wanted)
        );
        return c.json({ ...toAnswer(made), token: made.token }, 201);
      },
    },
    {
      method: 'delete',
      path: '/v1/tokens',
      scope: 'admin',
      summary: 'Revoke a token',
      query: idQuery,
      answers: { 200: { schema: z.object({ revoked: z.string() }), description: 'From now on it is refused' } },
      handle: async (c) => {
        const { caller } = c.var;
        const id = c.req.query('id') ?? '';
        const known = tokens.list(caller.tenant);
        const token = known.find((one) => one.id === id);
        if (!token) {
          throw problems.notFound(`The token ${JSON.stringify(id)}`, 'GET /v1/tokens lists those that are known.');
        }
        if (token.source === 'file') {
          throw problems.conflict(
            `"${token.name}" stands in ${token.created_by}. Take it out there; no restart is needed.`
          );
        }
        if (!known.some((one) => one.id !== id && one.scopes.includes('admin') && !one.expires_at)) {
          throw problems.conflict(
            'This is the last token with the scope "admin" that does not expire. Make another one first.'
          );
        }
        await audited(services, caller, { action: 'token.revoke', before: toAnswer(token) }, () =>
          tokens.revoke(db, caller.tenant, id)
        );
        return c.json({ revoked: id });
      },
    },
  ];
}

function toAnswer(token: StoredToken): z.infer<typeof tokenAnswer> {
  const { id, name, scopes, created_at, created_by, expires_at, rate, quota } = token;
  return {
    id,
    name,
    scopes,
    created_at: created_at === 0 ? null : toIso(created_at),
    created_by,
    expires_at: toIso(expires_at),
    expired: typeof expires_at === 'number' && expires_at <= Date.now(),
    rate: rate ?? null,
    quota: quota ?? null,
  };
}
