-- One row per log line. Partitioned by the day of receipt: a late or wrong time can't break a batch into many parts.
-- `seq` is −1 where the sender gave none; such lines stand in order of arrival. The message closes the sorting key so
-- that a line sent twice with the same `seq` merges into one without storing a hash of it.
CREATE TABLE IF NOT EXISTS lines {cluster} (
  tenant LowCardinality(String),
  job LowCardinality(String),
  run String,
  attempt UInt16,
  seq Int64 CODEC(Delta, ZSTD(1)),
  arrival UInt64 CODEC(Delta, ZSTD(1)),
  time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  level LowCardinality(String),
  stream LowCardinality(String),
  message String CODEC(ZSTD(3)),
  terminated UInt8,
  raw UInt8,
  step LowCardinality(String),
  operation LowCardinality(String),
  input String CODEC(ZSTD(1)),
  output String CODEC(ZSTD(1)),
  masked UInt8,
  fields String CODEC(ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  INDEX by_time time TYPE minmax GRANULARITY 1,
  INDEX by_arrival arrival TYPE minmax GRANULARITY 1
) ENGINE = {replicated}ReplacingMergeTree
PARTITION BY toDate(received_at)
PRIMARY KEY (tenant, job, run, attempt, seq)
ORDER BY (tenant, job, run, attempt, seq, if(seq < 0, arrival, 0), stream, message)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;

-- What could not be taken, with why.
CREATE TABLE IF NOT EXISTS rejected {cluster} (
  tenant LowCardinality(String),
  source LowCardinality(String),
  segment String,
  arrival UInt64,
  reason String,
  line String CODEC(ZSTD(3)),
  received_at DateTime64(3, 'UTC')
) ENGINE = {replicated}MergeTree
PARTITION BY toDate(received_at)
ORDER BY (tenant, received_at, arrival)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Which runs a segment touched: what settlement has to do next.
CREATE TABLE IF NOT EXISTS touched {cluster} (
  tenant LowCardinality(String),
  segment String,
  job String,
  run String,
  received_at DateTime64(3, 'UTC')
) ENGINE = {replicated}MergeTree
ORDER BY segment
TTL toDateTime(received_at) + INTERVAL 2 DAY
SETTINGS non_replicated_deduplication_window = 10000;

-- Whose the bodies of a segment of raw text are: body by body, from which row on.
CREATE TABLE IF NOT EXISTS bodies {cluster} (
  segment String,
  from_row UInt64,
  last_row UInt64,
  job String,
  run String,
  attempt UInt16,
  stream String,
  -- Bytes of this stream sent before this body; −1 where the sender did not say.
  position Int64,
  -- The body did not end with a newline.
  open UInt8,
  received_at DateTime64(3, 'UTC')
) ENGINE = {replicated}MergeTree
ORDER BY (segment, from_row)
TTL toDateTime(received_at) + INTERVAL 2 DAY
SETTINGS non_replicated_deduplication_window = 10000;

-- The way in: one insert feeds the lines, the quarantine and the list of touched runs, once, under one token.
CREATE TABLE IF NOT EXISTS lines_in {cluster} (
  tenant String,
  segment String,
  job String,
  run String,
  attempt UInt16,
  seq Int64,
  arrival UInt64,
  time DateTime64(3, 'UTC'),
  level String,
  stream String,
  message String,
  terminated UInt8,
  raw UInt8,
  step String,
  operation String,
  input String,
  output String,
  masked UInt8,
  fields String,
  received_at DateTime64(3, 'UTC'),
  line String,
  reason String
) ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS lines_in_lines {cluster} TO lines AS
SELECT tenant, job, run, attempt, seq, arrival, time, level, stream, message, terminated, raw, step, operation, input,
  output, masked, fields, received_at
FROM lines_in WHERE reason = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS lines_in_rejected {cluster} TO rejected AS
SELECT tenant, 'lines' AS source, segment, arrival, reason, line, received_at FROM lines_in WHERE reason != '';

-- What a run's lines say of it, added up as they come, so that settlement need not read them again. `numbered` above
-- the number of different `seqs` means that some may have been sent twice: then, and only then, they are counted anew.
CREATE TABLE IF NOT EXISTS line_facts {cluster} (
  tenant LowCardinality(String),
  job String,
  run String,
  segment SimpleAggregateFunction(any, String),
  lines SimpleAggregateFunction(sum, UInt64),
  by_level SimpleAggregateFunction(sumMap, Map(String, UInt64)),
  first_error AggregateFunction(argMin, String, Tuple(UInt16, Int64, UInt64)),
  last_error AggregateFunction(argMax, String, Tuple(UInt16, Int64, UInt64)),
  first_time SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  numbered SimpleAggregateFunction(sum, UInt64),
  seqs AggregateFunction(groupBitmap, UInt64),
  received_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = {replicated}AggregatingMergeTree
ORDER BY (tenant, job, run)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS lines_in_facts {cluster} TO line_facts AS
SELECT tenant, job, run, any(segment) AS segment, count() AS lines,
  mapFilter((name, n) -> n > 0, map('trace', countIf(level = 'trace'), 'debug', countIf(level = 'debug'), 'info', countIf(level = 'info'),
    'warn', countIf(level = 'warn'), 'error', countIf(level = 'error'), 'fatal', countIf(level = 'fatal'),
    'unknown', countIf(level = 'unknown'))) AS by_level,
  argMinStateIf(substringUTF8(message, 1, 2000), (attempt, seq, arrival), level IN ('error', 'fatal')) AS first_error,
  argMaxStateIf(substringUTF8(message, 1, 2000), (attempt, seq, arrival), level IN ('error', 'fatal')) AS last_error,
  min(time) AS first_time, countIf(seq >= 0) AS numbered, groupBitmapStateIf(toUInt64(seq), seq >= 0) AS seqs, min(received_at) AS received_at
FROM lines_in WHERE reason = ''
GROUP BY tenant, job, run;

CREATE MATERIALIZED VIEW IF NOT EXISTS line_facts_touched {cluster} TO touched AS
SELECT tenant, segment, job, run, received_at FROM line_facts;
