import { DAY_MS, moment, p, sql } from '../storage/sql.js';
import type { Field, FrameText } from './frames.js';
import type { AskContext } from './question.js';
import { numericFrame } from './series.js';

/** A job's number, as an alert question reckons it. */
export type JobNumber = readonly [job: string, value: number];

const TYPE_DAYS = 90;

/**
 * One number for each job with the labels `job`, `owner` and `type`. A job's type is that of its config, else of its newest
 * run whatever the range, so that two queries of one rule agree on the labels.
 */
export async function jobNumbers(
  context: AskContext,
  refId: string,
  value: Field,
  rows: readonly JobNumber[]
): Promise<FrameText> {
  const labels = await jobLabels(
    context,
    rows.map(([job]) => job)
  );
  return numericFrame(
    refId,
    ['job', 'owner', 'type'],
    value,
    rows.map(([job, number]) => [job, labels.get(job)?.owner ?? '', labels.get(job)?.type ?? '', number])
  );
}

interface JobLabels {
  job: string;
  owner: string;
  type: string;
}

/** Owner and type of each of these jobs. */
export async function jobLabels(context: AskContext, jobs: readonly string[]): Promise<Map<string, JobLabels>> {
  if (jobs.length === 0) {
    return new Map();
  }
  const those = sql`tenant = ${p.string(context.tenant)} AND job IN ${p.strings(jobs)}`;
  const rows = await context.db.rows<JobLabels>(
    sql`SELECT job, owner, if(c.type = '', r.type, c.type) AS type
      FROM (SELECT job, argMax(type, at) AS type FROM runs WHERE ${those} AND type != ''
        AND at >= ${moment(context.now - TYPE_DAYS * DAY_MS)} GROUP BY job) AS r
      FULL JOIN (SELECT job, owner, type FROM jobs FINAL WHERE ${those}) AS c USING (job)`,
    { join_use_nulls: 0 }
  );
  return new Map(rows.map((row) => [row.job, row]));
}
