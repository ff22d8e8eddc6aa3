import { DAY_MS, p, raw, sql } from '../storage/sql.js';
import { baselineFields, before, current, withBaseline } from './baseline.js';
import type { BaseQuery } from '../model/question.js';
import { field, frame } from './frames.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion, type AskContext } from './question.js';
import { runsTable, runsWhere } from './scope.js';

interface Row {
  job: string;
  slow: number;
  newest: number;
  p95: number;
  last_key: string;
}

type Asked = BaseQuery & { minRuns: number; baselineDays: number };

/** How far back a job is judged that runs too seldom for the range and its days before. */
const RARE_DAYS = 100;
const TIMED = "status = 'succeeded' AND duration_ms >= 0";

/** A job's newest succeeded run against its own p95 of the days before: 1 is as slow as its slowest 5 %. */
export const slow = defineQuestion({
  name: 'slow',
  fields: baselineFields,
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const often = await ofOften(context, query);
    const rare = await ofRare(
      context,
      query,
      often.map(({ job }) => job)
    );
    const rows = [...often, ...rare].sort((a, b) => b.slow - a.slow || a.job.localeCompare(b.job));
    if (format === 'numeric') {
      return [
        await jobNumbers(
          context,
          query.refId,
          field.number('slow'),
          rows.map((row) => [row.job, row.slow])
        ),
      ];
    }
    return [
      frame({ refId: query.refId, fields: FIELDS }, [
        rows.map((row) => row.job),
        rows.map((row) => row.slow),
        rows.map((row) => row.newest),
        rows.map((row) => row.p95),
        rows.map((row) => row.last_key),
      ]),
    ];
  },
});

const FIELDS = [
  field.string('job', { displayName: 'Job' }),
  field.number('slow', { displayName: 'Times its p95' }),
  field.duration('newest', { displayName: 'Duration' }),
  field.duration('p95', { displayName: 'Usual p95' }),
  field.string('last_key', { displayName: 'Newest run' }),
];

/** Jobs that succeeded within the range, and often enough in the days before it. */
function ofOften(context: AskContext, query: Asked): Promise<Row[]> {
  const [now, past] = [current(context), before(context)];
  return context.db.rows<Row>(
    sql`SELECT job, newest / p95 AS slow, toFloat64(argMaxIf(duration_ms, counted_at, ${now})) AS newest,
        quantileExactInclusiveIf(0.95)(assumeNotNull(duration_ms), ${past}) AS p95, argMaxIf(toString(key), counted_at, ${now}) AS last_key
      FROM ${runsTable(query)} WHERE ${runsWhere(withBaseline(context, query.baselineDays), query, 'counted')} AND ${raw(TIMED)}
      GROUP BY job HAVING countIf(${now}) > 0 AND countIf(${past}) >= ${p.int(query.minRuns)} AND p95 > 0`
  );
}

/** The others: their newest success against all before it, so that a weekly job is judged too, and until it runs again. */
function ofRare(context: AskContext, query: Asked, others: readonly string[]): Promise<Row[]> {
  const lookBack = { ...context, from: context.to - RARE_DAYS * DAY_MS };
  return context.db.rows<Row>(
    sql`SELECT job, newest / p95 AS slow, toFloat64(runs[1].2) AS newest,
        arrayReduce('quantileExactInclusive(0.95)', arrayMap(x -> x.2, arraySlice(runs, 2))) AS p95, runs[1].3 AS last_key
      FROM (SELECT job, arrayReverseSort(groupArray((counted_at, assumeNotNull(duration_ms), toString(key)))) AS runs
        FROM ${runsTable(query)} WHERE ${runsWhere(lookBack, query, 'counted')} AND ${raw(TIMED)} AND job NOT IN ${p.strings(others)}
        GROUP BY job HAVING count() > ${p.int(query.minRuns)})
      WHERE p95 > 0`
  );
}
