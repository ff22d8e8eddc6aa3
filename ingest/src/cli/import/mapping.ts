import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { statusSchema } from '../../model/common.js';
import { CliError, codeOf, messageOf } from '../errors.js';
import { describeIssues } from './issues.js';
import { isZone } from '../../model/zone.js';

const zoneSchema = z.string().refine(isZone, { error: 'expected an IANA zone, such as Europe/Berlin' });

/** A template such as `{job_id}-{occurrence}`, a time with its own format, or a value that no column has. */
const fieldSchema = z.union([
  z.string(),
  z.number().transform(String),
  z.strictObject({
    from: z.string().describe('a template'),
    time: z.string().optional(),
    zone: zoneSchema.optional(),
    map: z.record(z.string(), z.string()).optional(),
    default: z.string().optional(),
  }),
]);
export type FieldRule = z.infer<typeof fieldSchema>;

const statusRuleSchema = z.union([
  z.string(),
  z.strictObject({
    from: z.string(),
    map: z.record(z.string(), statusSchema),
    default: statusSchema.default('unknown'),
  }),
]);
export type StatusRule = z.infer<typeof statusRuleSchema>;

const group = z.record(z.string(), fieldSchema);
const counts = z.strictObject({ success: fieldSchema.optional(), failure: fieldSchema.optional() });

/** The fields of a run event that a mapping can fill. */
const fieldsSchema = z.strictObject({
  job: fieldSchema,
  run: fieldSchema,
  attempt: fieldSchema.optional(),
  status: statusRuleSchema.optional(),
  time: fieldSchema.optional(),
  queued_at: fieldSchema.optional(),
  started_at: fieldSchema.optional(),
  finished_at: fieldSchema.optional(),
  title: fieldSchema.optional(),
  type: fieldSchema.optional(),
  user: fieldSchema.optional(),
  message: fieldSchema.optional(),
  url: fieldSchema.optional(),
  error: z.strictObject({ type: fieldSchema, message: fieldSchema, step: fieldSchema }).partial().optional(),
  parent: z.strictObject({ job: fieldSchema, run: fieldSchema }).partial().optional(),
  called_by: z.strictObject({ job: fieldSchema, run: fieldSchema }).partial().optional(),
  counts: z.strictObject({ metadata: counts, data: counts }).partial().optional(),
  tags: group.optional(),
  source: group.optional(),
  metadata: group.optional(),
  data: group.optional(),
  report: group.optional(),
});

const mappingSchema = z.strictObject({
  delimiter: z.string().length(1).default(','),
  /** The zone of times that name none. */
  zone: zoneSchema.default('UTC'),
  /** How times are written: `iso`, `epoch_s`, `epoch_ms`, or a pattern such as `yyyy-MM-dd HH:mm:ss`. */
  time: z.string().default('iso'),
  fields: fieldsSchema,
  /** Columns to leave out; every other column that no field uses is kept in `metadata`. */
  ignore: z.array(z.string()).default([]),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Reads a mapping file. @throws CliError that says where it is wrong and what was expected */
export async function readMapping(file: string): Promise<Mapping> {
  const parsed = mappingSchema.safeParse(parseYaml(await readText(file), file));
  if (!parsed.success) {
    throw new CliError(`${file} is no mapping: ${describeIssues(parsed.error)}`);
  }
  return parsed.data;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError(
      `${file} can't be read: ${codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error)}.`
    );
  }
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw new CliError(`${file}${line ? `:${line}` : ''} is no YAML: ${messageOf(error).split('\n')[0]}`);
  }
}
