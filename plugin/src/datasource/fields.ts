import { FIELDS, LEVELS } from '../../../ingest/src/model/words.js';
import type { Field } from './types';

/** What people call the fields of a run or a line. */
export const FIELD_LABELS: Record<(typeof FIELDS)[number], string> = {
  job: 'Job',
  run: 'Run',
  key: 'Run key',
  status: 'Status',
  type: 'Type',
  user: 'User',
  error_type: 'Error type',
  fingerprint: 'Error fingerprint',
  connection: 'Connection',
  owner: 'Owner',
  level: 'Log level',
  stream: 'Log stream',
};

/** Fields of lines have few values, always the same, that no run needs to be asked for. */
export const FIXED_VALUES: Partial<Record<string, readonly string[]>> = { level: LEVELS, stream: ['stdout', 'stderr'] };

const LINES_ONLY: ReadonlySet<string> = new Set(['level', 'stream']);

/** The fields that a question can filter by; those of lines only where it is about lines. */
export function fieldsFor(aboutLines: boolean): ReadonlyArray<(typeof FIELDS)[number]> {
  return FIELDS.filter((field) => aboutLines || !LINES_ONLY.has(field));
}

/** `tag:env`, `job`, … as a field; undefined where the text is none. */
export function parseField(text: string): Field | undefined {
  const known = FIELDS.find((field) => field === text);
  if (known) {
    return known;
  }
  const tag = /^tag:(.{1,200})$/u.exec(text)?.[1];
  return tag === undefined ? undefined : `tag:${tag}`;
}
