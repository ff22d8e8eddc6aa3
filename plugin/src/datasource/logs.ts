import {
  type DataQueryRequest,
  type QueryFilterOptions,
  type QueryFixAction,
  type SupplementaryQueryOptions,
  SupplementaryQueryType,
  type ToggleFilterAction,
} from '@grafana/data';
import { parseField } from './fields';
import type { Filter, JoblensQuery } from './types';

/** The query behind Explore's volume chart or log sample; undefined where the query's question has none. */
export function supplementaryQuery(query: JoblensQuery, options: SupplementaryQueryOptions): JoblensQuery | undefined {
  if (query.hide) {
    return undefined;
  }
  const { direction: _direction, limit: _limit, cursor: _cursor, ...same } = query;
  switch (options.type) {
    case SupplementaryQueryType.LogsVolume:
      return query.question === 'lines'
        ? { ...same, refId: `log-volume-${query.refId}`, question: 'line_counts', format: 'timeseries' }
        : undefined;
    case SupplementaryQueryType.LogsSample:
      return query.question === 'line_counts'
        ? { ...same, refId: `log-sample-${query.refId}`, question: 'lines', format: 'table', limit: options.limit }
        : undefined;
  }
}

/** The request of all supplementary queries of one kind; undefined where there are none. */
export function supplementaryRequest(
  type: SupplementaryQueryType,
  request: DataQueryRequest<JoblensQuery>,
  options: SupplementaryQueryOptions = { type }
): DataQueryRequest<JoblensQuery> | undefined {
  const targets = request.targets.flatMap((query) => supplementaryQuery(query, options) ?? []);
  return targets.length > 0 ? { ...request, targets } : undefined;
}

/** Explore's "filter for" and "filter out" on a log line's label or text. */
export function modifyQuery(query: JoblensQuery, { type, options = {} }: QueryFixAction): JoblensQuery {
  const { key, value } = options;
  switch (type) {
    case 'ADD_FILTER':
      return withFilter(query, key, '=', value);
    case 'ADD_FILTER_OUT':
      return withFilter(query, key, '!=', value);
    case 'ADD_STRING_FILTER':
      return value === undefined ? query : { ...query, search: value };
    default:
      return query;
  }
}

export const QUERY_MODIFICATIONS = ['ADD_FILTER', 'ADD_FILTER_OUT', 'ADD_STRING_FILTER'];

/** Log details' buttons: the filter goes where it is there already, and replaces its opposite. */
export function toggleFilter(query: JoblensQuery, { type, options }: ToggleFilterAction): JoblensQuery {
  const { key = '', value = '' } = options;
  const op = type === 'FILTER_FOR' ? '=' : '!=';
  return hasFilter(query, { key, value }, op) ? withoutFilter(query, key, value) : withFilter(query, key, op, value);
}

/** Whether the query lets only this value of a label through, or with `!=` all but it. */
export function hasFilter(query: JoblensQuery, { key, value }: QueryFilterOptions, op: '=' | '!=' = '='): boolean {
  return (query.filters ?? []).some((filter) => filter.field === key && filter.op === op && filter.value === value);
}

function withoutFilter(query: JoblensQuery, key = '', value = ''): JoblensQuery {
  return { ...query, filters: query.filters?.filter((filter) => filter.field !== key || filter.value !== value) };
}

/** A filter on the same field and value is replaced, so that "out" after "for" doesn't contradict it. */
function withFilter(query: JoblensQuery, key = '', op: '=' | '!=', value = ''): JoblensQuery {
  const field = parseField(key);
  if (field === undefined) {
    return query;
  }
  const { filters: others = [] } = withoutFilter(query, field, value);
  return { ...query, filters: [...others, { field, op, value } satisfies Filter] };
}
