import type { Services } from '../http/context.js';
import { readJsonAs } from '../http/json-body.js';
import { readSlos, slosSchema } from '../schedules/slos.js';
import { audited } from '../storage/audit.js';
import { writeSetting } from '../storage/settings.js';
import type { Route } from './route.js';

/** Service level objectives, whole. */
export function sloRoutes(services: Services): Route[] {
  const { db } = services;
  const answers = { 200: { schema: slosSchema, description: 'The objectives' } };
  return [
    {
      method: 'get',
      path: '/v1/slos',
      scope: 'read',
      summary: 'Service level objectives',
      answers,
      handle: async (c) => c.json({ slos: await readSlos(db, c.get('caller').tenant) }),
    },
    {
      method: 'put',
      path: '/v1/slos',
      scope: 'admin',
      summary: 'Set the service level objectives, all of them',
      body: { schema: slosSchema, types: ['application/json'] },
      answers,
      handle: async (c) => {
        const { caller } = c.var;
        const after = await readJsonAs(c, slosSchema);
        const before = { slos: await readSlos(db, caller.tenant) };
        await audited(services, caller, { action: 'settings.slos', before, after }, () =>
          writeSetting(db, caller.tenant, 'slos', after)
        );
        return c.json(after);
      },
    },
  ];
}
