-- What the services say to each other of what they hold: up to when all that each accepted is stored, when it said so
-- last, and whether it has stopped with nothing left to store.
ALTER TABLE alive {cluster} ADD COLUMN IF NOT EXISTS stored DateTime64(3, 'UTC') DEFAULT until;
ALTER TABLE alive {cluster} ADD COLUMN IF NOT EXISTS seen DateTime64(3, 'UTC') DEFAULT until;
ALTER TABLE alive {cluster} ADD COLUMN IF NOT EXISTS stopped UInt8;
