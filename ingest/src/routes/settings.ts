import { z } from '@hono/zod-openapi';
import type { Services } from '../http/context.js';
import { readJsonAs } from '../http/json-body.js';
import { assertPatterns, parseRules, readRules, rulesSettingSchema, ruleSchema } from '../rules/rules.js';
import { audited } from '../storage/audit.js';
import { readRetention, retentionSchema } from '../storage/retention.js';
import { writeSetting } from '../storage/settings.js';
import type { Route } from './route.js';

const rulesAnswer = z.object({
  yaml: z.string().describe("the operator's own rules as they were written"),
  source: z.enum(['settings', 'file', 'none']).describe('where they come from'),
  own: z.array(ruleSchema),
  defaults: z.array(ruleSchema).describe('tried after the own ones'),
});

/** What administrators set. */
export function settingsRoutes(services: Services): Route[] {
  const { db, env } = services;
  return [
    {
      method: 'get',
      path: '/v1/settings/retention',
      scope: 'read',
      summary: 'How long runs, lines and records are kept, in days',
      answers: { 200: { schema: retentionSchema, description: 'The settings' } },
      handle: async (c) => c.json(await readRetention(db, c.get('caller').tenant, env)),
    },
    {
      method: 'put',
      path: '/v1/settings/retention',
      scope: 'admin',
      summary: 'Set how long runs, lines and records are kept, for the tenant and for single jobs',
      body: { schema: retentionSchema, types: ['application/json'] },
      answers: { 200: { schema: retentionSchema, description: 'The settings as they are now' } },
      handle: async (c) => {
        const { caller } = c.var;
        const after = await readJsonAs(c, retentionSchema);
        const before = await readRetention(db, caller.tenant, env);
        await audited(services, caller, { action: 'settings.retention', before, after }, () =>
          writeSetting(db, caller.tenant, 'retention', after)
        );
        return c.json(await readRetention(db, caller.tenant, env));
      },
    },
    {
      method: 'get',
      path: '/v1/settings/rules',
      scope: 'read',
      summary: 'The rules that recommend actions for failed runs',
      answers: { 200: { schema: rulesAnswer, description: 'The rules, in the order in which they are tried' } },
      handle: async (c) => c.json(await readRules(db, c.get('caller').tenant, env.JOBLENS_RULES_FILE)),
    },
    {
      method: 'put',
      path: '/v1/settings/rules',
      scope: 'admin',
      summary: "Set the operator's own rules, as YAML in a string",
      body: { schema: rulesSettingSchema, types: ['application/json'] },
      answers: { 200: { schema: rulesAnswer, description: 'The rules as they are now' } },
      handle: async (c) => {
        const { caller } = c.var;
        const after = await readJsonAs(c, rulesSettingSchema);
        await assertPatterns(db, parseRules(after.yaml));
        const { yaml } = await readRules(db, caller.tenant, env.JOBLENS_RULES_FILE);
        await audited(services, caller, { action: 'settings.rules', before: { yaml }, after }, () =>
          writeSetting(db, caller.tenant, 'rules', after)
        );
        return c.json(await readRules(db, caller.tenant, env.JOBLENS_RULES_FILE));
      },
    },
  ];
}
