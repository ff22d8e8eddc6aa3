import type { DataFrame } from '@grafana/data';
import type { Slo } from '../../../../../ingest/src/schedules/slos';
import { readRows } from '../../../components/client/frames';
import type { RunField } from '../../../components/client/types';
import { isRecord, parseJson, toNumber, toText } from '../../../components/model/narrow';
import { hrefTo } from '../../paths';

export type { Slo };

/** An objective with what its window says. Rates are shares; a burn rate of 1 spends the budget in just its window. */
export interface SloRow {
  id: string;
  name: string;
  owner?: string;
  /** "99 % over 28 days". */
  objective: string;
  target: number;
  windowDays: number;
  runs: number;
  failures: number;
  successRate?: number;
  /** How many runs may fail. */
  budget: number;
  /** Share of the budget; negative where more was spent. */
  budgetLeft: number;
  burnFast?: number;
  burnSlow?: number;
  /** The newest failed run. */
  key?: string;
  about: SloAbout;
}

export function readSlos(frame: DataFrame | undefined): SloRow[] {
  return readRows(frame).map((row) => ({
    id: toText(row('id')) ?? '',
    name: toText(row('name')) ?? '',
    owner: toText(row('owner')),
    objective: toText(row('objective')) ?? '',
    target: toNumber(row('target')) ?? 0,
    windowDays: toNumber(row('window_days')) ?? 0,
    runs: toNumber(row('runs')) ?? 0,
    failures: toNumber(row('failures')) ?? 0,
    successRate: toNumber(row('success_rate')),
    budget: toNumber(row('budget')) ?? 0,
    budgetLeft: toNumber(row('budget_left')) ?? 1,
    burnFast: toNumber(row('burn_fast')),
    burnSlow: toNumber(row('burn_slow')),
    key: toText(row('key')),
    about: aboutOf(parseJson(row('filters'))),
  }));
}

export const ABOUT = ['all', 'job', 'type', 'owner', 'tag', 'other'] as const;

/** Which runs an objective is about. `other`: filters that were set over HTTP and that no form can show. */
export interface SloAbout {
  field: (typeof ABOUT)[number];
  /** Of a tag `name=value`; of `other` the filters in words. */
  value: string;
}

const FIELDS = ['job', 'type', 'owner'] as const;

export function aboutOf(filters: unknown): SloAbout {
  const all = Array.isArray(filters) ? filters.filter(isRecord) : [];
  const [first, ...more] = all;
  if (!first) {
    return { field: 'all', value: '' };
  }
  const [name, value] = [toText(first.field) ?? '', toText(first.value)];
  if (more.length === 0 && first.op === '=' && value !== undefined) {
    const field = FIELDS.find((field) => field === name);
    if (field) {
      return { field, value };
    }
    if (name.startsWith('tag:')) {
      return { field: 'tag', value: `${name.slice('tag:'.length)}=${value}` };
    }
  }
  return { field: 'other', value: all.map(({ field, op, value }) => `${field} ${op} ${String(value)}`).join(', ') };
}

/** The filters of runs that an objective is about. */
export function filtersOf({ field, value }: SloAbout): Slo['filters'] {
  const at = value.indexOf('=');
  switch (field) {
    case 'all':
    case 'other':
      return [];
    case 'tag':
      return [{ field: `tag:${value.slice(0, at)}` satisfies RunField, op: '=', value: value.slice(at + 1) }];
    default:
      return [{ field, op: '=', value }];
  }
}

/** The job, or the jobs, that an objective is about. */
export function aboutHref({ field, value }: SloAbout): string {
  switch (field) {
    case 'job':
      return hrefTo('job', { job: value });
    case 'type':
    case 'owner':
    case 'tag':
      return hrefTo('jobs', { [field]: value });
    default:
      return hrefTo('jobs');
  }
}

/** An id that no other objective has, made of the name. */
export function newId(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || 'objective';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) {
      return id;
    }
  }
}
