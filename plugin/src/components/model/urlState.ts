import type { UrlQueryMap } from '@grafana/data';
import { isStatus, type Status } from './status';

export const RUN_TABS = ['log', 'records', 'details', 'attempts'] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** What can be opened over a run: its printable overview, or what it worked on. */
export const RUN_OVERLAYS = ['summary', 'source'] as const;
export type RunOverlay = (typeof RUN_OVERLAYS)[number];

export const LEVEL_GROUPS = ['errors', 'warnings', 'new'] as const;
/** What the log can be narrowed to; none means every line. `new`: what the last success had not. */
export type LevelGroup = (typeof LEVEL_GROUPS)[number];

/** Everything of the history that a shared link brings back. */
export interface HistoryState {
  statuses: Status[];
  search: string;
  job?: string;
  type?: string;
  user?: string;
  /** What the job worked on: its `source.connection`. */
  connection?: string;
  /** Runs that failed in one way: its hash. */
  fingerprint?: string;
  /** `name=value` */
  tag?: string;
  /** Key of the open run. */
  run?: string;
  tab: RunTab;
  /** What lies over the open run. */
  show?: RunOverlay;
  /** Number of the marked log line. */
  line?: number;
  levels: LevelGroup[];
  /** Words looked for in the log. */
  find: string;
  /** Shows every line while searching, not only those that hold the words. */
  around: boolean;
  wrap: boolean;
  phase?: 'metadata' | 'data';
  outcome?: 'success' | 'failure';
  /** Words looked for in the records. */
  recordSearch: string;
}

/** What belongs to one open run, and goes when it is closed or another is opened. */
export const NO_RUN: Partial<HistoryState> = {
  run: undefined,
  tab: 'log',
  show: undefined,
  line: undefined,
  levels: [],
  find: '',
  around: false,
  phase: undefined,
  outcome: undefined,
  recordSearch: '',
};

export const NO_FILTERS: Partial<HistoryState> = {
  statuses: [],
  search: '',
  job: undefined,
  type: undefined,
  user: undefined,
  connection: undefined,
  fingerprint: undefined,
  tag: undefined,
};

/** Reads the state out of a parsed query string; what is missing or makes no sense falls back to its default. */
export function readState(query: UrlQueryMap, prefix: string): HistoryState {
  const text = (name: string) => {
    const value = query[paramName(prefix, name)];
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const line = Number(text('line'));
  return {
    statuses: (text('status') ?? '').split(',').filter(isStatus),
    search: text('q') ?? '',
    job: text('job'),
    type: text('type'),
    user: text('user'),
    connection: text('connection'),
    fingerprint: text('fingerprint'),
    tag: text('tag'),
    run: text('run'),
    tab: oneOf(RUN_TABS, text('tab')) ?? 'log',
    show: oneOf(RUN_OVERLAYS, text('show')),
    line: Number.isInteger(line) && line > 0 ? line : undefined,
    levels: LEVEL_GROUPS.filter((group) => text('level')?.split(',').includes(group)),
    find: text('find') ?? '',
    around: text('around') === '1',
    wrap: text('wrap') === '1',
    phase: oneOf(['metadata', 'data'] as const, text('phase')),
    outcome: oneOf(['success', 'failure'] as const, text('outcome')),
    recordSearch: text('records') ?? '',
  };
}

/** The query parameters of a state; null takes a parameter out of the URL. Defaults are never written. */
export function writeState(state: HistoryState, prefix: string): Record<string, string | null> {
  const params: Record<string, string | undefined> = {
    status: state.statuses.join(','),
    q: state.search,
    job: state.job,
    type: state.type,
    user: state.user,
    connection: state.connection,
    fingerprint: state.fingerprint,
    tag: state.tag,
    run: state.run,
    tab: state.tab === 'log' ? '' : state.tab,
    show: state.show,
    line: state.line === undefined ? '' : String(state.line),
    level: state.levels.join(','),
    find: state.find,
    around: state.around ? '1' : '',
    wrap: state.wrap ? '1' : '',
    phase: state.phase,
    outcome: state.outcome,
    records: state.recordSearch,
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [paramName(prefix, name), value || null]));
}

/** On a page of its own the history needs no prefix; two panels on one dashboard do. */
function paramName(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((item) => item === value);
}
