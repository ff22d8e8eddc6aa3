-- Until when a run was there: an open one still is. Which runs a moment or a range overlaps is read off this with an index.
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS ends_at DateTime64(3, 'UTC')
  MATERIALIZED if(status IN ('pending', 'running'), toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), counted_at) CODEC(Delta, ZSTD(1));

ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_end ends_at TYPE minmax GRANULARITY 1;

ALTER TABLE runs_by_time {cluster} ADD COLUMN IF NOT EXISTS ends_at DateTime64(3, 'UTC')
  MATERIALIZED if(status IN ('pending', 'running'), toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), counted_at) CODEC(Delta, ZSTD(1));

ALTER TABLE runs_by_time {cluster} ADD INDEX IF NOT EXISTS by_end ends_at TYPE minmax GRANULARITY 1;

-- What was settled since a moment: job history replication asks for it every second.
ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_settled settled_at TYPE minmax GRANULARITY 1;

ALTER TABLE runs {cluster} MATERIALIZE INDEX by_settled;

ALTER TABLE runs {cluster} MATERIALIZE COLUMN ends_at;

ALTER TABLE runs {cluster} MATERIALIZE INDEX by_end;

ALTER TABLE runs_by_time {cluster} MATERIALIZE COLUMN ends_at;

ALTER TABLE runs_by_time {cluster} MATERIALIZE INDEX by_end;
