-- What a list of runs shows stands in order of time as well: the newest hundred are a hundred runs of as many jobs, and
-- looking each of them up in `runs` reads a granule for each.
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS error_lines UInt64 ALIAS lines_by_level['error'] + lines_by_level['fatal'];

ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS attempt UInt16 AFTER key;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS started_at Nullable(DateTime64(3, 'UTC')) AFTER attempt;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS finished_at Nullable(DateTime64(3, 'UTC')) AFTER started_at;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS title String AFTER finished_at;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS message String AFTER title;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS error_message String AFTER message;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS first_error_line String AFTER error_message;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS lines UInt64 AFTER first_error_line;
ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS error_lines UInt64 AFTER lines;

ALTER TABLE runs_runs_by_time {cluster} MODIFY QUERY
SELECT tenant, at, job, run, key, attempt, status, started_at, finished_at, counted_at, duration_ms, title, type, user, message,
  error_type, error_message, first_error_line, lines, error_lines, fingerprint, tags, connection, hidden,
  received_at, version, is_deleted
FROM runs;

-- Of the same version the row that was written last counts; in what order this one writes is not known, so that it may hold
-- no other than the one that counts.
INSERT INTO runs_by_time (tenant, at, job, run, key, attempt, status, started_at, finished_at, counted_at, duration_ms, title, type, user, message,
  error_type, error_message, first_error_line, lines, error_lines, fingerprint, tags, connection, hidden,
  received_at, version, is_deleted)
SELECT tenant, at, job, run, key, attempt, status, started_at, finished_at, counted_at, duration_ms, title, type, user, message,
  error_type, error_message, first_error_line, lines, error_lines, fingerprint, tags, connection, hidden,
  received_at, version, is_deleted
FROM runs FINAL
SETTINGS max_partitions_per_insert_block = 0, do_not_merge_across_partitions_select_final = 1;
