-- The words of a log line, so that a search reads the lines that hold them and no others. Digits are left out: every
-- number would be a word of its own, and the index larger than the lines (17 bytes each instead of 1.4).
ALTER TABLE lines {cluster} ADD INDEX IF NOT EXISTS words translate(lower(message), '0123456789', '          ') TYPE text(tokenizer = splitByNonAlpha);

ALTER TABLE lines {cluster} MATERIALIZE INDEX words;
