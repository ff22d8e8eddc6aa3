import { z } from '@hono/zod-openapi';
import { problems } from '../errors.js';
import { answerJson } from '../http/answer-json.js';
import type { AppContext, Caller, Services } from '../http/context.js';
import { readJsonAs } from '../http/json-body.js';
import { auditAnswer, runAnswer } from '../model/answer.js';
import { OPEN_STATUSES, type Status } from '../model/common.js';
import { toOperatorEvent, type EventBody } from '../model/event.js';
import { patchSchema, type Patch } from '../model/operate.js';
import { momentSchema } from '../model/question.js';
import { type RunPlace } from '../query/run-id.js';
import { readAudit } from '../reads/audit.js';
import { readRun } from '../reads/runs.js';
import { eventsPart } from '../receivers/parts.js';
import { appendPart } from '../receivers/write.js';
import { audited } from '../storage/audit.js';
import { eraseJob, eraseRun, eraseUser } from '../storage/erase.js';
import { p, sql } from '../storage/sql.js';
import { within } from '../within.js';
import { placeOf } from './place.js';
import { limitField, nameFrom, readQuery, type Route } from './route.js';

const auditQuery = z.object({
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  job: z.string().optional(),
  run: z.string().optional(),
  action: z.string().optional(),
  user: z.string().optional().describe('a login in Grafana, or the name of a token'),
  limit: limitField(100, 1000),
  cursor: z.string().max(4096).optional(),
});
const userQuery = z.object({ user: z.string().min(1).max(4096) });
const erasedAnswer = z.object({
  deleted: z.object({ runs: z.number(), events: z.number(), lines: z.number(), records: z.number() }),
});

/** What people change: annotate, acknowledge, re-label and cancel runs, delete runs and jobs; and who did so. */
export function manageRoutes(services: Services): Route[] {
  const { db } = services;
  const byRun = ['/v1/jobs/{job}/runs/{run}', '/v1/run', '/v1/runs/{run}'];
  const byJob = ['/v1/jobs/{job}', '/v1/job'];
  return [
    ...byRun.map((path): Route => ({
      method: 'patch',
      path,
      scope: 'annotate',
      summary: 'Annotate, acknowledge, re-label or cancel-mark a run',
      body: { schema: patchSchema, types: ['application/json'] },
      answers: { 200: { schema: runAnswer, description: 'The run as it is now' } },
      handle: async (c) => {
        const place = await placeOf(c, services);
        const patch = await readJsonAs(c, patchSchema);
        await patchRun(services, c.get('caller'), place, patch);
        return answerJson(c, await readRun(services, c.get('caller').tenant, await placeOf(c, services)));
      },
    })),
    ...byRun.map((path): Route => ({
      method: 'delete',
      path,
      scope: 'admin',
      summary: 'Delete a run with its lines and records',
      answers: { 200: { schema: erasedAnswer, description: 'What was deleted' } },
      handle: async (c) => {
        await flushed(services);
        const { job, run } = await placeOf(c, services);
        const { caller } = c.var;
        const deleted = await audited(services, caller, { action: 'run.delete', job, run }, () =>
          eraseRun(db, caller.tenant, job, run)
        );
        return c.json({ deleted });
      },
    })),
    ...byJob.map((path): Route => ({
      method: 'delete',
      path,
      scope: 'admin',
      summary: 'Purge a job: its config and all its runs, lines and records',
      answers: { 200: { schema: erasedAnswer, description: 'What was deleted' } },
      handle: async (c) => {
        await flushed(services);
        const job = nameFrom(c, 'job');
        const { caller } = c.var;
        await assertJob(services, caller.tenant, job);
        const deleted = await audited(services, caller, { action: 'job.purge', job }, () =>
          eraseJob(db, caller.tenant, job)
        );
        return c.json({ deleted });
      },
    })),
    {
      method: 'delete',
      path: '/v1/users',
      scope: 'admin',
      summary: 'Erase a user: every run of theirs with its lines and records',
      query: userQuery,
      answers: { 200: { schema: erasedAnswer, description: 'What was deleted' } },
      handle: async (c) => {
        const { user } = readQuery(c, userQuery);
        await flushed(services);
        const { caller } = c.var;
        const deleted = await audited(services, caller, { action: 'user.erase', before: { user } }, () =>
          eraseUser(db, caller.tenant, user)
        );
        return c.json({ deleted });
      },
    },
    {
      method: 'get',
      path: '/v1/audit',
      scope: 'admin',
      summary: 'The audit trail: who changed what, newest first',
      query: auditQuery,
      answers: { 200: { schema: auditAnswer, description: 'Changes, each once' } },
      handle: async (c: AppContext) => c.json(await readAudit(db, c.get('caller').tenant, readQuery(c, auditQuery))),
    },
  ];
}

const FLUSH_MS = 10_000;

/** What was accepted before a deletion must not come back after it. */
async function flushed({ spool }: Services): Promise<void> {
  if (!(await spool.flush(FLUSH_MS))) {
    throw problems.busy(
      'Data that was accepted before still waits to be stored; nothing was deleted. Try again in a moment.'
    );
  }
}

async function assertJob({ db }: Services, tenant: string, job: string): Promise<void> {
  const those = sql`tenant = ${p.string(tenant)} AND job = ${p.string(job)}`;
  const [known] = await db.rows<{ n: number }>(
    sql`SELECT (SELECT count() FROM places WHERE ${those}) + (SELECT count() FROM jobs FINAL WHERE ${those}) AS n`
  );
  if (!known?.n) {
    throw problems.notFound(`The job ${JSON.stringify(job)}`);
  }
}

async function patchRun(services: Services, caller: Caller, place: RunPlace, patch: Patch): Promise<void> {
  const { db, spool } = services;
  const [now] = await db.rows<{
    status: Status;
    attempt: number;
    title: string;
    type: string;
    tags: object;
    finished: number | null;
  }>(
    sql`SELECT status, attempt, title, type, tags, toUnixTimestamp64Milli(finished_at) AS finished FROM runs FINAL WHERE ${place.where}`
  );
  if (!now || place.run === '') {
    throw problems.conflict(
      'This job has not run yet: there is nothing to change. Delete the job, or wait for its first run.'
    );
  }
  if (patch.status !== undefined && !OPEN_STATUSES.includes(now.status)) {
    throw problems.conflict(`The run is ${now.status} already; only an open run can be marked as cancelled.`);
  }
  const at = Date.now();
  const event = toOperatorEvent(place, now.attempt, at, bodyOf(patch, caller, at));
  const { job, run } = place;
  const { finished: _finished, attempt: _attempt, ...before } = now;
  await audited(services, caller, { action: actionOf(patch), job, run, before, after: patch }, async () => {
    const { stored } = await appendPart(spool, caller.tenant, eventsPart([event]));
    await within(stored(), FLUSH_MS);
  });
}

function actionOf(patch: Patch): string {
  if (patch.status !== undefined) {
    return 'run.cancel';
  }
  if (patch.acknowledged !== undefined) {
    return 'run.acknowledge';
  }
  return patch.note === undefined ? 'run.label' : 'run.annotate';
}

function bodyOf(patch: Patch, caller: Caller, at: number): EventBody {
  const { note, acknowledged, status, ...labels } = patch;
  const by = caller.user ?? caller.name;
  const time = new Date(at).toISOString();
  return {
    ...labels,
    ...(note === undefined ? {} : { notes: [{ by, at: time, text: note }] }),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledgement(acknowledged, by, time) }),
    ...(status === undefined ? {} : { status, status_text: `cancelled by ${by}`, finished_at: at }),
  };
}

function acknowledgement(
  said: Exclude<Patch['acknowledged'], undefined>,
  by: string,
  at: string
): EventBody['acknowledged'] {
  if (said === null) {
    return { cleared: true };
  }
  const until = typeof said.until === 'number' ? new Date(said.until).toISOString() : null;
  return { by, at, until, note: said.note ?? null };
}
