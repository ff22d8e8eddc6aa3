import type { MetricFindValue, TimeRange } from '@grafana/data';
import type { Field, Filter } from './types';

/** A value of a field. */
export interface ValueCount {
  value: string;
  /** How many runs have it; undefined where they were not counted. */
  count: number | undefined;
}

export interface ValuesWanted {
  /** `tag` asks for the names of the tags in use. */
  field: Field | 'tag';
  search?: string;
  filters?: Filter[];
  limit?: number;
}

/** The body of `POST v1/query` that asks for the values of a field. */
export function valuesBody({ search, ...wanted }: ValuesWanted, { from, to }: TimeRange) {
  const query = { refId: 'values', question: 'values', ...wanted, search: search || undefined };
  return { from: from.valueOf(), to: to.valueOf(), queries: [query] };
}

/** Reads the answer to `valuesBody`; throws what the service said where it refused. */
export function readValues(answer: unknown): ValueCount[] {
  const result = at(at(answer, 'results'), 'values');
  const error = at(result, 'error');
  if (typeof error === 'string') {
    throw new Error(error);
  }
  const frame = at(at(result, 'frames'), 0);
  const fields = list(at(at(frame, 'schema'), 'fields')).map((field) => at(field, 'name'));
  const columns = list(at(at(frame, 'data'), 'values'));
  const column = (name: string) => list(columns[fields.indexOf(name)]);
  const counts = column('count');
  return column('value').flatMap((value, index) =>
    typeof value === 'string' ? [{ value, count: Number(counts[index] ?? 0) }] : []
  );
}

export const toMetricFindValue = ({ value }: ValueCount): MetricFindValue => ({ text: value, value });

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
