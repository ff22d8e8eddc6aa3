-- Few runs were ever acknowledged: what holds none of them is not read.
ALTER TABLE runs {cluster} ADD INDEX IF NOT EXISTS by_acknowledged acknowledged TYPE set(2) GRANULARITY 1;
