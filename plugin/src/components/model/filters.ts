import type { RunField, RunFilter } from '../client/types';
import type { HistoryState } from './urlState';

/** The filters of the URL as the service takes them, all but those on status. */
export function toFilters(state: HistoryState): RunFilter[] {
  const equals = (field: RunField, value: string | undefined): RunFilter[] =>
    value === undefined ? [] : [{ field, op: '=', value }];
  return [
    ...equals('job', state.job),
    ...equals('type', state.type),
    ...equals('user', state.user),
    ...equals('connection', state.connection),
    ...equals('fingerprint', state.fingerprint),
    ...tagFilter(state.tag),
  ];
}

export function statusFilter(statuses: readonly string[]): RunFilter[] {
  return statuses.length === 0 ? [] : [{ field: 'status', op: 'in', value: [...statuses] }];
}

// A tag is written name=value; its value may hold "=" too.
function tagFilter(tag: string | undefined): RunFilter[] {
  const at = tag?.indexOf('=') ?? -1;
  return tag === undefined || at <= 0 ? [] : [{ field: `tag:${tag.slice(0, at)}`, op: '=', value: tag.slice(at + 1) }];
}

export function hasFilters(state: HistoryState): boolean {
  return state.statuses.length > 0 || state.search.trim() !== '' || toFilters(state).length > 0;
}
