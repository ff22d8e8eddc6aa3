import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import type { AppContext, Services } from '../http/context.js';
import { readJsonAs } from '../http/json-body.js';
import { nameSchema } from '../model/common.js';
import { toIso } from '../model/merge.js';
import { momentSchema } from '../model/question.js';
import { recentBackfills, requestBackfill, type Backfill } from '../replication/backfills.js';
import { readBacklog, readTotals } from '../replication/replicas.js';
import { connectionSchema, replicationSchema, Targets, writeReplication } from '../replication/settings.js';
import { readState } from '../replication/state.js';
import { audited } from '../storage/audit.js';
import type { Route } from './route.js';

const time = z.string().nullable();
const backfillAnswer = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  job: z.string().nullable(),
  requested_at: z.string(),
  requested_by: z.string(),
  runs: z.number().describe('finished runs of the range, when it was asked for'),
  written: z.number(),
  done: z.boolean(),
});
const stateAnswer = z.object({
  enabled_at: time.describe('since when finished runs are written; those before on demand only; null while it is off'),
  backlog: z.number().describe('finished runs that wait to be written'),
  oldest_at: time.describe('since when the oldest of them waits'),
  files: z.number().describe('files that were written and not removed since'),
  last_written_at: time,
  problem: z
    .object({ message: z.string(), since: time, attempts: z.number(), next_try_at: time })
    .nullable()
    .describe('what keeps files from being written, in words'),
  refused: z
    .array(z.object({ job: z.string(), run: z.string(), problem: z.string(), at: z.string() }))
    .describe('the newest runs that can’t be written, however often it is tried'),
  backfills: z.array(backfillAnswer).describe('those that are not done, and the newest others'),
});
const settingsAnswer = replicationSchema.safeExtend({ state: stateAnswer });
const testAnswer = z.object({
  ok: z.boolean(),
  steps: z.array(z.object({ step: z.enum(['write', 'read', 'remove']), ok: z.boolean(), ms: z.number() })),
  problem: z.string().nullable().describe('what is wrong, in plain words, and what to do'),
});
const testSchema = z.object({
  connection: connectionSchema.optional().describe('what is tested before it is saved; the saved one unless given'),
});
const backfillSchema = z.object({ from: momentSchema, to: momentSchema, job: nameSchema.optional() });

/** Job history replication to S3: its settings with how far it is, a test of the connection, and writing once more. */
export function replicationRoutes(services: Services): Route[] {
  const { db } = services;
  const answer = async (c: AppContext) => c.json(await settingsOf(services, c.get('caller').tenant));
  return [
    {
      method: 'get',
      path: '/v1/settings/replication',
      scope: 'admin',
      summary: 'Job history replication: the settings, and how far it is',
      answers: { 200: { schema: settingsAnswer, description: 'The settings and the state' } },
      handle: answer,
    },
    {
      method: 'put',
      path: '/v1/settings/replication',
      scope: 'admin',
      summary: 'Set job history replication, whole',
      body: { schema: replicationSchema, types: ['application/json'] },
      answers: { 200: { schema: settingsAnswer, description: 'The settings and the state as they are now' } },
      handle: async (c) => {
        const { caller } = c.var;
        const after = await readJsonAs(c, replicationSchema);
        const before = await Targets.read(db, caller.tenant);
        const change = { action: 'settings.replication', before: before.settings, after };
        await audited(services, caller, change, () => writeReplication(db, caller.tenant, before, after));
        return answer(c);
      },
    },
    {
      method: 'post',
      path: '/v1/replication/test',
      scope: 'admin',
      summary: 'Write, read and remove one object, and say what is wrong',
      body: { schema: testSchema, types: ['application/json'] },
      answers: { 200: { schema: testAnswer, description: 'Tested; `ok` says how it went' } },
      handle: async (c) => {
        const given = await readJsonAs(c, testSchema);
        const connection = given.connection ?? (await Targets.read(db, c.get('caller').tenant)).settings.connection;
        if (!connection) {
          throw problems.badRequest('There is no S3 connection yet. Send one as "connection", or save it first.');
        }
        const { testConnection } = await import('../replication/test-connection.js');
        return c.json(await testConnection(connection));
      },
    },
    {
      method: 'post',
      path: '/v1/replication/backfill',
      scope: 'admin',
      summary: 'Write the files of all finished runs of a time range, in the background',
      body: { schema: backfillSchema, types: ['application/json'] },
      answers: {
        202: { schema: backfillAnswer, description: 'Begun; GET /v1/settings/replication says how far it is' },
      },
      handle: async (c) => {
        const { caller } = c.var;
        const { from, to, job = '' } = await readJsonAs(c, backfillSchema);
        if (from > to) {
          throw problems.badRequest('The time range is upside down: it ends before it begins.');
        }
        const targets = await Targets.read(db, caller.tenant);
        if (!targets.isOn) {
          throw problems.conflict(
            'Replication is switched off. Set it up and switch it on first: PUT /v1/settings/replication.'
          );
        }
        const change = { action: 'replication.backfill', ...(job ? { job } : {}), after: { from, to } };
        const backfill = await audited(services, caller, change, () =>
          requestBackfill(db, caller.tenant, targets, { from, to, job }, caller.user ?? caller.name)
        );
        return c.json(toAnswer(backfill), 202);
      },
    },
  ];
}

function toAnswer({
  id,
  from,
  to,
  job,
  requested,
  by,
  total,
  written,
  done,
}: Backfill): z.output<typeof backfillAnswer> {
  return {
    id,
    from: toIso(from) ?? '',
    to: toIso(to) ?? '',
    job: job || null,
    requested_at: toIso(requested) ?? '',
    requested_by: by,
    runs: total,
    written,
    done,
  };
}

/** The settings as they were put, and how far replication is. */
async function settingsOf({ db }: Services, tenant: string): Promise<z.output<typeof settingsAnswer>> {
  const [targets, { position, problem, since, attempts, next }] = await Promise.all([
    Targets.read(db, tenant),
    readState(db, tenant),
  ]);
  const [backlog, totals, backfills] = await Promise.all([
    targets.isOn ? readBacklog(db, tenant, targets, targets.from(position)) : { runs: 0, oldest: null },
    readTotals(db, tenant),
    recentBackfills(db, tenant),
  ]);
  const { since: enabled, ...settings } = targets.settings;
  return {
    ...settings,
    state: {
      enabled_at: targets.isOn ? toIso(enabled) : null,
      backlog: backlog.runs,
      oldest_at: toIso(backlog.oldest),
      files: totals.files,
      last_written_at: toIso(totals.last),
      problem:
        targets.isOn && problem !== ''
          ? { message: problem, since: toIso(since), attempts, next_try_at: toIso(next) }
          : null,
      refused: totals.refused.map(({ at, ...run }) => ({ ...run, at: toIso(at) ?? '' })),
      backfills: backfills.map(toAnswer),
    },
  };
}
