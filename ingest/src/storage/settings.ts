import type { z } from 'zod';
import type { ClickHouse } from './clickhouse.js';
import { p, sql } from './sql.js';

/** What administrators set, by name: one JSON value per tenant. */
export type SettingName = 'retention' | 'replication' | 'rules' | 'slos';

/**
 * A setting as it was last written; undefined where nobody has set it.
 * @throws ZodError where what is stored no longer fits the schema
 */
export async function readSetting<S extends z.ZodType>(
  db: ClickHouse,
  tenant: string,
  name: SettingName,
  schema: S
): Promise<z.output<S> | undefined> {
  const [row] = await db.rows<{ value: string }>(
    sql`SELECT value FROM settings FINAL WHERE tenant = ${p.string(tenant)} AND name = ${p.string(name)} AND job = ''`
  );
  return row ? schema.parse(JSON.parse(row.value)) : undefined;
}

/** Writes a setting, whole. The last one written wins, also where a clock stands behind. */
export async function writeSetting(db: ClickHouse, tenant: string, name: SettingName, value: unknown): Promise<void> {
  const [known] = await db.rows<{ version: number }>(
    sql`SELECT max(version) AS version FROM settings WHERE tenant = ${p.string(tenant)} AND name = ${p.string(name)} AND job = ''`
  );
  const version = Math.max(Date.now(), (known?.version ?? 0) + 1);
  await db.insert('settings', [{ tenant, name, job: '', value: JSON.stringify(value), version }]);
}
