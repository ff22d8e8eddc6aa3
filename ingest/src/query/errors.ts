import { problems } from '../errors.js';
import { linesOf, ofRun } from '../reads/lines.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, raw, sql, type Sql } from '../storage/sql.js';
import { field, frame } from './frames.js';
import { defineQuestion } from './question.js';
import { findRun, runIdFields } from './run-id.js';

/** What failed alike: how often, and the first of it, a record's key or a line's number. */
interface Group {
  source: string;
  example: string;
  count: number;
  key: string;
  line: number | null;
}

const LIMIT = 100;

/**
 * What went wrong inside one run, grouped by message: its failed records, and the error lines of its log. Times,
 * numbers and ids in a message don't make it another one, as with the fingerprints of failed runs.
 */
export const errors = defineQuestion({
  name: 'errors',
  fields: runIdFields,
  formats: ['table'],
  ask: async ({ db, tenant }, query) => {
    const run = await findRun(db, tenant, query);
    if (!run) {
      throw problems.badRequest('Which run? Give "key", or "job" and "run".');
    }
    const those = ofRun(tenant, run.job, run.run);
    const limit = query.limit ?? LIMIT;
    const groups = (await Promise.all([ofRecords(db, those, limit), ofLog(db, those, limit)])).flat();
    const columns = (['source', 'example', 'count', 'key', 'line'] as const).map((name) =>
      groups.map((group) => group[name])
    );
    return [frame({ refId: query.refId, name: 'errors', fields: FIELDS }, columns)];
  },
});

function ofRecords(db: ClickHouse, those: Sql, limit: number): Promise<Group[]> {
  return db.rows<Group>(
    sql`SELECT source, argMin(message, first) AS example, toFloat64(sum(n)) AS count, min(first) AS key, NULL AS line FROM (
        SELECT phase AS source, message, count() AS n, min(key) AS first FROM records FINAL
        WHERE ${those} AND outcome = 'failure' GROUP BY source, message)
      GROUP BY source, ${KIND} ORDER BY count DESC, key LIMIT ${p.int(limit)}`
  );
}

async function ofLog(db: ClickHouse, those: Sql, limit: number): Promise<Group[]> {
  // One thread: the rows are numbered in the order of the log.
  return db.rows<Group>(
    sql`SELECT 'log' AS source, argMin(message, number) AS example, toFloat64(count()) AS count, '' AS key, toFloat64(min(number)) AS line
      FROM (SELECT message, level, rowNumberInAllBlocks() + 1 AS number FROM (${await linesOf(db, those)}))
      WHERE level IN ('error', 'fatal') AND ${STARTS_SOMETHING}
      GROUP BY ${KIND} ORDER BY count DESC, line LIMIT ${p.int(limit)}`,
    { max_threads: 1 }
  );
}

/** A message without what changes from item to item: `normalizeMessage` in RE2, which looks at nothing ahead. */
const KIND = raw(
  [
    ['\\\\x1b\\\\[[0-9;]*[A-Za-z]', ''],
    ['[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\\\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?', '<time>'],
    ['(?i)\\\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\\\b', '<id>'],
    ['(?i)\\\\b([0-9]+[a-f]|[a-f]+[0-9])[0-9a-f]{3,}\\\\b', '<id>'],
    ['[0-9]+', '<n>'],
  ].reduce(
    (text, [pattern, name]) => `replaceRegexpAll(${text}, '${pattern}', '${name}')`,
    'substring(message, 1, 2000)'
  )
);

/** The lines of a stack trace belong to the one before them. */
const STARTS_SOMETHING = raw("NOT match(message, '^(\\\\s|at |Traceback |Caused by:)')");

const FIELDS = [
  field.string('source', { displayName: 'Part', description: 'metadata and data: failed records; log: error lines' }),
  field.string('message', { displayName: 'Message' }),
  field.count('count', { displayName: 'Count' }),
  field.string('key', { displayName: 'First record' }),
  field.number('line', { displayName: 'First line' }),
];
