import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { migrationsDir } from '../paths.js';
import type { ClickHouse } from './clickhouse.js';
import { Shards, type Cluster } from './cluster.js';
import { raw } from './sql.js';

interface Migration {
  version: number;
  name: string;
  sql: string;
}

const MIGRATIONS = `CREATE TABLE IF NOT EXISTS migrations {cluster} (version UInt32, name String, checksum String, applied_at DateTime DEFAULT now())
  ENGINE = {replicated}ReplacingMergeTree ORDER BY version`;

/**
 * Brings the database to the newest schema: plain SQL files, in order of their number, each recorded once applied.
 * Every statement can run twice, so that a service that was stopped half-way, or a second one, does no harm. On a cluster
 * the tables are made on all its servers, and stand for all shards.
 * @param begins is told of each file that a store of before is brought up to date with
 * @throws Error when a migration that was applied has changed since, or the database is newer than this release
 */
export async function migrate(db: ClickHouse, begins: (migration: string) => void = () => undefined): Promise<void> {
  const schema = new Schema(db.cluster);
  await db.createDatabase(schema.onCluster);
  await run(db, [...schema.statements(MIGRATIONS), ...schema.last()]);
  const applied = await db.rows<{ version: number; checksum: string }>(
    raw('SELECT version, checksum FROM migrations FINAL')
  );
  const known = new Map(applied.map((row) => [row.version, row.checksum]));
  const migrations = await readMigrations();
  assertNotNewer(known, migrations);
  for (const migration of migrations) {
    const checksum = createHash('sha256').update(migration.sql).digest('hex');
    const before = known.get(migration.version);
    const statements = schema.statements(migration.sql);
    if (before === undefined) {
      if (known.size > 0) {
        begins(migration.name);
      }
      await run(db, [...statements, ...schema.last()]);
      await db.insert('migrations', [{ version: migration.version, name: migration.name, checksum }]);
    } else if (before !== checksum) {
      throw new Error(`Migration ${migration.name} was changed after it had been applied. Add a new one instead.`);
    }
  }
}

async function run(db: ClickHouse, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    await db.command(statement);
  }
}

/** Every statement of the schema, as a cluster or a single server runs them. */
export async function statementsFor(cluster?: Cluster): Promise<string[]> {
  const schema = new Schema(cluster);
  const all = (await readMigrations()).flatMap((migration) => schema.statements(migration.sql));
  return [...all, ...schema.last()];
}

/** Migrations as a cluster or a single server runs them. */
class Schema {
  readonly onCluster: string;
  readonly #replicated: string;
  readonly #shards: Shards | undefined;

  constructor(cluster: Cluster | undefined) {
    this.onCluster = cluster?.hasKeeper ? `ON CLUSTER '${cluster.name}'` : '';
    this.#replicated = cluster?.hasKeeper ? 'Replicated' : '';
    this.#shards = cluster ? new Shards(cluster) : undefined;
  }

  statements(migration: string): string[] {
    const filled = migration.replaceAll('{cluster}', this.onCluster).replaceAll('{replicated}', this.#replicated);
    return statementsOf(filled).flatMap((statement) => this.#shards?.statements(statement) ?? [statement]);
  }

  /** What follows once tables were made or changed. */
  last(): string[] {
    return this.#shards?.overAll() ?? [];
  }
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

function statementsOf(sql: string): string[] {
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
