-- The same runs in order of time, with the columns that statistics need: what happened in a day, over all jobs, stands
-- together here, and parts written one after the other hardly overlap, so that reading them merged costs next to nothing.
CREATE TABLE IF NOT EXISTS runs_by_time {cluster} (
  tenant LowCardinality(String),
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  job LowCardinality(String),
  run String,
  key UUID,
  status LowCardinality(String),
  counted_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  duration_ms Nullable(Int64),
  type LowCardinality(String),
  user LowCardinality(String),
  error_type LowCardinality(String),
  fingerprint UInt64,
  tags Map(LowCardinality(String), String),
  connection LowCardinality(String),
  hidden UInt8,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  version UInt64,
  is_deleted UInt8,
  INDEX by_counted counted_at TYPE minmax GRANULARITY 1
) ENGINE = {replicated}ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(at)
PRIMARY KEY (tenant, at)
ORDER BY (tenant, at, job, run)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS runs_runs_by_time {cluster} TO runs_by_time AS
SELECT tenant, at, job, run, key, status, counted_at, duration_ms, type, user, error_type, fingerprint, tags, connection, hidden,
  received_at, version, is_deleted
FROM runs;
