import type { RunField, RunFilter } from '../../components/client/types';
import { t } from '../../i18n/t';

/** What the list can be sorted by, as the question `jobs` names it. */
export const SORTS = [
  'failures',
  'job',
  'last_at',
  'runs',
  'success_rate',
  'p50',
  'p50_change',
  'p95',
  'p95_change',
  'next_at',
  'owner',
  'type',
] as const;
export type Sort = (typeof SORTS)[number];

/** What a job's last run says of it. */
export const STATES = ['all', 'failing', 'ok', 'open', 'never'] as const;
export type State = (typeof STATES)[number];

export const stateLabels = (): Record<State, string> => ({
  all: t('jobs.jobsState.all', 'All'),
  failing: t('jobs.jobsState.failing', 'Failing'),
  ok: 'OK',
  open: t('jobs.jobsState.open', 'Open'),
  never: t('jobs.jobsState.never-ran', 'Never ran'),
});

/** These read best from the smallest on. */
const ASCENDING: readonly Sort[] = ['job', 'owner', 'type', 'next_at'];

export function isDescendingAtFirst(sort: Sort): boolean {
  return !ASCENDING.includes(sort);
}

/** A filter of the list on one field; a tag is written name=value. */
export function fieldFilters(values: { type?: string; owner?: string; tag?: string }): RunFilter[] {
  const equals = (field: RunField, value: string | undefined): RunFilter[] =>
    value ? [{ field, op: '=', value }] : [];
  const at = values.tag?.indexOf('=') ?? -1;
  return [
    ...equals('type', values.type),
    ...equals('owner', values.owner),
    ...(at > 0 ? equals(`tag:${values.tag?.slice(0, at)}`, values.tag?.slice(at + 1)) : []),
  ];
}
