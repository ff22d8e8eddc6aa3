-- What questions look for inside a run's detail, as columns of their own: who called it, and who looks after its failure.
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS parent_job String MATERIALIZED JSONExtractString(detail, 'parent', 'job');
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS parent_run String MATERIALIZED JSONExtractString(detail, 'parent', 'run');
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS caller_job String MATERIALIZED JSONExtractString(detail, 'called_by', 'job');
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS caller_run String MATERIALIZED JSONExtractString(detail, 'called_by', 'run');
ALTER TABLE runs {cluster} ADD COLUMN IF NOT EXISTS acknowledged String
  MATERIALIZED if(position(detail, '"acknowledged":{') = 0, '', JSONExtractRaw(detail, 'acknowledged'));
ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_parent parent_run TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_caller caller_run TYPE bloom_filter(0.01) GRANULARITY 1;
