/** A ClickHouse cluster that holds the tables, and the database that they are in. */
export interface Cluster {
  name: string;
  database: string;
  /** Its servers have a Keeper: statements run on all of them, and tables have replicas. */
  hasKeeper: boolean;
}

const TABLE = /^CREATE TABLE IF NOT EXISTS (\w+)/;
/** Where a statement of the schema names a table, of those that are made or changed on each shard. */
const NAMED = /\b(CREATE TABLE IF NOT EXISTS|ALTER TABLE|TO|FROM) (\w+)/g;

/**
 * The schema's statements as a cluster of several shards runs them. Every table becomes two: its rows stand in one with
 * `_local` behind its name, on each shard, and its name means all shards. Views stay within their shard.
 */
export class Shards {
  readonly #cluster: Cluster;
  /** Tables so far, each with what decides on which shard a row is. */
  readonly #keys = new Map<string, string>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** What one statement becomes; the placeholders of `migrations/*.sql` are filled in. */
  statements(statement: string): string[] {
    const name = TABLE.exec(statement)?.[1];
    if (name !== undefined) {
      this.#keys.set(name, shardingKey(statement));
    }
    if (statement.startsWith('INSERT')) {
      return [...this.overAll(), statement];
    }
    return [
      statement.replaceAll(NAMED, (text, before: string, table: string) =>
        this.#keys.has(table) ? `${before} ${local(table)}` : text
      ),
    ];
  }

  /** Makes every table over all shards anew, with the columns that it has by now: it holds nothing itself. */
  overAll(): string[] {
    const { name, database, hasKeeper } = this.#cluster;
    const onCluster = hasKeeper ? `ON CLUSTER '${name}' ` : '';
    return [...this.#keys].map(
      ([table, key]) =>
        `CREATE OR REPLACE TABLE ${table} ${onCluster}AS ${local(table)} ENGINE = Distributed('${name}', '${database}', '${local(table)}', ${key})`
    );
  }
}

const local = (table: string) => `${table}_local`;

/** All of a run is on one shard; what belongs to none is spread by what tells its rows apart. */
function shardingKey(create: string): string {
  const hasColumn = (name: string) => new RegExp(`[(,]\\s*${name} `).test(create);
  return ['tenant', 'job', 'run'].every(hasColumn)
    ? 'cityHash64(tenant, job, run)'
    : `cityHash64(${/ORDER BY \(?([\w, ]+)/.exec(create)?.[1]?.trim() ?? ''})`;
}

/** How a table's rows are named where they are deleted, on all servers. */
export const rowsOf = (table: string, cluster: Cluster | undefined) =>
  cluster ? `${local(table)}${cluster.hasKeeper ? ` ON CLUSTER '${cluster.name}'` : ''}` : table;
