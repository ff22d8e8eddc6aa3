-- What one insert writes, and what is made of a few of them, is one file of all columns instead of two or more for each: files are
-- made, synced and removed again with every merge.
ALTER TABLE lines {cluster} MODIFY SETTING min_bytes_for_wide_part = 67108864;
ALTER TABLE records {cluster} MODIFY SETTING min_bytes_for_wide_part = 67108864;
ALTER TABLE events {cluster} MODIFY SETTING min_bytes_for_wide_part = 67108864;
ALTER TABLE runs {cluster} MODIFY SETTING min_bytes_for_wide_part = 67108864;
ALTER TABLE runs_by_time {cluster} MODIFY SETTING min_bytes_for_wide_part = 67108864;
