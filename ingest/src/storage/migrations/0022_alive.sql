-- When services took data, and up to when the schedules were judged: of time that no service was there for, nothing can be known.
CREATE TABLE IF NOT EXISTS alive {cluster} (
  service UUID,
  since DateTime64(3, 'UTC'),
  until DateTime64(3, 'UTC'),
  -- Up to here every slot was judged.
  judged DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(until)
ORDER BY (service, since)
TTL toDateTime(until) + INTERVAL 100 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
