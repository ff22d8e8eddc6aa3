-- Where the newest file of every run was written, and of which state of it. What is not here is still to be written.
CREATE TABLE IF NOT EXISTS replicas {cluster} (
  tenant LowCardinality(String),
  job String,
  run String,
  -- Version and time of settlement of the row of `runs` that was written.
  version UInt64,
  settled_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  -- Endpoint and bucket; the object's key, empty where there is none.
  place LowCardinality(String),
  key String,
  bytes UInt64,
  -- Why this run can't be written, however often it is tried.
  problem String,
  written_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  INDEX by_written written_at TYPE minmax GRANULARITY 1
) ENGINE = {replicated}ReplacingMergeTree(written_at)
ORDER BY (tenant, job, run)
TTL toDateTime(written_at) + INTERVAL 800 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- How far each tenant's runs were looked through, who does it, and what keeps them from it.
CREATE TABLE IF NOT EXISTS replication_state {cluster} (
  tenant LowCardinality(String),
  -- Every run settled before this was written, or needs not be.
  position DateTime64(3, 'UTC'),
  holder String,
  held_until DateTime64(3, 'UTC'),
  problem String,
  problem_since DateTime64(3, 'UTC'),
  attempts UInt32,
  next_try DateTime64(3, 'UTC'),
  version UInt64
) ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY tenant
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Time ranges that are written once more, on demand, and how far each has come.
CREATE TABLE IF NOT EXISTS replication_backfills {cluster} (
  tenant LowCardinality(String),
  id UUID,
  from_at DateTime64(3, 'UTC'),
  to_at DateTime64(3, 'UTC'),
  job String,
  requested_at DateTime64(3, 'UTC'),
  requested_by String,
  total UInt64,
  written UInt64,
  after_at DateTime64(3, 'UTC'),
  after_job String,
  after_run String,
  done UInt8,
  version UInt64
) ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (tenant, id)
TTL toDateTime(requested_at) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Runs are looked for by when they were settled; what was merged long ago is not read for it.
ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_settled settled_at TYPE minmax GRANULARITY 1;
