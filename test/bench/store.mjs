/** Fills `runs` with a year of runs by SQL: 500 jobs, log-normal durations, a failure rate of about 4 %. Gives the milliseconds it took. */
export async function fillStore(db, count) {
  const started = performance.now();
  await db.command({
    query: `INSERT INTO runs (tenant, job, run, key, at, attempt, status, started_at, finished_at, duration_ms, counted_at, type, user, message,
        error_type, error_message, fingerprint, tags, lines, first_error_line, received_at, settled_at, version, is_deleted)
      WITH number % 500 AS j, sipHash64(number) AS h, toDateTime64(now(), 3, 'UTC') - toIntervalMillisecond(intDiv(number * 31536000000, {count:UInt64})) AS start,
        toInt64(exp(9 + j % 5 + randNormal(0, 0.6))) AS took, h % 25 = 0 AS bad
      SELECT 'default', concat('store/job-', toString(j)), toString(number), toUUID(UUIDNumToString(sipHash128(number))), start, 1, if(bad, 'failed', 'succeeded'), start,
        start + toIntervalMillisecond(took), took, start + toIntervalMillisecond(took), ['etl', 'export', 'backup', 'report'][1 + j % 4],
        concat('user-', toString(j % 15)), '350 of 350 records', if(bad, ['Timeout', 'OOMKilled', 'UniqueViolation'][1 + h % 3], ''),
        if(bad, 'upstream took 30 s', ''), if(bad, 1 + j * 3 + h % 3, 0), map('env', 'prod', 'team', concat('team-', toString(j % 7))), 25,
        if(bad, 'ERROR upstream took 30 s', ''), start, start, 1, 0
      FROM numbers({count:UInt64})`,
    query_params: { count },
    clickhouse_settings: { max_partitions_per_insert_block: '0', insert_deduplicate: 0 },
  });
  return performance.now() - started;
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
  ['lines of one run', { question: 'lines', job: 'bench/job-7', run: '7' }],
  ['lines of a day with a word', { question: 'lines', search: 'invoice' }, 30],
  ['line_counts', { question: 'line_counts' }],
];
