import { STATUSES, type Status } from '../../model/words.js';
import type { FieldRule, Mapping, StatusRule } from './mapping.js';
import { parseTemplate, type Template } from './template.js';
import { timeReader } from './time-format.js';

export type Row = ReadonlyMap<string, string>;
/** What a rule makes of a row; undefined where the row says nothing. Throws CellError where it can't be read. */
export type FieldReader = (row: Row, occurrence?: number) => string | number | undefined;
export type FieldKind = 'text' | 'time' | 'number';

/** A cell that does not hold what its field needs. */
export class CellError extends Error {
  constructor(columns: readonly string[], expected: string, got: string) {
    super(`column ${columns.join(', ') || '(none)'}: expected ${expected}, got ${JSON.stringify(got)}`);
    this.name = 'CellError';
  }
}

/** Knows the file's columns, and which of them some rule has used. */
export class Columns {
  private readonly used = new Set<string>();

  constructor(private readonly header: readonly string[]) {}

  /** @throws Error where the template is no template, or names a column that the file does not have */
  template(text: string, field: string): Template {
    const template = parseTemplate(text);
    const missing = template.columns.filter((column) => !this.header.includes(column));
    if (missing.length > 0) {
      throw new Error(`${field} names the column ${missing.join(', ')}, but the file has ${this.header.join(', ')}`);
    }
    template.columns.forEach((column) => this.used.add(column));
    return template;
  }

  unused(): string[] {
    return this.header.filter((column) => !this.used.has(column));
  }
}

/** The reader of one field's rule. */
export function fieldReader(
  rule: FieldRule,
  field: string,
  kind: FieldKind,
  mapping: Mapping,
  columns: Columns
): FieldReader {
  const { from, map, ...rest } = typeof rule === 'string' ? { from: rule } : rule;
  const template = columns.template(from, field);
  const convert = converter(kind, rest.time ?? mapping.time, rest.zone ?? mapping.zone, template.columns);
  return (row, occurrence) => {
    const text = isBlank(template, row) ? '' : template.fill(row, occurrence).trim();
    const mapped = map ? (lookUp(map, text) ?? rest.default ?? text) : text || rest.default;
    return mapped === undefined || mapped === '' ? undefined : convert(mapped);
  };
}

/** Status and the sender's own word for it. */
export function statusReader(
  rule: StatusRule,
  columns: Columns
): (row: Row) => { status?: Status; status_text?: string } {
  const {
    from,
    map,
    default: otherwise,
  } = typeof rule === 'string' ? { from: rule, map: undefined, default: 'unknown' as const } : rule;
  const template = columns.template(from, 'status');
  const known = map ?? Object.fromEntries(STATUSES.map((status) => [status, status]));
  return (row) => {
    const text = template.fill(row).trim();
    return text === '' ? {} : { status: lookUp(known, text) ?? otherwise, status_text: text };
  };
}

/** Without regard to case; a key that ends in `*` stands for all that begin so. */
function lookUp<T>(map: Record<string, T>, text: string): T | undefined {
  const wanted = text.toLowerCase();
  const entry = Object.entries(map).find(([key]) => {
    const pattern = key.toLowerCase();
    return pattern.endsWith('*') ? wanted.startsWith(pattern.slice(0, -1)) : wanted === pattern;
  });
  return entry?.[1];
}

/** A template whose columns are all empty says nothing, whatever stands around them. */
function isBlank({ columns }: Template, row: Row): boolean {
  return columns.length > 0 && columns.every((column) => (row.get(column) ?? '').trim() === '');
}

function converter(
  kind: FieldKind,
  format: string,
  zone: string,
  columns: string[]
): (text: string) => string | number {
  if (kind === 'text') {
    return (text) => text;
  }
  if (kind === 'number') {
    return (text) => {
      if (!/^\d+$/.test(text)) {
        throw new CellError(columns, 'a whole number', text);
      }
      return Number(text);
    };
  }
  const read = timeReader(format, zone);
  return (text) => {
    const ms = read(text);
    if (ms === undefined) {
      throw new CellError(columns, `a time written as ${format}`, text);
    }
    return new Date(ms).toISOString();
  };
}
