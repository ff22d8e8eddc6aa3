import type { BaseQuery } from '../model/question.js';
import { join, raw, sql, type Sql } from '../storage/sql.js';
import { bucketsFor, bucketStarts } from './buckets.js';
import { dataplane, field, frame, frameText, noData, seriesName, type Field, type FrameText } from './frames.js';
import type { AskContext, Format } from './question.js';
import { groupColumns, groupNames, labelOf, runsFrom, runsWhere, timeColumn, type RangeRule } from './scope.js';

/** A number over groups of runs: how it is reckoned, and how it is shown. */
export interface Measure {
  /** An aggregate; null where it says nothing. */
  value: Sql;
  /** A label that tells this measure from the others of the same query. */
  labels: Record<string, string>;
  field: (name: string) => Field;
  /** What an empty bucket is: 0 for counts, absent for everything else. */
  empty?: number;
  name: string;
}

export interface Statistic {
  measures: readonly Measure[];
  rule: RangeRule;
  /** A condition on top of the query's own. */
  only?: Sql;
}

/** Answers a statistic in any of the three formats. */
export function askStatistic(
  context: AskContext,
  query: BaseQuery,
  format: Format,
  statistic: Statistic
): Promise<FrameText[]> {
  switch (format) {
    case 'timeseries':
      return overTime(context, query, statistic);
    case 'numeric':
      return asNumeric(context, query, statistic);
    case 'table':
      return asTable(context, query, statistic);
  }
}

const MAX_SERIES = 500;

async function overTime(context: AskContext, query: BaseQuery, statistic: Statistic): Promise<FrameText[]> {
  const buckets = bucketsFor(context, query);
  const groups = groupNames(query.groupBy);
  const inner = sql`SELECT ${raw(groups.map((g) => `${g}, `).join(''))} ${buckets.startOf(timeColumn(query))} AS t, ${measured(statistic)}
    FROM ${grouped(context, query, statistic)}
    GROUP BY ${raw([...groups, 't'].join(', '))}`;
  const arrays = statistic.measures.map((_, i) => raw(`groupArray(v${i})`));
  const outer = sql`SELECT [${raw(groups.join(', '))}]::Array(String), groupArray(t), [${join(arrays, ', ')}]::Array(Array(Nullable(Float64)))
    FROM (SELECT * FROM (${inner}) ORDER BY t) GROUP BY ${raw(groups.join(', ') || 'tuple()')}
    ORDER BY length(groupArray(t)) DESC, 1 LIMIT ${raw(String(MAX_SERIES))}`;
  const [text, starts] = await Promise.all([
    context.db.text(outer, 'JSONCompactEachRow', context.signal),
    statistic.measures.some((measure) => measure.empty !== undefined) ? bucketStarts(context, buckets) : [],
  ]);
  const rows = rowsOf<[string[], number[], Array<Array<number | null>>]>(text).filter(([, times]) => times.length > 0);
  const frames = rows.flatMap(([groupValues, times, columns]) =>
    statistic.measures.flatMap((measure, i) => {
      const labels = { ...labelsOf(query, groupValues), ...measure.labels };
      const points = fill(times, columns[i] ?? [], starts, measure.empty);
      return points.times.length === 0 ? [] : [seriesFrame(query.refId, measure, labels, points, buckets.width)];
    })
  );
  return frames.length > 0 ? frames : [noData(query.refId, 'timeseries-multi')];
}

interface Points {
  times: number[];
  values: number[];
}

function fill(
  times: readonly number[],
  values: ReadonlyArray<number | null>,
  starts: readonly number[],
  empty: number | undefined
): Points {
  const known = new Map(times.map((time, i) => [time, values[i] ?? null]));
  const all = empty === undefined ? times : [...new Set([...starts, ...times])].sort((a, b) => a - b);
  const points = all.map((time): [number, number | null] => [time, known.get(time) ?? empty ?? null]);
  const there = points.filter((point): point is [number, number] => point[1] !== null);
  return { times: there.map(([time]) => time), values: there.map(([, value]) => value) };
}

function seriesFrame(
  refId: string,
  measure: Measure,
  labels: Record<string, string>,
  points: Points,
  width: number
): FrameText {
  const name = seriesName(labels, measure.name);
  return frame(
    {
      refId,
      name,
      meta: dataplane('timeseries-multi'),
      fields: [
        { ...field.time('time', { interval: width }), typeInfo: { frame: 'time.Time' } },
        { ...withDisplayName(measure.field(measure.name), name), labels },
      ],
    },
    [points.times, points.values]
  );
}

function withDisplayName(of: Field, displayNameFromDS: string): Field {
  return { ...of, config: { ...of.config, displayNameFromDS } };
}

function labelsOf(query: BaseQuery, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(query.groupBy.map((name, i) => [labelOf(name), values[i] ?? '']));
}

function where(context: AskContext, query: BaseQuery, statistic: Statistic): Sql {
  const runs = runsWhere(context, query, statistic.rule);
  return statistic.only ? sql`${runs} AND ${statistic.only}` : runs;
}

/** The runs of a statistic, with their groups beside them. */
export function grouped(context: AskContext, query: BaseQuery, statistic: Statistic): Sql {
  const columns = query.groupBy.length > 0 ? sql`*, ${groupColumns(query.groupBy)}` : raw('*');
  return sql`(SELECT ${columns} FROM ${runsFrom(context.tenant, query, query.groupBy)} WHERE ${where(context, query, statistic)})`;
}

/** The measures as columns `v0`, `v1`, … */
function measured(statistic: Statistic): Sql {
  return join(
    statistic.measures.map((measure, i) => sql`${measure.value} AS ${raw(`v${i}`)}`),
    ', '
  );
}

/** The rows of `JSONCompactEachRow`. */
function rowsOf<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Groups as rows, a column for each measure. */
function totals(context: AskContext, query: BaseQuery, statistic: Statistic): Sql {
  const groups = groupNames(query.groupBy);
  return sql`SELECT ${raw(groups.map((g) => `${g}, `).join(''))}${measured(statistic)}
    FROM ${grouped(context, query, statistic)}
    ${raw(groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : '')} HAVING count() > 0 ORDER BY v0 DESC${raw(groups.map((g) => `, ${g}`).join(''))}`;
}

async function asTable(context: AskContext, query: BaseQuery, statistic: Statistic): Promise<FrameText[]> {
  const fields = [
    ...query.groupBy.map((name) => field.group(labelOf(name))),
    ...statistic.measures.map((measure) => measure.field(seriesName(measure.labels, measure.name))),
  ];
  const text = await context.db.text(totals(context, query, statistic), 'JSONCompactColumns', context.signal);
  return [frameText({ refId: query.refId, fields }, text)];
}

/** One row a label set, labels as text, and exactly one number: what an alert rule takes without a Reduce. */
async function asNumeric(context: AskContext, query: BaseQuery, statistic: Statistic): Promise<FrameText[]> {
  const text = await context.db.text(totals(context, query, statistic), 'JSONCompactEachRow', context.signal);
  const rows = rowsOf<Array<string | number | null>>(text);
  const groups = query.groupBy.length;
  const extra = Object.keys(statistic.measures[0]?.labels ?? {});
  const long = rows.flatMap((row) =>
    statistic.measures.flatMap((measure, i) => {
      const value = row[groups + i];
      return value === null || value === undefined
        ? []
        : [[...row.slice(0, groups), ...extra.map((name) => measure.labels[name] ?? ''), value]];
    })
  );
  return [
    numericFrame(
      query.refId,
      [...query.groupBy.map(labelOf), ...extra],
      statistic.measures[0]?.field('value') ?? field.number('value'),
      long
    ),
  ];
}

/** A `numeric-long` frame of rows that hold the labels and then the number. */
export function numericFrame(
  refId: string,
  labels: readonly string[],
  value: Field,
  rows: ReadonlyArray<readonly unknown[]>
): FrameText {
  if (rows.length === 0) {
    return noData(refId, 'numeric-long');
  }
  const fields = [...labels.map((name) => field.string(name)), value];
  return frame(
    { refId, meta: dataplane('numeric-long'), fields },
    fields.map((_, i) => rows.map((row) => row[i]))
  );
}
