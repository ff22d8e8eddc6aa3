-- When each failure was first seen at all, also past the retention of its runs.
CREATE TABLE IF NOT EXISTS fingerprints {cluster} (
  tenant LowCardinality(String),
  fingerprint UInt64,
  first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = {replicated}AggregatingMergeTree
ORDER BY (tenant, fingerprint);

CREATE MATERIALIZED VIEW IF NOT EXISTS runs_fingerprints {cluster} TO fingerprints AS
SELECT tenant, fingerprint, min(counted_at) AS first_seen FROM runs
WHERE status IN ('failed', 'timed_out') AND fingerprint != 0 AND hidden = 0 AND is_deleted = 0 GROUP BY tenant, fingerprint;

INSERT INTO fingerprints SELECT tenant, fingerprint, min(counted_at) FROM runs
WHERE status IN ('failed', 'timed_out') AND fingerprint != 0 AND hidden = 0 AND is_deleted = 0 GROUP BY tenant, fingerprint;
