-- The way in for run events: they were checked before they were answered, so there is nothing to set aside.
CREATE TABLE IF NOT EXISTS events_in {cluster} (
  tenant String,
  segment String,
  job String,
  run String,
  attempt UInt16,
  rank UInt8,
  time DateTime64(3, 'UTC'),
  hash UInt64,
  body String,
  received_at DateTime64(3, 'UTC')
) ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_in_events {cluster} TO events AS
SELECT tenant, job, run, attempt, rank, time, hash, body, received_at FROM events_in;

CREATE MATERIALIZED VIEW IF NOT EXISTS events_in_touched {cluster} TO touched AS
SELECT tenant, segment, job, run, min(received_at) AS received_at FROM events_in GROUP BY tenant, segment, job, run;

-- Requests that carried an Idempotency-Key, remembered for a day.
CREATE TABLE IF NOT EXISTS idempotency {cluster} (
  tenant LowCardinality(String),
  key String,
  segment String,
  answer String,
  at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree
ORDER BY (tenant, key)
TTL toDateTime(at) + INTERVAL 1 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1;

-- What administrators set, per tenant and, where `job` says so, per job.
CREATE TABLE IF NOT EXISTS settings {cluster} (
  tenant LowCardinality(String),
  name LowCardinality(String),
  job String,
  value String,
  version UInt64
) ENGINE = {replicated}ReplacingMergeTree(version)
ORDER BY (tenant, name, job)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
