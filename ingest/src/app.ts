import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Coded, problems } from './errors.js';
import { groupBy } from './collections.js';
import { Inflight } from './http/body.js';
import type { AppContext, AppEnv, Dialect, Services } from './http/context.js';
import { authenticate, listensOnLoopback, requireScope } from './http/tokens.js';
import { problemAnswer } from './model/answer.js';
import { DEEPEST } from './model/json.js';
import { pageDir, pluginDir } from './paths.js';
import { aboutRoutes } from './routes/about.js';
import { basiqRoutes } from './routes/basiq.js';
import { harperdbRoutes } from './routes/harperdb.js';
import { manageRoutes } from './routes/manage.js';
import { meRoutes } from './routes/me.js';
import { readRoutes } from './routes/reads.js';
import { replicationRoutes } from './routes/replication.js';
import { namesOf } from './routes/parameters.js';
import type { Route } from './routes/route.js';
import { serviceRoutes } from './routes/service.js';
import { settingsRoutes } from './routes/settings.js';
import { sloRoutes } from './routes/slos.js';
import { tokenRoutes } from './routes/tokens.js';
import { writeRoutes } from './routes/writes.js';
import { VERSION } from './version.js';

/** The service's HTTP interface, without listening. */
export function createApp(services: Services): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>();
  const inflight = new Inflight(services.env.JOBLENS_MAX_INFLIGHT);
  const routes = [
    ...writeRoutes(services, inflight),
    ...readRoutes(services),
    ...manageRoutes(services),
    ...settingsRoutes(services),
    ...sloRoutes(services),
    ...replicationRoutes(services),
    ...basiqRoutes(services),
    ...harperdbRoutes(services),
    ...tokenRoutes(services),
    ...meRoutes(),
    ...aboutRoutes(services),
    ...serviceRoutes(services),
  ];
  app.use('*', harden);
  app.use('*', async (c, next) => {
    const started = performance.now();
    await next();
    const route = c.req.routePath;
    services.metrics.requests.observe(
      { method: c.req.method, route, status: c.res.status },
      (performance.now() - started) / 1000
    );
  });
  routes.forEach(({ path, dialect }) => dialect && app.use(pathOf(path), speak(dialect)));
  app.use('/v1/*', authenticate(services, listensOnLoopback(services.env)));
  routes.forEach((route) => mount(app, route));
  groupBy(routes, ({ path }) => pathOf(path)).forEach((calls, path) => refuseOthers(app, path, calls));
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Joblens',
      version: VERSION,
      description: 'Job runs and their line logs in; rates, durations and drill-down out.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    security: [{ token: [] }],
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  mountPage(app);
  app.notFound((c) =>
    answerProblem(c, problems.notFound(`${c.req.method} ${c.req.path}`, 'GET /openapi.json lists every call.'))
  );
  app.onError((error, c) => answerProblem(c, toCoded(error, services)));
  return app;
}

function mount(app: OpenAPIHono<AppEnv>, route: Route): void {
  const guard = route.scope ? requireScope(route.scope) : passThrough;
  app.on([route.method.toUpperCase()], [pathOf(route.path)], guard, (c) => route.handle(c));
  app.openAPIRegistry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    parameters: namesOf(route),
    ...(route.scope ? { 'x-scope': route.scope } : { security: [] }),
    request: {
      ...(route.query ? { query: route.query } : {}),
      ...(route.headers ? { headers: route.headers } : {}),
      ...(route.body
        ? {
            body: {
              required: true,
              content: Object.fromEntries(route.body.types.map((type) => [type, { schema: route.body?.schema ?? {} }])),
            },
          }
        : {}),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, { schema, type, files = [], description }]) => [
          status,
          {
            description,
            content: {
              ...(schema || type ? { [type ?? 'application/json']: { schema: schema ?? {} } } : {}),
              ...Object.fromEntries(files.map((file) => [file, { schema: {} }])),
            },
          },
        ])
      ),
      default: {
        description: 'What went wrong, and what to do',
        content: { 'application/problem+json': { schema: problemAnswer } },
      },
    },
  });
}

/** A call that is known by another method says by which. */
function refuseOthers(app: OpenAPIHono<AppEnv>, path: string, calls: readonly Route[]): void {
  const allowed = calls.map(({ method }) => method.toUpperCase());
  app.all(path, (c) => {
    throw problems.wrongMethod(c.req.method, c.req.path, allowed);
  });
}

const pathOf = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Says how a call's clients log in and read errors, before anything can go wrong. */
const speak =
  (dialect: Dialect): MiddlewareHandler<AppEnv> =>
  (c, next) => {
    c.set('dialect', dialect);
    return next();
  };

/** Nothing that is answered is taken for what it does not say it is, or used by a page of somebody else's. */
const harden: MiddlewareHandler<AppEnv> = (c, next) => {
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-resource-policy', 'same-origin');
  return next();
};

const passThrough: MiddlewareHandler<AppEnv> = (_c, next) => next();

/** The page at `/`: the built panel and data source in the real Grafana libraries. Nothing in it is inline. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function mountPage(app: OpenAPIHono<AppEnv>): void {
  app.use('*', async (c, next) => {
    await next();
    if (c.res.headers.get('content-type')?.startsWith('text/html')) {
      c.header('content-security-policy', PAGE_POLICY);
      c.header('x-frame-options', 'DENY');
    }
  });
  app.use('/plugin/*', serveStatic({ root: pluginDir, rewriteRequestPath: (path) => path.replace(/^\/plugin/, '') }));
  // The app's pages have their addresses from Grafana; the page finds its way by them in the browser.
  app.get('/a/*', serveStatic({ root: pageDir, path: 'index.html' }));
  app.use('/*', serveStatic({ root: pageDir }));
}

function toCoded(error: unknown, services: Services): Coded {
  if (error instanceof Coded) {
    return error;
  }
  if (error instanceof HTTPException && error.status < 500) {
    return problems.badRequest(error.message);
  }
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return problems.tooDeep(DEEPEST);
  }
  services.log.error(error, 'unexpected');
  return problems.internal(error);
}

function answerProblem(c: AppContext, error: Coded): Response {
  const { retryAfter, allowed } = error.extra;
  return c.body(JSON.stringify({ ...c.get('dialect')?.problem(error), ...error.toProblem() }), error.status as 400, {
    'content-type': 'application/problem+json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(allowed === undefined ? {} : { allow: allowed.join(', ') }),
  });
}
