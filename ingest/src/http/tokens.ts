import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.js';
import { problems } from '../errors.js';
import type { AppContext, AppEnv, Caller, Scope } from './context.js';
import type { Limits } from './limits.js';
import type { Tokens } from './token-store.js';

const ANYONE: Caller = {
  id: 'local',
  tenant: 'default',
  name: 'local',
  scopes: new Set(['write', 'read', 'annotate', 'admin']),
};

/** Names under which only this machine is reached: any other is a name that somebody pointed here (DNS rebinding). */
export function isLoopbackName(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/** Only this machine reaches the service. */
export function listensOnLoopback(env: Env): boolean {
  return isLoopbackName(env.JOBLENS_HOST) || env.JOBLENS_HOST === '::1';
}

/** Lets a call in: by its token, or where there are no tokens, because it comes from this machine and its own page. */
export function authenticate(
  { tokens, limits }: { tokens: Tokens; limits: Limits },
  listensHere: boolean
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const caller = tokens.isEmpty && listensHere ? localCaller(c) : tokenCaller(c, tokens);
    await limits.request(caller);
    c.set('caller', forPerson(c, caller));
    await next();
  };
}

/** Whether a caller who was let in would be now: asked again and again by what answers for as long as it is listened to. */
export const isStillLetIn = ({ id }: Caller, tokens: Tokens): boolean =>
  id === ANYONE.id ? tokens.isEmpty : tokens.isValid(id);

/** What a person may do through the relay's token, by their role in Grafana. */
const SCOPES_OF_ROLE: ReadonlyMap<string, readonly Scope[]> = new Map([
  ['Admin', ['read', 'annotate', 'admin']],
  ['Editor', ['read', 'annotate']],
  ['Viewer', ['read']],
]);

/** The relay names the person it asks for: they may do no more than their role, and no more than the token. */
function forPerson(c: AppContext, caller: Caller): Caller {
  const role = c.req.header('x-joblens-role');
  if (role === undefined) {
    return caller;
  }
  const allowed = SCOPES_OF_ROLE.get(role) ?? ['read'];
  return {
    ...caller,
    scopes: new Set([...caller.scopes].filter((scope) => allowed.includes(scope))),
    user: personOf(c.req.header('x-joblens-user') ?? ''),
    role,
  };
}

function personOf(header: string): string {
  try {
    return decodeURIComponent(header).slice(0, 512);
  } catch {
    return header.slice(0, 512);
  }
}

function localCaller(c: AppContext): Caller {
  const host = c.req.header('host') ?? '';
  if (!isLoopbackName(host)) {
    throw problems.forbidden(
      `Without tokens only this machine is served; "${host}" is another name for it. Set JOBLENS_TOKENS_FILE to serve others.`
    );
  }
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw problems.forbidden(
      `A page from ${origin} may not call this service. Set JOBLENS_TOKENS_FILE and send a token.`
    );
  }
  return ANYONE;
}

function tokenCaller(c: AppContext, tokens: Tokens): Caller {
  const authorization = c.req.header('authorization') ?? '';
  const basic = c.get('dialect')?.basic === true;
  const token = /^Bearer\s+(.+)$/i.exec(authorization)?.[1] ?? (basic ? passwordIn(authorization) : undefined);
  if (token === undefined) {
    c.header('www-authenticate', basic ? 'Basic realm="joblens"' : 'Bearer');
    throw problems.unauthorized(
      `Send a token: "Authorization: Bearer …"${basic ? ', or as the password of Basic authentication' : ''}.`
    );
  }
  const caller = tokens.find(token.trim());
  if (!caller) {
    c.header('www-authenticate', 'Bearer error="invalid_token"');
    throw problems.unauthorized('This token is not known. Ask whoever runs Joblens for one.');
  }
  return caller;
}

/** The password of Basic authentication; whatever stands as the user's name. */
function passwordIn(authorization: string): string | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, 'base64').toString('utf8').split(':').slice(1).join(':');
}

/** @throws Coded 403 where the caller's token lacks the scope */
export function requireScope(scope: Scope): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (!c.get('caller').scopes.has(scope)) {
      throw problems.forbidden(`This needs a token with the scope "${scope}".`);
    }
    await next();
  };
}
