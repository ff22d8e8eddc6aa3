-- What a request under a key asked: another one under the same key is another request, and is stored for itself.
ALTER TABLE idempotency {cluster} ADD COLUMN IF NOT EXISTS digest String;

ALTER TABLE idempotency {cluster} MODIFY ORDER BY (tenant, key, digest);
