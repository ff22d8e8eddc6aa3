import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { migrationsDir } from '../paths.js';
import type { ClickHouse } from './clickhouse.js';
import { raw } from './sql.js';

interface Migration {
  version: number;
  name: string;
  sql: string;
}

/**
 * Brings the database to the newest schema: plain SQL files, in order of their number, each recorded once applied.
 * Every statement can run twice, so that a service that was stopped half-way, or a second one, does no harm.
 * @param cluster a cluster's name makes replicated tables on all its nodes
 * @throws Error when a migration that was applied has changed since, or the database is newer than this release
 */
export async function migrate(db: ClickHouse, cluster?: string): Promise<void> {
  const { onCluster, fill } = forCluster(cluster);
  await db.createDatabase(onCluster);
  await db.command(
    fill(`CREATE TABLE IF NOT EXISTS migrations {cluster} (version UInt32, name String, checksum String, applied_at DateTime DEFAULT now())
     ENGINE = {replicated}ReplacingMergeTree ORDER BY version`)
  );
  const applied = await db.rows<{ version: number; checksum: string }>(
    raw('SELECT version, checksum FROM migrations FINAL')
  );
  const known = new Map(applied.map((row) => [row.version, row.checksum]));
  const migrations = await readMigrations();
  assertNotNewer(known, migrations);
  for (const migration of migrations) {
    const checksum = createHash('sha256').update(migration.sql).digest('hex');
    const before = known.get(migration.version);
    if (before === undefined) {
      for (const statement of statements(fill(migration.sql))) {
        await db.command(statement);
      }
      await db.insert('migrations', [{ version: migration.version, name: migration.name, checksum }]);
    } else if (before !== checksum) {
      throw new Error(`Migration ${migration.name} was changed after it had been applied. Add a new one instead.`);
    }
  }
}

/** Every statement of the schema, filled in for a cluster or for a single server. */
export async function statementsFor(cluster?: string): Promise<string[]> {
  const { fill } = forCluster(cluster);
  return (await readMigrations()).flatMap((migration) => statements(fill(migration.sql)));
}

function forCluster(cluster: string | undefined) {
  const onCluster = cluster ? `ON CLUSTER '${cluster}'` : '';
  const replicated = cluster ? 'Replicated' : '';
  return {
    onCluster,
    fill: (sql: string) => sql.replaceAll('{cluster}', onCluster).replaceAll('{replicated}', replicated),
  };
}

function assertNotNewer(known: Map<number, string>, migrations: readonly Migration[]): void {
  const newest = Math.max(0, ...migrations.map((migration) => migration.version));
  const unknown = [...known.keys()].filter((version) => version > newest);
  if (unknown.length > 0) {
    throw new Error(
      `The database was written by a newer release of Joblens (migration ${unknown.join(', ')}). Run that release.`
    );
  }
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsDir)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: await readFile(join(migrationsDir, name), 'utf8'),
    }))
  );
}

function statements(sql: string): string[] {
  const all = sql
    .replaceAll(/^\s*--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return all.reduce<string[]>(alteredTogether, []);
}

const ALTER = /^(ALTER TABLE \w+(?: ON CLUSTER '[^']*')?) +(.*)$/s;

/** Changes of one table that follow each other are one statement: each costs an empty store 10 ms of its start. */
function alteredTogether(before: string[], statement: string): string[] {
  const [last = '', next] = [before.at(-1), ALTER.exec(statement)];
  const known = ALTER.exec(last);
  const isRewriting = (change = '') => change.startsWith('MATERIALIZE');
  return next && known && known[1] === next[1] && isRewriting(known[2]) === isRewriting(next[2])
    ? [...before.slice(0, -1), `${last}, ${next[2]}`]
    : [...before, statement];
}
