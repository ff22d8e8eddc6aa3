import { z } from 'zod';
import { nameSchema, type Status } from '../model/common.js';
import { stringifyJson } from '../model/json.js';
import { eventReceiver, type NamedRun } from './receiver.js';
import { readTimeSchema, repairsOf, type ReadTime } from './times.js';
import { wordSchema } from './words.js';

/** HarperDB's words; it also has CREATED, for a job that waits for its process. */
export const HARPERDB_STATUS: ReadonlyMap<string, Status> = new Map([
  ['CREATED', 'pending'],
  ['IN_PROGRESS', 'running'],
  ['COMPLETE', 'succeeded'],
  ['ERROR', 'failed'],
]);

/** A row of HarperDB's job table, as `get_job` and `search_jobs_by_start_date` answer it. */
const rowSchema = z.looseObject({
  id: nameSchema,
  user: wordSchema.nullish(),
  type: wordSchema.nullish(),
  status: wordSchema.nullish(),
  start_datetime: readTimeSchema.nullish(),
  end_datetime: readTimeSchema.nullish(),
  created_datetime: readTimeSchema.nullish(),
  job_body: z.unknown().optional(),
  message: z.unknown().optional(),
  __createdtime__: readTimeSchema.nullish(),
  __updatedtime__: readTimeSchema.nullish(),
  start_datetime_converted: z.unknown().optional(),
  end_datetime_converted: z.unknown().optional(),
});
type Row = z.output<typeof rowSchema>;

/** Rows of a HarperDB's job log. */
export const harperdb = eventReceiver({
  name: 'harperdb',
  summary: "Send rows of HarperDB's job log",
  schema: rowSchema,
  kind: 'type',
  toRun,
});

function toRun(row: Row): NamedRun {
  const {
    id,
    user,
    type,
    status: word,
    start_datetime,
    end_datetime,
    created_datetime,
    job_body,
    message: said,
    __createdtime__,
    __updatedtime__,
    // These two say again what the times say.
    start_datetime_converted: _start,
    end_datetime_converted: _end,
    ...rest
  } = row;
  const times = { start_datetime, end_datetime, created_datetime, __createdtime__, __updatedtime__ };
  const message = textOf(said);
  const status = word ? (HARPERDB_STATUS.get(word.toUpperCase()) ?? 'unknown') : undefined;
  const repairs = repairsOf(times);
  return {
    job: type ? `harperdb/${type}` : 'unassigned/harperdb',
    run: id,
    status,
    status_text: word,
    time: __updatedtime__?.ms,
    queued_at: created_datetime?.ms,
    started_at: start_datetime?.ms,
    finished_at: end_datetime?.ms,
    type,
    user,
    message,
    error: status === 'failed' ? { message: message ?? 'HarperDB gave no message' } : undefined,
    counts: countsIn(message),
    source: { system: 'harperdb' },
    data: job_body === undefined || job_body === null ? undefined : { job_body },
    metadata: {
      ...rest,
      ...(isText(said) ? {} : { message: said }),
      ...(repairs.length > 0 ? { repairs } : {}),
    },
    original: { harperdb: Object.fromEntries(Object.entries(times).map(([name, time]) => [name, exact(time)])) },
  };
}

/** Newer releases give fractions of milliseconds. */
const exact = (time: ReadTime | null | undefined) =>
  typeof time?.written === 'number' && !time.repair ? time.written : time?.ms;

const isText = (message: unknown): message is string | null | undefined =>
  message === null || message === undefined || typeof message === 'string';

/** A message is text; a failed load may give its error as an object. */
export function textOf(message: unknown): string | undefined {
  if (isText(message)) {
    return message ?? undefined;
  }
  const { error, message: inner } = Object(message) as Record<string, unknown>;
  return ([error, inner].find((text) => typeof text === 'string') as string | undefined) ?? stringifyJson(message);
}

/** "successfully loaded 348 of 350 records": 348 succeeded, 2 failed. */
function countsIn(message: string | undefined): NamedRun['counts'] {
  const match = /(?<![\d.,])(\d[\d,]{0,18}) of (\d[\d,]{0,18}) records?\b/.exec(message ?? '');
  const count = (text: string | undefined) => Number(text?.replaceAll(',', ''));
  const [success, total] = [count(match?.[1]), count(match?.[2])];
  return success <= total ? { data: { success, failure: total - success } } : undefined;
}
