import { problems } from '../errors.js';
import { runKey } from '../model/event.js';
import { readDetail } from '../reads/detail.js';
import type { JsonObject } from '../model/common.js';
import { p, sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion, type AskContext } from './question.js';
import { findRun, runIdFields, type RunPlace } from './run-id.js';

interface Row {
  relation: 'parent' | 'called_by' | 'child' | 'called';
  job: string;
  run: string;
  key: string;
  status: string;
  at: number | null;
  duration: number | null;
  title: string;
}

/** The run's parent and caller, and the runs whose parent or caller it is. */
export const related = defineQuestion({
  name: 'related',
  fields: runIdFields,
  formats: ['table'],
  ask: async (context, query) => {
    const place = await findRun(context.db, context.tenant, query);
    if (!place) {
      throw problems.badRequest('Which run? Give "key", or "job" and "run".');
    }
    const limit = query.limit ?? 500;
    const detail = await readDetail(context.db, place);
    const rows = (
      await Promise.all([
        upwards(context, place, 'parent', detail.parent),
        upwards(context, place, 'called_by', detail.called_by),
        downwards(context, place, limit),
      ])
    ).flat();
    return [
      frame(
        { refId: query.refId, name: 'related', fields: FIELDS },
        (['relation', 'job', 'run', 'key', 'status', 'at', 'duration', 'title'] as const).map((name) =>
          rows.map((row) => row[name])
        )
      ),
    ];
  },
});

const COLUMNS = sql`job, run, toString(key) AS key, status, toUnixTimestamp64Milli(at) AS at_ms, duration_ms AS duration, title`;

type Found = Omit<Row, 'relation' | 'at'> & { at_ms: number };

/** A parent without a job is a run of this job. One that nobody has sent is named all the same. */
async function upwards(
  { db, tenant }: AskContext,
  place: RunPlace,
  relation: 'parent' | 'called_by',
  ref: JsonObject | null
): Promise<Row[]> {
  const run = textOf(ref?.['run']);
  if (run === '') {
    return [];
  }
  const job = textOf(ref?.['job']) || place.job;
  const [found] = await db.rows<Found>(
    sql`SELECT ${COLUMNS} FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND job = ${p.string(job)} AND run = ${p.string(run)}`
  );
  return [
    found
      ? { ...found, relation, at: found.at_ms }
      : { relation, job, run, key: '', status: '', at: null, duration: null, title: '' },
  ];
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

async function downwards({ db, tenant }: AskContext, { job, run }: RunPlace, limit: number): Promise<Row[]> {
  const self = runKey(tenant, job, run);
  const is = (of: 'parent' | 'caller') =>
    of === 'parent'
      ? sql`(parent_run = ${p.string(run)} AND (parent_job = ${p.string(job)} OR (parent_job = '' AND job = ${p.string(job)})))`
      : sql`(caller_run = ${p.string(run)} AND (caller_job = ${p.string(job)} OR (caller_job = '' AND job = ${p.string(job)})))`;
  const rows = await db.rows<Found & { child: number }>(
    sql`SELECT ${COLUMNS}, ${is('parent')} AS child FROM runs FINAL
      WHERE tenant = ${p.string(tenant)} AND hidden = 0 AND (${is('parent')} OR ${is('caller')}) AND key != ${p.uuid(self)}
      ORDER BY at, job, run LIMIT ${p.int(limit)}`
  );
  return rows.map(({ child, at_ms, ...row }) => ({ ...row, relation: child ? 'child' : 'called', at: at_ms }));
}

const FIELDS = [
  field.string('relation', { displayName: 'Relation' }),
  field.string('job', { displayName: 'Job' }),
  field.string('run', { displayName: 'Run' }),
  field.hidden('key'),
  field.string('status', { displayName: 'Status' }),
  field.time('at', { displayName: 'Time' }),
  field.duration('duration', { displayName: 'Duration' }),
  field.string('title', { displayName: 'Title' }),
];
