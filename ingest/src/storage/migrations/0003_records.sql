-- One row per item that a run handled; the newest wins.
CREATE TABLE IF NOT EXISTS records {cluster} (
  tenant LowCardinality(String),
  job LowCardinality(String),
  run String,
  phase LowCardinality(String),
  outcome LowCardinality(String),
  key String,
  message String CODEC(ZSTD(1)),
  data String CODEC(ZSTD(3)),
  arrival UInt64 CODEC(Delta, ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
) ENGINE = {replicated}ReplacingMergeTree(arrival)
PARTITION BY toYYYYMM(received_at)
ORDER BY (tenant, job, run, phase, key)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS records_in {cluster} (
  tenant String,
  segment String,
  job String,
  run String,
  phase String,
  outcome String,
  key String,
  message String,
  data String,
  arrival UInt64,
  received_at DateTime64(3, 'UTC'),
  line String,
  reason String
) ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS records_in_records {cluster} TO records AS
SELECT tenant, job, run, phase, outcome, key, message, data, arrival, received_at FROM records_in WHERE reason = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS records_in_rejected {cluster} TO rejected AS
SELECT tenant, 'records' AS source, segment, arrival, reason, line, received_at FROM records_in WHERE reason != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS records_in_touched {cluster} TO touched AS
SELECT tenant, segment, job, run, min(received_at) AS received_at FROM records_in WHERE reason = ''
GROUP BY tenant, segment, job, run;
