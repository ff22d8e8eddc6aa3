-- What a segment touched is kept from when it was stored, not from when it was received: one that waited in the spool for
-- longer than that lost its runs and its raw text.
ALTER TABLE touched {cluster} ADD COLUMN IF NOT EXISTS stored_at DateTime DEFAULT now();

ALTER TABLE touched {cluster} MODIFY TTL stored_at + INTERVAL 30 DAY;

ALTER TABLE bodies {cluster} ADD COLUMN IF NOT EXISTS stored_at DateTime DEFAULT now();

ALTER TABLE bodies {cluster} MODIFY TTL stored_at + INTERVAL 2 DAY;
