-- What was reported of every run, event by event. A run's state is always made anew from these.
CREATE TABLE IF NOT EXISTS events {cluster} (
  tenant LowCardinality(String),
  job String,
  run String,
  attempt UInt16,
  rank UInt8,
  time DateTime64(3, 'UTC'),
  hash UInt64,
  body String CODEC(ZSTD(3)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
) ENGINE = {replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (tenant, job, run, attempt, rank, time, hash)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- The merged current state of every run, written by settlement; `version` grows with what is known.
CREATE TABLE IF NOT EXISTS runs {cluster} (
  tenant LowCardinality(String),
  job String,
  run String,
  key UUID,
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  attempt UInt16,
  status LowCardinality(String),
  status_text String,
  queued_at Nullable(DateTime64(3, 'UTC')),
  started_at Nullable(DateTime64(3, 'UTC')),
  finished_at Nullable(DateTime64(3, 'UTC')),
  duration_ms Nullable(Int64),
  -- When the run counts: finished_at, else its newest event, for final ones; its own time for open ones.
  counted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  title String,
  type LowCardinality(String),
  user LowCardinality(String),
  message String,
  error_type LowCardinality(String),
  error_message String,
  fingerprint UInt64,
  tags Map(LowCardinality(String), String),
  connection LowCardinality(String),
  lines UInt64,
  lines_by_level Map(LowCardinality(String), UInt64),
  first_error_line String,
  last_error_line String,
  records Map(LowCardinality(String), UInt64),
  hidden UInt8,
  -- Everything else as JSON: the merged run with its steps and attempts.
  detail String CODEC(ZSTD(3)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  settled_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  version UInt64,
  is_deleted UInt8,
  INDEX by_run run TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_key key TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_counted counted_at TYPE minmax GRANULARITY 1,
  INDEX by_finished finished_at TYPE minmax GRANULARITY 1
) ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(at)
ORDER BY (tenant, job, at, run)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- The config of every job, newest version first to be read.
CREATE TABLE IF NOT EXISTS jobs {cluster} (
  tenant LowCardinality(String),
  job String,
  type LowCardinality(String),
  owner LowCardinality(String),
  config String CODEC(ZSTD(3)),
  created_at DateTime64(3, 'UTC'),
  version UInt64,
  is_deleted UInt8
) ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
ORDER BY (tenant, job)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Where in `runs` a run stands: its time is part of the key there, and changes when an earlier start becomes known.
CREATE TABLE IF NOT EXISTS places {cluster} (
  tenant LowCardinality(String),
  job String,
  run String,
  at DateTime64(3, 'UTC'),
  version UInt64
) ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (tenant, job, run)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS runs_places {cluster} TO places AS
SELECT tenant, job, run, at, version FROM runs WHERE is_deleted = 0;
