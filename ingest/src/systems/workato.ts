import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, RunError, Status } from '../model/common.js';
import { parseJson, parseNumber } from '../model/json.js';
import { mergeRun, toIso } from '../model/merge.js';
import { ID_NUMBER } from '../replication/id-form.js';
import type { WholeRun } from '../reads/whole.js';
import { fromWritten } from '../receivers/workato.js';
import { lineSchema, WORKATO_STREAM } from '../receivers/workato-line.js';

/** What a job history file says of a run; a run as it is stored says it, and so does what a file made of one. */
interface Told {
  status: Status;
  started_at: number | null;
  finished_at: number | null;
  title: string | null;
  message: string | null;
  error: RunError | null;
  parent: JsonObject | null;
  called_by: JsonObject | null;
  report: JsonObject;
  metadata: JsonObject;
}

/** A job history file but for its lines. */
export interface WorkatoFile {
  fields: JsonObject;
  /** How many lines the file had in which the run came, if it did; undefined where it may have any number. */
  lines: number | undefined;
}

/**
 * A run as a job history file. What came in a file goes out as it was written there, for as long as the run still says
 * the same.
 */
export function toWorkatoFile(run: WholeRun): WorkatoFile {
  const fields = fileOf(run.job, run.run, run);
  const written = run.original['workato'] as JsonObject | undefined;
  if (written === undefined) {
    return { fields: { ...fields, lines: [] }, lines: undefined };
  }
  const event = fromWritten(written);
  const before = fileOf(event.job, event.run, mergeRun([event]));
  const changed = Object.entries(fields).filter(([name, value]) => !isDeepStrictEqual(value, before[name]));
  const { lines, ...said } = { ...written, ...Object.fromEntries(changed) };
  return typeof lines === 'number'
    ? { fields: { ...said, lines: [] }, lines }
    : { fields: lines === undefined ? said : { ...said, lines }, lines: 0 };
}

function fileOf(job: string, run: string, told: Told): JsonObject {
  const { status, error, parent, called_by, metadata } = told;
  const failed = status !== 'succeeded';
  return {
    id: asId(run),
    flow_id: asId(job),
    parent_id: asId(parent?.['run']),
    calling_job_id: asId(called_by?.['run']),
    status: failed ? 'failed' : 'completed',
    started_at: timeText(told.started_at),
    completed_at: timeText(told.finished_at),
    error_type: failed ? (error?.type ?? null) : null,
    error: failed ? error?.message || told.message || null : null,
    title: told.title || null,
    is_poll_error: metadata['is_poll_error'] === true,
    report: told.report,
  };
}

function asId(id: unknown): unknown {
  return typeof id === 'string' && id !== '' ? (ID_NUMBER.test(id) ? parseNumber(id) : id) : null;
}

/** RFC 3339 in UTC; of whole seconds without a fraction, as Workato writes them. */
function timeText(ms: number | null): string | null {
  return toIso(ms)?.replace('.000Z', 'Z') ?? null;
}

/** A line of a run's log, its JSON as it is stored. */
export interface StoredLine {
  stream: string;
  step: string;
  operation: string;
  level: string;
  message: string;
  /** Its time, epoch milliseconds. */
  ms: number;
  input: string;
  output: string;
  masked: number;
  fields: string;
}

/**
 * A line as a job history file has it: one that came in a file as it was written there, any other as a line of the
 * adapter `log` that says besides what the documented fields have no place for.
 * @param n where in the file it stands, from 0
 */
export function toWorkatoLine(line: StoredLine, n: number): JsonObject {
  const fields = line.fields === '' ? {} : (parseJson(line.fields) as JsonObject);
  const given = {
    ...(line.input && { input: parseJson(line.input) }),
    ...(line.output && { output: parseJson(line.output) }),
  };
  if (line.stream === WORKATO_STREAM) {
    return inOrder({ ...fields, ...given });
  }
  const { step, stream, message, level } = line;
  const hidden = line.masked === 1 ? null : {};
  return {
    recipe_line_number: ID_NUMBER.test(step) ? parseNumber(step) : n,
    adapter_name: 'log',
    adapter_operation: line.operation || level,
    input: hidden,
    output: hidden,
    ...given,
    mask_data: line.masked === 1,
    message,
    level,
    time: toIso(line.ms),
    ...(stream === '' ? {} : { stream }),
    ...(step === '' || ID_NUMBER.test(step) ? {} : { step }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

const LINE_FIELDS = Object.keys(lineSchema.shape);

/** The documented fields first, as the document has them. */
function inOrder(line: JsonObject): JsonObject {
  const documented = LINE_FIELDS.flatMap((name) => (Object.hasOwn(line, name) ? [[name, line[name]]] : []));
  return { ...(Object.fromEntries(documented) as JsonObject), ...line };
}
