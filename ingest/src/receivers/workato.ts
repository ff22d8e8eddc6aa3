import { z } from '@hono/zod-openapi';
import { nameSchema, type JsonObject, type Status } from '../model/common.js';
import { toStatedEvent, type RunEvent } from '../model/event.js';
import { stringifyJson } from '../model/json.js';
import { readQuery } from '../routes/route.js';
import type { PreparedLine } from '../model/line.js';
import { checkItems, parseItems, type Parsed } from './items.js';
import { eventsPart, linesPart } from './parts.js';
import type { Receiver } from './receiver.js';
import { readTimeSchema, repairsOf } from './times.js';
import { wordSchema } from './words.js';
import { errorText, lineSchema, toLine } from './workato-line.js';
import { assertSomeGood, write } from './write.js';

/** `completed` stands in a file, `succeeded` in its name. */
const STATUS: ReadonlyMap<string, Status> = new Map([
  ['completed', 'succeeded'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
]);

/** A job history file, as it is documented. */
const fileSchema = z.looseObject({
  id: nameSchema,
  flow_id: nameSchema.nullish(),
  parent_id: nameSchema.nullish(),
  calling_job_id: nameSchema.nullish(),
  status: wordSchema.nullish(),
  started_at: readTimeSchema.nullish(),
  completed_at: readTimeSchema.nullish(),
  error_type: z.unknown().optional(),
  error: z.unknown().optional(),
  title: z.unknown().optional(),
  is_poll_error: z.unknown().optional(),
  report: z.unknown().optional(),
  lines: z.array(lineSchema).nullish(),
});
type JobFile = z.output<typeof fileSchema>;

const query = z.object({ user_id: nameSchema.optional().describe('whose the files are: what their names begin with') });

/** Workato's job history files: each becomes a run of its recipe, with its executed lines. */
export const workato: Receiver = {
  name: 'workato',
  summary: "Send Workato's job history files",
  schema: fileSchema,
  query,
  receive: (services, inflight) => (c) =>
    write(c, services, inflight, (body) => {
      const { user_id: user } = readQuery(c, query);
      const items = parseItems(body);
      const { good, rejected } = checkItems(items, fileSchema);
      const now = Date.now();
      const runs = good.map(({ value, index }) => toRun(value, asWritten(items[index]), user, now));
      const answer = { accepted: runs.length, rejected, ids: runs.map(({ event }) => event.run) };
      assertSomeGood(runs.length, answer, 'job files');
      return {
        parts: [linesPart(runs.flatMap(({ lines }) => lines)), eventsPart(runs.map(({ event }) => event))],
        answer,
        jobs: runs.map(({ event }) => event.job),
      };
    }),
};

/** @throws ZodError where it is no job file */
export function readFile(written: JsonObject, user: string | undefined, now: number): FileRun {
  return toRun(fileSchema.parse(written), written, user, now);
}

interface FileRun {
  event: RunEvent;
  lines: PreparedLine[];
}

const asWritten = (item: Parsed | undefined) => (item && 'value' in item ? item.value : {}) as JsonObject;

function toRun(file: JobFile, written: JsonObject, user: string | undefined, now: number): FileRun {
  const lines = file.lines ?? [];
  return {
    event: toEvent(file, withoutLines(written), user, now),
    lines: lines.map((line, n) => toLine(line, n, jobOf(file), file.id, file.started_at?.ms)),
  };
}

const jobOf = ({ flow_id: recipe }: JobFile) => recipe ?? 'unassigned/workato';

/** What has to come back word for word. Of the lines, which are kept apart, how many there were. */
function withoutLines({ lines, ...file }: JsonObject): JsonObject {
  return lines === undefined ? file : { ...file, lines: Array.isArray(lines) ? lines.length : lines };
}

/** What an earlier file said of its run, from what was kept of it as it was written. */
export function fromWritten(written: JsonObject): RunEvent {
  const { lines: _lines, ...file } = written;
  return toEvent(fileSchema.parse(file), written, undefined, 0);
}

function toEvent(file: JobFile, written: JsonObject, user: string | undefined, now: number): RunEvent {
  const {
    id,
    flow_id,
    parent_id,
    calling_job_id,
    status: word,
    started_at,
    completed_at,
    error_type,
    error,
    ...rest
  } = file;
  const { title, is_poll_error, report, lines: _lines, ...unknown } = rest;
  const repairs = repairsOf({ started_at, completed_at });
  const [type, message] = [textOf(error_type), errorText(error)];
  return toStatedEvent(
    {
      job: jobOf(file),
      run: id,
      status: STATUS.get(word?.toLowerCase() ?? '') ?? 'unknown',
      status_text: word,
      started_at: started_at?.ms,
      finished_at: completed_at?.ms,
      title: textOf(title),
      type: 'recipe',
      user,
      message,
      error: type === undefined && message === undefined ? undefined : { type, message },
      parent: parent_id ? { run: parent_id } : undefined,
      called_by: calling_job_id ? { run: calling_job_id } : undefined,
      source: { system: 'workato', recipe: flow_id, user_id: user },
      report: asObject(report),
      metadata: {
        ...unknown,
        is_poll_error,
        ...(typeof error === 'object' && error !== null ? { error } : {}),
        ...(repairs.length > 0 ? { repairs } : {}),
      },
    },
    id,
    now,
    { workato: written }
  );
}

function textOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : typeof value === 'string' ? value : stringifyJson(value);
}

function asObject(report: unknown): JsonObject | undefined {
  if (report === null || report === undefined) {
    return undefined;
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(report);
  return parsed.success ? parsed.data : { value: report };
}
