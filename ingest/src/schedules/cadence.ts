import { raw, sql, type Sql } from '../storage/sql.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { SLOT_RUN } from '../query/scope.js';

/** What a job's own history says of its time, milliseconds; null where it says nothing. */
export interface Cadence {
  every: number | null;
  duration: number | null;
}

/** Fewer runs than this make no habit. */
const LEAST_RUNS = 5;
const LOOKED_AT = 31;
/** Intervals of which the middle half differs by more than this come by no clock. */
const REGULAR = 3;

interface Row {
  job: string;
  starts: number;
  gaps: [low: number, middle: number, high: number];
  timed: number;
  duration: number;
}

/**
 * The usual interval between the starts and the usual duration of jobs, from their last runs.
 * @param those which runs, as a condition on `runs FINAL`
 */
export async function cadences(db: ClickHouse, those: Sql): Promise<Map<string, Cadence>> {
  const rows = await db.rows<Row>(
    sql`SELECT job, length(times) AS starts, arrayMap(q -> if(isNaN(q), 0, q), arrayReduce('quantilesExactInclusive(0.25, 0.5, 0.75)', arrayPopFront(arrayDifference(times)))) AS gaps,
        length(durations) AS timed, if(timed = 0, 0, arrayReduce('quantileExactInclusive(0.5)', durations)) AS duration
      FROM (SELECT job, arraySort(groupArray(toUnixTimestamp64Milli(at))) AS times,
          groupArrayIf(assumeNotNull(duration_ms), status = 'succeeded' AND duration_ms >= 0) AS durations
        FROM (SELECT job, at, status, duration_ms FROM runs FINAL WHERE ${those} AND status NOT IN ('pending', 'missed') AND NOT (${raw(SLOT_RUN)})
          ORDER BY job, at DESC LIMIT ${raw(String(LOOKED_AT))} BY job)
        GROUP BY job)`
  );
  return new Map(rows.map((row) => [row.job, toCadence(row)]));
}

function toCadence({ starts, gaps: [low, middle, high], timed, duration }: Row): Cadence {
  const regular = starts > LEAST_RUNS && low > 0 && high <= low * REGULAR;
  return { every: regular ? middle : null, duration: timed >= LEAST_RUNS ? duration : null };
}
