-- Who changed what. Rows are only ever added; nothing in Joblens updates, deletes or expires them.
CREATE TABLE IF NOT EXISTS audit {cluster} (
  tenant LowCardinality(String),
  id UUID,
  at DateTime64(3, 'UTC'),
  -- The token that was used, and the person it was used for where Grafana told.
  token String,
  user String,
  role LowCardinality(String),
  action LowCardinality(String),
  job String,
  run String,
  -- `begun` stands before the change, `done` or `failed` after it: a crash in between shows.
  outcome LowCardinality(String),
  -- What was and what was asked for, as JSON.
  before String CODEC(ZSTD(3)),
  after String CODEC(ZSTD(3)),
  error String
) ENGINE = {replicated}MergeTree
ORDER BY (tenant, at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
