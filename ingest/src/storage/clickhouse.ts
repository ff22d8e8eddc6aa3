import type { Readable } from 'node:stream';
import {
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { problems, type Coded } from '../errors.js';
import { rowsOf, type Cluster } from './cluster.js';
import { bound, raw, sql, type Sql } from './sql.js';

export interface ClickHouseOptions {
  url: string;
  database: string;
  /** Seconds a read may take. */
  timeout: number;
  /** Bytes a read may hold. */
  memory: number;
  /** The cluster whose shards hold the tables; a single server has none. */
  cluster?: Cluster | undefined;
}

type TextFormat = 'JSONCompactColumns' | 'JSONCompactEachRow' | 'TabSeparatedRaw';

/** What the service asks of ClickHouse. Settings hold for the one call they are given to. */
export interface ClickHouse {
  readonly database: string;
  readonly cluster: Cluster | undefined;
  /** Rows as objects: for answers of a known, small size. */
  rows<T>(query: Sql, settings?: ClickHouseSettings): Promise<T[]>;
  /** The answer's text in a format, such as `JSONCompactColumns`. */
  text(query: Sql, format: TextFormat, signal?: AbortSignal): Promise<string>;
  /** The answer's bytes as they come. */
  stream(
    query: Sql,
    format: 'RawBLOB' | 'JSONEachRow' | 'TabSeparated',
    settings?: ClickHouseSettings
  ): Promise<Readable>;
  /** Runs a statement that gives no rows, however long it takes: a migration may write a table anew. */
  command(text: string, settings?: ClickHouseSettings): Promise<void>;
  /** Deletes a table's rows that fulfil a condition. */
  deleteFrom(table: string, where: Sql): Promise<void>;
  /** Inserts rows, each once per `token`; without a token, always. */
  insert(table: string, rows: readonly object[], token?: string): Promise<void>;
  /** Runs an INSERT … SELECT, whose rows `input()` brings where `body` is given. */
  insertSelect(query: Sql, settings: ClickHouseSettings, body?: Readable): Promise<void>;
  /** Makes the database, which no other call can do: they all name it. */
  createDatabase(onCluster: string): Promise<void>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Of every insert: it is there once it is answered, and its blocks go in as they come. Merging each on its way in costs
 * a sixth of an insert of lines; what is in it twice is found by whoever reads, as between inserts. Its indexes are made
 * with the first merge: until then a part is small enough to be read, and each index is two files more.
 */
const INSERTING: ClickHouseSettings = {
  async_insert: 0,
  optimize_on_insert: 0,
  materialize_skip_indexes_on_insert: 0,
};

/**
 * On a cluster a row is with its shard once its insert is answered, what a question asks in another is asked of all
 * shards, and of a shard's replicas it is always the same that is written to and read.
 */
const ON_CLUSTER: ClickHouseSettings = {
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  load_balancing: 'in_order',
  // The same moment is meant on every replica, near enough for what is deleted by its age.
  allow_nondeterministic_mutations: 1,
};

const LONGEST_MS = 24 * 3_600_000;

/** Opens the one way to ClickHouse: a server, or the embedded engine, which speaks the same HTTP interface. */
export function openClickHouse(options: ClickHouseOptions): ClickHouse {
  const { cluster } = options;
  const connection = {
    url: options.url,
    database: options.database,
    application: 'joblens',
    clickhouse_settings: cluster ? ON_CLUSTER : {},
    // A long list in the address is more than servers and proxies take.
    use_multipart_params_auto: true,
    max_open_connections: 12,
    request_timeout: (options.timeout + 30) * 1000,
    keep_alive: { enabled: true, idle_socket_ttl: 2000 },
    log: { level: ClickHouseLogLevel.OFF },
  };
  const client = createClient(connection);
  const patient = createClient({ ...connection, request_timeout: LONGEST_MS });
  const reading: ClickHouseSettings = {
    max_execution_time: options.timeout,
    max_memory_usage: String(options.memory),
    // Parameters count, too: the names of ten thousand jobs are more than the usual 256 KiB.
    max_query_size: String(64 * 1024 * 1024),
    output_format_json_quote_64bit_integers: 0,
    output_format_json_escape_forward_slashes: 0,
    // A column's name always means the column, also where an expression over it has the same alias.
    prefer_column_name_to_alias: 1,
    output_format_json_quote_denormals: 0,
    join_use_nulls: 0,
    do_not_merge_across_partitions_select_final: 1,
    use_skip_indexes_if_final: 1,
    date_time_output_format: 'iso',
  };
  const ask = async (
    query: Sql,
    format: 'JSONEachRow' | TextFormat,
    extra?: ClickHouseSettings,
    signal?: AbortSignal
  ) =>
    await client.query({
      ...bound(query),
      format: format as 'JSONEachRow',
      clickhouse_settings: { ...reading, ...extra },
      ...(signal ? { abort_signal: signal } : {}),
    });
  return {
    database: options.database,
    cluster,
    rows: <T>(query: Sql, settings?: ClickHouseSettings) =>
      told(async () => (await ask(query, 'JSONEachRow', settings)).json<T>()),
    text: (query, format, signal) => told(async () => (await ask(query, format, undefined, signal)).text()),
    stream: (query, format, settings) =>
      told(async () => {
        const { stream } = await client.exec({
          ...bound(sql`${query} FORMAT ${raw(format)}`),
          clickhouse_settings: { ...reading, ...settings },
        });
        return stream;
      }),
    command: (text, settings) =>
      told(async () => void (await patient.command({ query: text, ...withSettings(settings) }))),
    deleteFrom: (table, where) =>
      told(
        async () => void (await client.command(bound(sql`DELETE FROM ${raw(rowsOf(table, cluster))} WHERE ${where}`)))
      ),
    insert: (table, rows, token) =>
      told(async () => {
        if (rows.length > 0) {
          // Rows without their columns' names: half the bytes of a wide table.
          const columns = columnsOf(rows);
          await client.insert({
            table,
            columns: columns as [string, ...string[]],
            values: rows.map((row) => columns.map((name) => (row as Record<string, unknown>)[name])),
            format: 'JSONCompactEachRow',
            clickhouse_settings: {
              ...INSERTING,
              date_time_input_format: 'best_effort',
              // Half a surrogate pair is kept as it can be: it is one field's, and must not keep all rows out.
              input_format_json_throw_on_bad_escape_sequence: 0,
              max_partitions_per_insert_block: '0',
              ...(token === undefined ? { insert_deduplicate: 0 } : { insert_deduplication_token: token }),
            },
          });
        }
      }),
    insertSelect: (query, settings, body) => told(() => insertSelect(client, query, settings, body)),
    createDatabase: (onCluster) =>
      told(async () => {
        const bare = createClient({ url: options.url, database: 'default', log: { level: ClickHouseLogLevel.OFF } });
        try {
          await bare.command({ query: `CREATE DATABASE IF NOT EXISTS ${options.database} ${onCluster}` });
        } finally {
          await bare.close();
        }
      }),
    ping: async () => (await client.ping()).success,
    close: async () => void (await Promise.all([client.close(), patient.close()])),
  };
}

/** The names of all rows' fields. Most rows have the same as the first. */
function columnsOf(rows: readonly object[]): string[] {
  const names = new Set(Object.keys(rows[0] ?? {}));
  const isSame = (row: object) => {
    const keys = Object.keys(row);
    return keys.length === names.size && keys.every((key) => names.has(key));
  };
  rows.filter((row) => !isSame(row)).forEach((row) => Object.keys(row).forEach((key) => names.add(key)));
  return [...names];
}

function withSettings(settings: ClickHouseSettings | undefined) {
  return settings ? { clickhouse_settings: settings } : {};
}

async function insertSelect(
  client: ClickHouseClient,
  query: Sql,
  settings: ClickHouseSettings,
  body: Readable | undefined
): Promise<void> {
  const call = {
    ...bound(query),
    clickhouse_settings: { ...INSERTING, ...settings },
  };
  if (body === undefined) {
    await client.command(call);
    return;
  }
  const { stream } = await client.exec({ ...call, values: body });
  stream.resume();
  await new Promise((resolve, reject) => stream.once('close', resolve).once('error', reject));
}

/** ClickHouse's exception codes that people can do something about. */
const TIMED_OUT = new Set(['159', '160', '209']);
const OUT_OF_MEMORY = new Set(['241']);
const BAD_REGEXP = new Set(['427', '421', '36']);

/** ClickHouse's codes for data that it can't read, however often it tries: its file is gone, or it does not parse. */
const BAD_DATA = new Set(['6', '27', '33', '41', '53', '69', '70', '72', '107', '117', '128', '131', '349']);

/** Whether it is the data that ClickHouse could not do with: trying again can't help. */
export function isBadData(error: unknown): error is ClickHouseError {
  return error instanceof ClickHouseError && BAD_DATA.has(error.code);
}

/** Says what a failure of ClickHouse means, so that nobody has to read an exception's text to find out. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): Coded | unknown {
  if (!(error instanceof ClickHouseError)) {
    return isNetworkError(error) ? problems.storageAway(error) : error;
  }
  if (TIMED_OUT.has(error.code)) {
    return problems.queryTimedOut(error);
  }
  if (OUT_OF_MEMORY.has(error.code)) {
    return problems.queryTooLarge(error);
  }
  if (BAD_REGEXP.has(error.code) && /regexp|pattern|re2/i.test(error.message)) {
    return problems.badRegexp(error);
  }
  return error;
}

function isNetworkError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)/.test(code) ||
    (error instanceof Error && /socket hang up|Timeout error/i.test(error.message))
  );
}
