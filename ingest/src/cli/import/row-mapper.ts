import { runEventSchema } from '../../model/run.js';
import { CellError, Columns, fieldReader, type FieldKind, type FieldReader, type Row, statusReader } from './fields.js';
import { describeIssues } from './issues.js';
import type { FieldRule, Mapping } from './mapping.js';
import { parseTemplate } from './template.js';

export type Mapped = { json: string } | { problem: string };
type ObjectReader = (row: Row) => Record<string, unknown> | undefined;
/** Rules as they nest in a mapping: `error.type`, `counts.data.success`. */
type Rules = { [name: string]: FieldRule | Rules | undefined };

/** The fields that hold rules for fields of their own; `counts` holds two more such. */
const GROUPS: ReadonlySet<string> = new Set(
  ['error', 'parent', 'called_by', 'counts', 'counts.metadata', 'counts.data'].concat([
    'tags',
    'source',
    'metadata',
    'data',
    'report',
  ])
);
const TIMES: ReadonlySet<string> = new Set(['time', 'queued_at', 'started_at', 'finished_at']);
const NUMBER = /^(attempt|counts\..*)$/;

/**
 * A function from a row to a run event as JSON. It counts what it saw, for `{occurrence}`: one for each file, rows in
 * the file's order.
 * @throws Error where the mapping does not fit the file's columns
 */
export function rowMapper(mapping: Mapping, header: readonly string[]): (row: Row) => Mapped {
  const columns = new Columns(header);
  const { job, run, status, ...others } = mapping.fields;
  const identity = identityReader(mapping, columns);
  const readStatus = status === undefined ? () => ({}) : statusReader(status, columns);
  const readOthers = objectReader(others, '', mapping, columns);
  const kept = columns.unused().filter((column) => !mapping.ignore.includes(column));

  return (row) => {
    try {
      const { metadata, ...fields } = readOthers(row) ?? {};
      const left = Object.fromEntries(kept.flatMap((column) => (row.get(column) ? [[column, row.get(column)]] : [])));
      return checked({ ...identity(row), ...readStatus(row), ...fields, metadata: { ...left, ...Object(metadata) } });
    } catch (error) {
      if (error instanceof CellError) {
        return { problem: error.message };
      }
      throw error;
    }
  };
}

/** Job and run; equal ones are numbered in the order they come, if the template of the run asks for it. */
function identityReader(mapping: Mapping, columns: Columns): (row: Row) => { job?: string; run?: string } {
  const { job, run } = mapping.fields;
  const readJob = fieldReader(job, 'job', 'text', mapping, columns);
  const readRun = fieldReader(run, 'run', 'text', mapping, columns);
  const seen = new Map<string, number>();
  return (row) => {
    const name = required(readJob(row), job, 'job');
    const key = JSON.stringify([name, readRun(row, 0)]);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return { job: name, run: required(readRun(row, occurrence), run, 'run') };
  };
}

function required(value: string | number | undefined, rule: FieldRule, field: string): string {
  if (value === undefined) {
    const { columns } = parseTemplate(typeof rule === 'string' ? rule : rule.from);
    throw new CellError(columns, `a value for ${field}`, '');
  }
  return String(value);
}

function objectReader(rules: Rules, path: string, mapping: Mapping, columns: Columns): ObjectReader {
  const readers = Object.entries(rules).flatMap(([name, rule]): Array<[string, FieldReader | ObjectReader]> => {
    if (rule === undefined) {
      return [];
    }
    const field = path === '' ? name : `${path}.${name}`;
    return isGroup(rule, field)
      ? [[name, objectReader(rule, field, mapping, columns)]]
      : [[name, fieldReader(rule, field, kindOf(field), mapping, columns)]];
  });
  return (row) => {
    const entries = readers
      .map(([name, read]) => [name, read(row)] as const)
      .filter(([, value]) => value !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };
}

function isGroup(rule: FieldRule | Rules, field: string): rule is Rules {
  return typeof rule === 'object' && GROUPS.has(field);
}

function kindOf(field: string): FieldKind {
  return TIMES.has(field) ? 'time' : NUMBER.test(field) ? 'number' : 'text';
}

function checked(event: object): Mapped {
  const parsed = runEventSchema.safeParse(event);
  return parsed.success ? { json: JSON.stringify(event) } : { problem: describeIssues(parsed.error) };
}
