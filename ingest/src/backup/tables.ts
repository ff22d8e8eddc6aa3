import { problems } from '../errors.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { p, raw, sql } from '../storage/sql.js';

/** A table with the columns that it stores, and that it doesn't make itself. */
export interface Table {
  name: string;
  columns: Array<[name: string, type: string]>;
}

/** Copies of tables, while a backup is read out or a restore is read in, have names of their own. */
const COPY = /^copy_[0-9a-f]{8}_/;

/**
 * Every table of the schema that keeps rows. `migrations` says what the schema is, and is no part of its content.
 * @throws Coded 409 on a cluster, where each server holds but a part
 */
export async function tablesOf(db: ClickHouse): Promise<Table[]> {
  const [replicated] = await db.rows(
    sql`SELECT name FROM system.tables WHERE database = ${p.string(db.database)} AND startsWith(engine, 'Replicated') LIMIT 1`
  );
  if (replicated) {
    throw problems.conflict(
      `On a cluster each server holds but a part. Use ClickHouse's own: BACKUP DATABASE ${db.database} ON CLUSTER … TO S3(…).`
    );
  }
  const rows = await db.rows<{ name: string; columns: Array<[string, string]> }>(
    sql`SELECT table AS name, groupArray((name, type)) AS columns FROM (
        SELECT table, name, type FROM system.columns WHERE database = ${p.string(db.database)} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
          AND table IN (SELECT name FROM system.tables WHERE database = ${p.string(db.database)} AND engine LIKE '%MergeTree')
        ORDER BY table, position)
      GROUP BY table ORDER BY table`
  );
  return rows.filter(({ name }) => name !== 'migrations' && !COPY.test(name));
}

/** The schema as a backup says it. */
export async function schemaOf(db: ClickHouse): Promise<Array<[number, string]>> {
  const rows = await db.rows<{ version: number; checksum: string }>(
    raw('SELECT version, checksum FROM migrations FINAL ORDER BY version')
  );
  return rows.map(({ version, checksum }) => [version, checksum]);
}

/** Where this service copies a table to; no other service touches it. */
export const copyOf = (service: string, table: string) => `copy_${service.slice(0, 8)}_${table}`;

/** Removes copies of this service: its last backup or restore may have been cut off. */
export async function dropCopies(db: ClickHouse, service: string): Promise<void> {
  const copies = await db.rows<{ name: string }>(
    sql`SELECT name FROM system.tables WHERE database = ${p.string(db.database)} AND startsWith(name, ${p.string(copyOf(service, ''))})`
  );
  for (const { name } of copies) {
    await db.command(`DROP TABLE IF EXISTS ${name} SYNC`, ANY_SIZE);
  }
}

/** Servers refuse to drop more than 50 GB unless they are told that it is meant. */
export const ANY_SIZE = { max_table_size_to_drop: '0' } as const;
