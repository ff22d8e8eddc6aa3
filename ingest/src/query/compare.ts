import { z } from 'zod';
import { problems } from '../errors.js';
import type { StepAnswer } from '../model/answer.js';
import { runKey } from '../model/event.js';
import { parseDetail } from '../reads/detail.js';
import { linesOf, ofRun } from '../reads/lines.js';
import { moment, p, sql } from '../storage/sql.js';
import { field, frame, type FrameText } from './frames.js';
import { newLines, type NewLines } from './new-lines.js';
import { defineQuestion, type AskContext } from './question.js';
import { findRun, runIdFields, type RunPlace } from './run-id.js';

interface Side {
  key: string;
  run: string;
  at: number;
  duration: number | null;
  lines: number;
  steps: StepAnswer[];
}

/** A run beside another one of its job, its last success unless told: what is new in its log, what its steps took. */
export const compare = defineQuestion({
  name: 'compare',
  fields: { ...runIdFields, with: z.string().max(100).optional() },
  formats: ['table'],
  ask: async (context, query) => {
    const place = await findRun(context.db, context.tenant, query);
    if (!place) {
      throw problems.badRequest('Which run? Give "key", or "job" and "run".');
    }
    const other =
      query.with === undefined
        ? await lastSuccess(context, place)
        : await findRun(context.db, context.tenant, { key: query.with });
    const [here, there] = await Promise.all([sideOf(context, place), other ? sideOf(context, other) : undefined]);
    const logs = other && here.lines > 0 && there && there.lines > 0 ? logsOf(context, place, other) : undefined;
    const found = logs ? await newLines(context.db, logs.here, logs.there) : undefined;
    return [
      summary(query.refId, here, there, found),
      stepsFrame(query.refId, here.steps, there?.steps ?? []),
      await linesFrame(context, query.refId, place, found, Math.min(query.limit ?? 2000, 10_000)),
    ];
  },
});

const logsOf = ({ tenant }: AskContext, here: RunPlace, there: RunPlace) => ({
  here: ofRun(tenant, here.job, here.run),
  there: ofRun(tenant, there.job, there.run),
});

async function lastSuccess({ db, tenant }: AskContext, place: RunPlace): Promise<RunPlace | undefined> {
  const [row] = await db.rows<{ key: string }>(
    sql`SELECT toString(key) AS key FROM runs FINAL WHERE tenant = ${p.string(tenant)} AND job = ${p.string(place.job)} AND hidden = 0
      AND status = 'succeeded' AND (at, run) < (${moment(place.at)}, ${p.string(place.run)}) ORDER BY at DESC, run DESC LIMIT 1`
  );
  return row && findRun(db, tenant, row);
}

async function sideOf({ db, tenant }: AskContext, { job, run, at, where }: RunPlace): Promise<Side> {
  const [[row], [log]] = await Promise.all([
    db.rows<{ duration: number | null; detail: string }>(
      sql`SELECT duration_ms AS duration, detail FROM runs FINAL WHERE ${where}`
    ),
    db.rows<{ lines: number }>(sql`SELECT count() AS lines FROM lines WHERE ${ofRun(tenant, job, run)}`),
  ]);
  return {
    key: runKey(tenant, job, run),
    run,
    at,
    duration: row?.duration ?? null,
    lines: log?.lines ?? 0,
    steps: parseDetail(row?.detail ?? '').steps,
  };
}

function summary(refId: string, here: Side, there: Side | undefined, found: NewLines | undefined): FrameText {
  const fields = [
    field.string('key'),
    field.string('run'),
    field.maybeString('with_key'),
    field.maybeString('with_run'),
    field.time('with_at'),
    field.duration('duration'),
    field.duration('with_duration'),
    field.count('lines'),
    field.number('with_lines'),
    field.number('new_lines'),
    field.number('first_new'),
    field.string('ranges', { description: 'Numbers of new lines, from and to, as JSON' }),
  ];
  const row = [
    here.key,
    here.run,
    there?.key,
    there?.run,
    there?.at,
    here.duration,
    there?.duration,
    here.lines,
    there?.lines,
    found?.count,
    found?.first,
    JSON.stringify(found?.ranges ?? []),
  ];
  return frame(
    { refId, name: 'summary', fields },
    row.map((value) => [value ?? null])
  );
}

/** Every step of either run, in the order of the one that is looked at; steps that only the other had stand last. */
function stepsFrame(refId: string, here: readonly StepAnswer[], there: readonly StepAnswer[]): FrameText {
  const before = new Map(there.map((step) => [step.step, step]));
  const known = new Set(here.map(({ step }) => step));
  const pairs = [
    ...here.map((step) => ({ now: step, then: before.get(step.step) })),
    ...there.filter(({ step }) => !known.has(step)).map((step) => ({ now: undefined, then: step })),
  ];
  const column = <T>(read: (pair: { now: StepAnswer | undefined; then: StepAnswer | undefined }) => T) =>
    pairs.map(read);
  const took = (step: StepAnswer | undefined) => step?.duration_ms ?? null;
  const fields = [
    field.string('step'),
    field.string('title'),
    field.maybeString('status'),
    field.maybeString('with_status'),
    field.duration('duration'),
    field.duration('with_duration'),
    field.duration('change'),
    field.string('only', { description: 'The run that alone has this step: here or there' }),
  ];
  return frame({ refId, name: 'steps', fields }, [
    column(({ now, then }) => now?.step ?? then?.step ?? ''),
    column(({ now, then }) => now?.title ?? then?.title ?? ''),
    column(({ now }) => now?.status ?? null),
    column(({ then }) => then?.status ?? null),
    column(({ now }) => took(now)),
    column(({ then }) => took(then)),
    column(({ now, then }) =>
      took(now) === null || took(then) === null ? null : Number(took(now)) - Number(took(then))
    ),
    column(({ now, then }) => (there.length === 0 ? '' : !then ? 'here' : !now ? 'there' : '')),
  ]);
}

interface Line {
  n: number;
  ms: number;
  level: string;
  message: string;
  arrival: string;
}

async function linesFrame(
  { db, tenant }: AskContext,
  refId: string,
  { job, run }: RunPlace,
  found: NewLines | undefined,
  limit: number
): Promise<FrameText> {
  const wanted = numbersOf(found?.ranges ?? [], limit);
  const rows =
    wanted.length === 0
      ? []
      : await db.rows<Line>(
          sql`SELECT n, toUnixTimestamp64Milli(time) AS ms, level, message, toString(arrival) AS arrival
            FROM (SELECT *, toInt64(rowNumberInAllBlocks() + 1) AS n FROM (${await linesOf(db, ofRun(tenant, job, run))}))
            WHERE n IN ${p.ints(wanted)} ORDER BY n`,
          { max_threads: 1 }
        );
  const key = runKey(tenant, job, run);
  const fields = [
    field.count('n', { displayName: 'Line' }),
    { ...field.time('timestamp'), typeInfo: { frame: 'time.Time' } },
    field.string('severity'),
    field.string('body'),
    field.string('id'),
  ];
  return frame({ refId, name: 'lines', fields }, [
    rows.map(({ n }) => n),
    rows.map(({ ms }) => ms),
    rows.map(({ level }) => level),
    rows.map(({ message }) => message),
    rows.map(({ arrival }) => `${key}-${arrival}`),
  ]);
}

/** The first of the numbers that ranges hold. */
function numbersOf(ranges: NewLines['ranges'], limit: number): number[] {
  const numbers: number[] = [];
  for (const [from, to] of ranges) {
    for (let n = from; n <= to && numbers.length < limit; n++) {
      numbers.push(n);
    }
  }
  return numbers;
}
