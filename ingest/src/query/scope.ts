import type { BaseQuery, Field, Filter } from '../model/question.js';
import { holdsWords, join, moment, p, raw, sql, type Sql } from '../storage/sql.js';
import type { AskContext } from './question.js';

/**
 * Which runs a question is about. `counted`: those that finished (or else happened) in the range; `overlapping`: those
 * that were there at any moment of it; `listed`: those and the entries of jobs that have not run yet.
 */
export type RangeRule = 'counted' | 'overlapping' | 'listed' | 'any';

type Asked = Pick<BaseQuery, 'filters' | 'timeBy'> & Partial<Pick<BaseQuery, 'search'>>;

/** What stands for a slot in which no run was seen: it is no run, whatever came of it. */
export const SLOT_RUN = "startsWith(run, 'slot-') AND status IN ('missed', 'unknown')";

/** `hidden` says what a row is no part of: 1 is shown nowhere (a missed run that came after all), 2 in lists alone. */
const COUNTED = 'hidden = 0';
export const LISTED = 'hidden != 1';

/** The runs that a query is about, as a condition on the table that {@link runsTable} gives. */
export function runsWhere(context: AskContext, query: Asked, rule: RangeRule): Sql {
  const where = conditions(context, query, rule);
  return runsTableName(query) === 'runs' ? sql`${where} AND ${sinceEarliest(context, query, rule)}` : where;
}

/** The same as a condition on `runs`, for what only it holds. */
export function wholeRunsWhere(context: AskContext, query: Asked, rule: RangeRule): Sql {
  return sql`${conditions(context, query, rule)} AND ${sinceEarliest(context, query, rule)}`;
}

function conditions({ tenant, from, to }: AskContext, query: Asked, rule: RangeRule): Sql {
  const parts = [
    sql`tenant = ${p.string(tenant)} AND ${raw(rule === 'listed' ? LISTED : COUNTED)}`,
    inRange(from, to, query, rule),
    ...fulfilling(tenant, query),
  ];
  return join(parts, ' AND ');
}

const fulfilling = (tenant: string, { filters, search }: Asked): Sql[] => [
  ...filters.map((filter) => filterSql(filter, tenant)),
  ...(search ? [searchSql(search)] : []),
];

/** A query taken apart: one for all runs of the jobs that it names, and as a condition what else it asks of a run. */
export function byJobs(tenant: string, query: Asked): { jobs: Asked; others: Sql } {
  const others = { ...query, filters: query.filters.filter((filter) => !namesJobs(filter)) };
  return {
    jobs: { filters: query.filters.filter(namesJobs), timeBy: query.timeBy },
    others: join(fulfilling(tenant, others), ' AND ', '1'),
  };
}

/**
 * `runs` is sorted by job, so that a range of time says nothing of where its runs stand there, and reading them merged means
 * reading all. The oldest run of the range is soon found, and leaves of each job, and of the partitions, what came since.
 */
function sinceEarliest(context: AskContext, query: Asked, rule: RangeRule): Sql {
  if (rule === 'any') {
    return raw('1');
  }
  const filters = query.filters.filter(namesJobs);
  const table = raw(filters.length > 0 ? 'runs' : 'runs_by_time');
  return sql`at >= (SELECT minOrNull(at) FROM ${table} WHERE ${conditions(context, { filters, timeBy: query.timeBy }, rule)})`;
}

function inRange(from: number, to: number, query: Asked, rule: RangeRule): Sql {
  switch (rule) {
    case 'any':
      return raw('1');
    case 'overlapping':
    case 'listed':
      return sql`at <= ${moment(to)} AND ends_at >= ${moment(from)}`;
    case 'counted':
      return query.timeBy === 'started'
        ? sql`at >= ${moment(from)} AND at < ${moment(to)}`
        : sql`at < ${moment(to)} AND counted_at >= ${moment(from)} AND counted_at < ${moment(to)}`;
  }
}

/** The column that decides when a run counts. */
export const timeColumn = (query: Pick<BaseQuery, 'timeBy'>) => raw(query.timeBy === 'started' ? 'at' : 'counted_at');

/** A field of a run as SQL, always text. */
export function column(field: Field): Sql {
  if (field.startsWith('tag:')) {
    return sql`tags[${p.string(field.slice('tag:'.length))}]`;
  }
  switch (field) {
    case 'key':
    case 'fingerprint':
      return raw(`toString(${field})`);
    case 'owner':
      return raw('owner');
    case 'level':
    case 'stream':
      return raw("''");
    default:
      return raw(field);
  }
}

/** The alias and label of a group. */
export const labelOf = (field: Field) => field.replace(/^tag:/, '');

export function filterSql(filter: Filter, tenant: string, columnOf: (field: Field) => Sql = column): Sql {
  if (filter.field === 'owner') {
    const jobs = sql`(SELECT job FROM jobs FINAL WHERE tenant = ${p.string(tenant)} AND ${compare(raw('owner'), positive(filter))})`;
    return filter.op.startsWith('!') ? sql`job NOT IN ${jobs}` : sql`job IN ${jobs}`;
  }
  return compare(columnOf(filter.field), filter);
}

/** The opposite of a negative filter: a job without a config has no owner, and so is "not that owner". */
function positive(filter: Filter): Filter {
  const opposite: Partial<Record<Filter['op'], Filter['op']>> = { '!=': '=', '!in': 'in', '!~': '=~' };
  return { ...filter, op: opposite[filter.op] ?? filter.op };
}

function compare(column: Sql, { op, value }: Filter): Sql {
  const values = [value].flat();
  const first = values[0] ?? '';
  switch (op) {
    case '=':
      return values.length === 1 ? sql`${column} = ${p.string(first)}` : sql`${column} IN ${p.strings(values)}`;
    case '!=':
      return values.length === 1 ? sql`${column} != ${p.string(first)}` : sql`${column} NOT IN ${p.strings(values)}`;
    case 'in':
      return values.length === 0 ? raw('0') : sql`${column} IN ${p.strings(values)}`;
    case '!in':
      return values.length === 0 ? raw('1') : sql`${column} NOT IN ${p.strings(values)}`;
    case '=~':
      return matchesAny(column, values);
    case '!~':
      return sql`NOT ${matchesAny(column, values)}`;
  }
}

function matchesAny(column: Sql, patterns: readonly string[]): Sql {
  const each = patterns.map((pattern) => sql`match(${column}, ${p.string(pattern)})`);
  return each.length === 0 ? raw('0') : sql`(${join(each, ' OR ')})`;
}

const SEARCHED = ['job', 'run', 'user', 'title', 'message', 'error_message', 'first_error_line'];

const searchSql = (words: string): Sql =>
  sql`(${join(
    SEARCHED.map((name) => holdsWords(raw(name), words)),
    ' OR '
  )})`;

/** Asks for all runs of these jobs. */
export const ofJobs = (jobs: readonly string[]): Asked => ({
  filters: [{ field: 'job', op: 'in', value: [...jobs] }],
  timeBy: 'finished',
});

const namesJobs = ({ field, op }: Filter) => field === 'job' && (op === '=' || op === 'in');

/** Where the runs of a query stand together: a few jobs' in `runs`, those of a time in `runs_by_time`. */
export const runsTableName = ({ filters }: Pick<BaseQuery, 'filters'>) =>
  filters.some((filter) => namesJobs(filter) && [filter.value].flat().length <= FEW_JOBS) ? 'runs' : 'runs_by_time';

/** More jobs than this are read from all runs of the time. */
const FEW_JOBS = 20;

export const runsTable = (query: Pick<BaseQuery, 'filters'>): Sql => raw(`${runsTableName(query)} FINAL`);

/** The newest `count` runs of each of these jobs that fulfil a condition, in no order. */
export function newestRuns(
  tenant: string,
  jobs: readonly string[],
  count: number,
  columns: Sql,
  where: Sql,
  table = runsTable(ofJobs(jobs))
): Sql {
  return sql`SELECT ${columns} FROM ${table} WHERE tenant = ${p.string(tenant)} AND job IN ${p.strings(jobs)} AND ${where}
    ORDER BY at DESC, run DESC LIMIT ${p.int(count)} BY job`;
}

/** The runs of a query, with each job's owner beside it where the query groups by owner. */
export function runsFrom(tenant: string, query: Pick<BaseQuery, 'filters'>, groupBy: readonly Field[]): Sql {
  return groupBy.includes('owner')
    ? sql`${runsTable(query)} LEFT JOIN (SELECT job, owner FROM jobs FINAL WHERE tenant = ${p.string(tenant)}) AS owners USING (job)`
    : runsTable(query);
}

/** The groups of a query as selected columns `g0`, `g1`, … */
export function groupColumns(groupBy: readonly Field[]): Sql {
  return join(
    groupBy.map((field, i) => sql`${column(field)} AS ${raw(`g${i}`)}`),
    ', '
  );
}

export const groupNames = (groupBy: readonly Field[]) => groupBy.map((_, i) => `g${i}`);
