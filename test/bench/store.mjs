/** Fills `runs` by SQL with runs `from` to `to` of `count` in a year: 500 jobs, log-normal durations, a failure rate of about 4 %. */
export async function fillRuns(db, from, to, count) {
  await db.command({
    query: `INSERT INTO runs (tenant, job, run, key, at, attempt, status, started_at, finished_at, duration_ms, counted_at, type, user, message,
        error_type, error_message, fingerprint, tags, lines, first_error_line, received_at, settled_at, version, is_deleted)
      WITH number % 500 AS j, sipHash64(number) AS h, toDateTime64(now(), 3, 'UTC') - toIntervalMillisecond(intDiv(bitXor(number, 5) * 31536000000, {count:UInt64})) AS start,
        toInt64(exp(9 + j % 5 + randNormal(0, 0.6))) AS took, h % 25 = 0 AS bad
      SELECT 'default', concat('store/job-', toString(j)), toString(number), toUUID(UUIDNumToString(sipHash128(number))), start, 1, if(bad, 'failed', 'succeeded'), start,
        start + toIntervalMillisecond(took), took, start + toIntervalMillisecond(took), ['etl', 'export', 'backup', 'report'][1 + j % 4],
        concat('user-', toString(j % 15)), '350 of 350 records', if(bad, ['Timeout', 'OOMKilled', 'UniqueViolation'][1 + h % 3], ''),
        if(bad, 'upstream took 30 s', ''), if(bad, 1 + j * 3 + h % 3, 0), map('env', 'prod', 'team', concat('team-', toString(j % 7))), 25,
        if(bad, 'ERROR upstream took 30 s', ''), start, start, 1, 0
      FROM numbers({from:UInt64}, {rows:UInt64})`,
    query_params: { from, rows: to - from, count },
    clickhouse_settings: { max_partitions_per_insert_block: '0', insert_deduplicate: 0 },
  });
}

/** Fills `lines` by SQL: 500 lines a run, the runs of a month, one in a hundred an error. */
export async function fillLines(db, count) {
  await db.command({
    query: `INSERT INTO lines (tenant, job, run, attempt, seq, arrival, time, level, message, terminated, received_at)
      WITH intDiv(number, 500) AS r, toDateTime64(now(), 3, 'UTC') - toIntervalMillisecond(intDiv(number * 2592000000, {count:UInt64})) AS at
      SELECT 'default', concat('store/job-', toString(r % 500)), toString(r), 1, number % 500, number, at, if(number % 100 = 0, 'error', 'info'),
        concat(['connection', 'timeout', 'loaded', 'rows', 'page', 'upstream', 'fetch', 'order', 'retry', 'cache', 'commit'][1 + sipHash64(number) % 11], ' ',
          toString(number), ' of ', toString(sipHash64(number, 1) % 100000), if(sipHash64(number, 2) % 100000 = 0, ' invoice', ''), ' took ', toString(number % 997), ' ms'), 1, at
      FROM numbers({count:UInt64})`,
    query_params: { count },
    clickhouse_settings: { max_partitions_per_insert_block: '0', insert_deduplicate: 0 },
  });
}

const job = [{ field: 'job', op: '=', value: 'store/job-7' }];

/** What is asked, and over how many days. */
export const QUESTIONS = [
  ['counts over time', { question: 'counts' }],
  ['counts over a year', { question: 'counts' }, 365],
  ['counts by job, numeric', { question: 'counts', groupBy: ['job'], format: 'numeric' }],
  ['rate over time', { question: 'rate' }],
  ['rate by job, numeric', { question: 'rate', groupBy: ['job'], format: 'numeric' }],
  ['duration p50, p95 over time', { question: 'duration' }],
  ['duration p95 by job, numeric', { question: 'duration', stats: ['p95'], groupBy: ['job'], format: 'numeric' }],
  ['duration_histogram', { question: 'duration_histogram' }],
  ['runs, newest 100', { question: 'runs' }],
  ['runs of one job', { question: 'runs', filters: job }],
  ['runs with a search', { question: 'runs', search: 'upstream' }],
  ['jobs', { question: 'jobs' }],
  ['timeline of one job', { question: 'timeline', filters: job }],
  ['failures', { question: 'failures' }],
  ['streak', { question: 'streak' }],
  ['spike over a day', { question: 'spike' }, 1],
  ['slow over a day', { question: 'slow' }, 1],
  ['overdue', { question: 'overdue' }],
  ['annotations', { question: 'annotations' }],
  ['values of user', { question: 'values', field: 'user' }],
  ['lines of one run, the first 1,000', { question: 'lines', job: 'store/job-7', run: '7', limit: 1000 }],
  ['lines with a rare word', { question: 'lines', search: 'invoice' }],
  ['line_counts', { question: 'line_counts' }],
];

const MONTH =
  "tenant = 'default' AND hidden = 0 AND at < now64(3) AND counted_at >= now64(3) - INTERVAL 30 DAY AND counted_at < now64(3)";

/** What one would write by hand for some of them, on the same tables. */
export const BY_HAND = {
  'counts over time': `SELECT toStartOfInterval(counted_at, INTERVAL 12 HOUR) AS t, status, count() FROM runs_by_time FINAL WHERE ${MONTH} GROUP BY t, status ORDER BY t`,
  'counts over a year': `SELECT toStartOfInterval(counted_at, INTERVAL 7 DAY) AS t, status, count() FROM runs_by_time FINAL WHERE ${MONTH.replace('30 DAY', '365 DAY')} GROUP BY t, status ORDER BY t`,
  'counts by job, numeric': `SELECT job, count() FROM runs_by_time FINAL WHERE ${MONTH} GROUP BY job`,
  'rate by job, numeric': `SELECT job, countIf(status = 'succeeded') / count() FROM runs_by_time FINAL WHERE ${MONTH} AND status IN ('succeeded', 'failed', 'timed_out', 'missed') GROUP BY job`,
  'duration p95 by job, numeric': `SELECT job, quantileExactInclusive(0.95)(assumeNotNull(duration_ms)) FROM runs_by_time FINAL WHERE ${MONTH} AND status = 'succeeded' AND duration_ms >= 0 GROUP BY job`,
  'duration p50, p95 over time': `SELECT toStartOfInterval(counted_at, INTERVAL 12 HOUR) AS t, quantilesExactInclusive(0.5, 0.95)(assumeNotNull(duration_ms)) FROM runs_by_time FINAL WHERE ${MONTH} AND status = 'succeeded' AND duration_ms >= 0 GROUP BY t ORDER BY t`,
};
