-- What a request under a key asked: another one under the same key is another request, and is stored for itself. And who
-- claims to store it, as `segment` says: claims are kept beside each other.
-- In one statement: only a column that is added by it may be added to what a table is sorted by.
ALTER TABLE idempotency {cluster} ADD COLUMN IF NOT EXISTS digest String, ADD COLUMN IF NOT EXISTS claimant String,
  MODIFY ORDER BY (tenant, key, digest, claimant);
