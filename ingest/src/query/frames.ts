/** A field of a Grafana data frame as its schema says it. `nullable` fields may hold null; others never do. */
export interface Field {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean' | 'other';
  typeInfo: { frame: string; nullable?: boolean };
  labels?: Record<string, string>;
  config?: FieldConfig;
}

export interface FieldConfig {
  unit?: string;
  displayName?: string;
  displayNameFromDS?: string;
  description?: string;
  interval?: number;
  color?: { mode: 'fixed'; fixedColor: string };
  mappings?: readonly object[];
  custom?: { hideFrom: { viz: boolean; legend: boolean; tooltip: boolean } };
}

export interface FrameMeta {
  type?: string;
  typeVersion?: [number, number];
  preferredVisualisationType?: 'logs' | 'table' | 'graph';
  /** What of a panel the frame is for; without it, its data. */
  dataTopic?: 'annotations';
  custom?: Record<string, unknown>;
}

/** A frame's JSON text: its values may come from ClickHouse and were never parsed. */
export type FrameText = string;

export const field = {
  time: (name: string, config?: FieldConfig): Field => make(name, 'time', 'time.Time', true, config),
  string: (name: string, config?: FieldConfig): Field => make(name, 'string', 'string', false, config),
  maybeString: (name: string, config?: FieldConfig): Field => make(name, 'string', 'string', true, config),
  number: (name: string, config?: FieldConfig): Field => make(name, 'number', 'float64', true, config),
  count: (name: string, config?: FieldConfig): Field => make(name, 'number', 'float64', false, config),
  boolean: (name: string, config?: FieldConfig): Field => make(name, 'boolean', 'bool', false, config),
  json: (name: string, config?: FieldConfig): Field => make(name, 'other', 'json.RawMessage', false, config),
  /** Milliseconds. */
  duration: (name: string, config?: FieldConfig): Field => field.number(name, { unit: 'ms', ...config }),
  /** 0 to 1. */
  share: (name: string, config?: FieldConfig): Field => field.number(name, { unit: 'percentunit', ...config }),
  /** What only links and programs need: a table does not show it. */
  hidden: (name: string, config?: FieldConfig): Field =>
    field.string(name, { custom: { hideFrom: { viz: true, legend: true, tooltip: true } }, ...config }),
  /** What rows are grouped by; a group without a value is shown as such, and stays an empty text. */
  group: (name: string, config?: FieldConfig): Field =>
    field.string(name, { mappings: [{ type: 'value', options: { '': { text: NO_VALUE, index: 0 } } }], ...config }),
};

const NO_VALUE = '(none)';

/** A series by what tells it from the others: the values of its labels, or else the measure. */
export const seriesName = (labels: Record<string, string>, measure: string): string =>
  Object.values(labels)
    .map((value) => value || NO_VALUE)
    .join(' ') || measure;

function make(name: string, type: Field['type'], frame: string, nullable: boolean, config?: FieldConfig): Field {
  return { name, type, typeInfo: nullable ? { frame, nullable } : { frame }, ...(config ? { config } : {}) };
}

interface FrameHead {
  refId: string;
  name?: string;
  meta?: FrameMeta;
  fields: readonly Field[];
}

/**
 * A frame around columns that ClickHouse printed as `JSONCompactColumns`. Without rows it prints `[]`, which Grafana's
 * decoder trips over: then every field gets an empty column.
 */
export function frameText(head: FrameHead, columns: string): FrameText {
  const text = columns.trim();
  const values = text === '' || /^\[\s*\]$/.test(text) ? JSON.stringify(head.fields.map(() => [])) : text;
  return `{"schema":${JSON.stringify(head)},"data":{"values":${values}}}`;
}

/**
 * A frame of values that are few and were worked on. `nanos`: for each field, what comes on top of its milliseconds, or
 * null; Grafana's decoder wants it behind the values.
 */
export function frame(
  head: FrameHead,
  columns: ReadonlyArray<readonly unknown[]>,
  nanos?: ReadonlyArray<readonly number[] | null>
): FrameText {
  const text = frameText(head, JSON.stringify(columns));
  return nanos ? `${text.slice(0, -'}}'.length)},"nanos":${JSON.stringify(nanos)}}}` : text;
}

/** "No data" as alert rules understand it: the frame's type, and no fields. */
export function noData(refId: string, type: string): FrameText {
  return `{"schema":${JSON.stringify({ refId, meta: dataplane(type), fields: [] })},"data":{"values":[]}}`;
}

/** The contract's version must be said, or alerting falls back to guessing. */
export function dataplane(type: string): FrameMeta {
  return { type, typeVersion: [0, 1] };
}
