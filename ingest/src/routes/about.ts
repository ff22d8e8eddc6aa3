import { z } from '@hono/zod-openapi';
import type { Services } from '../http/context.js';
import { toIso } from '../model/merge.js';
import { p, sql } from '../storage/sql.js';
import { VERSION } from '../version.js';
import type { Route } from './route.js';

const STARTED = Date.now();

const aboutAnswer = z.object({
  version: z.string(),
  started_at: z.string(),
  storage: z.object({
    kind: z.enum(['embedded', 'server']).describe('the engine inside the service, or a ClickHouse of its own'),
    version: z.string().describe("ClickHouse's"),
    bytes: z.number().describe('what everything that is stored takes on its disk, compressed, of all tenants'),
    free: z.number().describe('bytes left on that disk'),
  }),
});

/** Which service this is, and what stores its data. */
export function aboutRoutes({ db, env }: Services): Route[] {
  return [
    {
      method: 'get',
      path: '/v1/about',
      scope: 'read',
      summary: 'Version and storage of the service',
      answers: { 200: { schema: aboutAnswer, description: 'The service' } },
      handle: async (c) => {
        const [storage = { version: '', bytes: 0, free: 0 }] = await db.rows<{
          version: string;
          bytes: number;
          free: number;
        }>(
          sql`SELECT version() AS version,
            (SELECT toFloat64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = ${p.string(db.database)}) AS bytes,
            (SELECT toFloat64(min(free_space)) FROM system.disks) AS free`
        );
        return c.json({
          version: VERSION,
          started_at: toIso(STARTED) ?? '',
          storage: { kind: env.CLICKHOUSE_URL === undefined ? 'embedded' : 'server', ...storage },
        } satisfies z.output<typeof aboutAnswer>);
      },
    },
  ];
}
