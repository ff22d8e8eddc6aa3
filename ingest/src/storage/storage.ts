import type { Logger } from 'pino';
import type { Segment } from '../spool/segment.js';
import { PermanentError, type SegmentStore } from '../spool/drain.js';
import { partition } from '../collections.js';
import { claimKeys } from './claims.js';
import { isBadData, type ClickHouse } from './clickhouse.js';
import type { JobLimit } from './job-limit.js';
import { mendNumbers } from './mend.js';
import { placeNewJobs } from './placeholder.js';
import type { Redaction } from './redact.js';
import type { Unsettled } from './settle.js';
import type { Settle } from './settler.js';
import { p, sql } from './sql.js';
import { insertSegment, UNREADABLE_NUMBER } from './ways-in.js';

interface StoreServices {
  db: ClickHouse;
  /** The engine reads the spool's files itself. */
  shared: boolean;
  redaction: Redaction;
  jobLimit: Pick<JobLimit, 'isReached'>;
  settle: Settle;
  log: Logger;
}

/**
 * What the spool does with segments: the keys of its requests are claimed and its rows go in, once; then the runs are
 * settled that they touched.
 */
export function segmentStore({ db, shared, redaction, jobLimit, settle, log }: StoreServices): SegmentStore {
  return {
    insert: async (segment) => {
      const started = performance.now();
      const doubles = await claimKeys(db, segment, !shared);
      const isFull = jobLimit.isReached(segment.tenant);
      const source = { shared, redaction, isFull };
      await insertSegment(db, segment, source, [...doubles, ...segment.damaged]).catch(giveUpOnBadData);
      const rejected = await mended(db, segment, redaction);
      const { id, kind, rows } = segment;
      log.debug({ segment: id, kind, rows, ms: Math.round(performance.now() - started) }, 'inserted');
      return { quarantined: rejected.map((row) => row.row) };
    },
    settle: async (segments) => {
      const started = performance.now();
      const [configs, others] = partition(segments, ({ kind }) => kind === 'jobs');
      for (const segment of configs) {
        await placeNewJobs(db, segment);
      }
      const ids = others.map(({ id }) => id);
      const tenant = segments[0]?.tenant ?? '';
      const { runs, unsettled } = ids.length > 0 ? await settle(tenant, ids) : { runs: 0, unsettled: [] };
      unsettled.forEach((run) => log.error({ tenant, ...run }, 'a run can’t be settled: its state stays as it was'));
      await db.insert(
        'rejected',
        unsettled.map((run) => unsettledRow(tenant, run))
      );
      log.debug({ segments: ids, runs, ms: Math.round(performance.now() - started) }, 'settled');
    },
  };
}

/** What was sent of such a run stays where it is; that it can't be shown stands in quarantine. */
function unsettledRow(tenant: string, { job, run, why }: Unsettled): object {
  const now = Date.now();
  const reason = `The run can't be worked out from its events: ${why}`;
  return { tenant, source: 'runs', arrival: now * 1000, reason, line: JSON.stringify({ job, run }), received_at: now };
}

function giveUpOnBadData(error: unknown): never {
  throw isBadData(error) ? new PermanentError(error.message) : error;
}

interface Rejected {
  row: number;
  reason: string;
}

/** The rows that were set aside, after those with unreadable numbers were read again. */
async function mended(db: ClickHouse, segment: Segment, redaction: Redaction): Promise<Rejected[]> {
  if (segment.kind !== 'lines' && segment.kind !== 'records') {
    return [];
  }
  const rejected = await rejectedRows(db, segment);
  if (!rejected.some((row) => row.reason === UNREADABLE_NUMBER)) {
    return rejected;
  }
  await mendNumbers(db, segment, redaction);
  return rejectedRows(db, segment);
}

function rejectedRows(db: ClickHouse, segment: Segment): Promise<Rejected[]> {
  return db.rows(
    sql`SELECT toInt64(rejected.arrival) - ${p.int(segment.arrival)} AS row, reason FROM rejected WHERE segment = ${p.string(segment.id)}
      AND tenant = ${p.string(segment.tenant)} AND received_at = fromUnixTimestamp64Milli(${p.int(segment.openedAt)}, 'UTC') LIMIT 1000000`
  );
}
