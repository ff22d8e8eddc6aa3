import { createGzip, constants } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';
import { problems } from '../errors.js';
import type { Spool } from '../spool/spool.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { raw } from '../storage/sql.js';
import { countLines, toLine, type TableHead } from './format.js';
import type { Progress } from './progress.js';
import { copyOf, dropCopies, schemaOf, tablesOf } from './tables.js';

/** What a backup or restore works with; `service` is its id, for the names of its copies. */
export interface Holder {
  db: ClickHouse;
  spool: Spool;
  service: string;
}

/** Accepted data may have to wait for ClickHouse; a backup waits with it. */
const FLUSH_MS = 600_000;

/**
 * Writes everything that was accepted before this call, as of one moment. For that moment, some hundredths of a second,
 * nothing is stored; the copies that it makes share the tables' files, so they cost nothing, and are read out at leisure.
 * @throws Coded 503 where what was accepted could not be stored; then nothing was written
 */
export async function backUp({ db, spool, service }: Holder, out: () => Writable, progress: Progress): Promise<void> {
  if (!(await spool.flush(FLUSH_MS))) {
    throw problems.busy('Accepted data still waits to be stored, so that a backup would lack it. Is ClickHouse there?');
  }
  await dropCopies(db, service);
  try {
    const tables = await copyTables({ db, spool, service });
    const total = tables.reduce((sum, table) => sum + table.rows, 0);
    progress.begin(total);
    const head = {
      joblens_backup: 1 as const,
      made_at: new Date().toISOString(),
      migrations: await schemaOf(db),
      tables: tables.length,
      rows: total,
    };
    const content = async function* () {
      yield toLine(head);
      for (const table of tables) {
        yield toLine(table);
        yield* rowsOf(db, service, table, progress);
      }
      yield toLine({ end: true });
    };
    await pipeline(Readable.from(content()), createGzip({ level: constants.Z_BEST_SPEED }), out());
  } finally {
    await dropCopies(db, service).catch(() => undefined);
  }
}

async function copyTables({ db, spool, service }: Holder): Promise<TableHead[]> {
  const tables = await tablesOf(db);
  const release = await spool.hold(FLUSH_MS);
  try {
    for (const { name } of tables) {
      await db.command(`CREATE TABLE ${copyOf(service, name)} CLONE AS ${name}`);
    }
  } finally {
    release();
  }
  return Promise.all(
    tables.map(async ({ name, columns }) => {
      const [counted] = await db.rows<{ rows: number }>(raw(`SELECT count() AS rows FROM ${copyOf(service, name)}`));
      return { table: name, columns, rows: counted?.rows ?? 0 };
    })
  );
}

async function* rowsOf(db: ClickHouse, service: string, table: TableHead, progress: Progress): AsyncGenerator<Buffer> {
  const columns = table.columns.map(([name]) => name).join(', ');
  const stream = await db.stream(raw(`SELECT ${columns} FROM ${copyOf(service, table.table)}`), 'TabSeparated', {
    date_time_output_format: 'simple',
    max_execution_time: 0,
  });
  let rows = 0;
  for await (const piece of stream) {
    const lines = countLines(piece as Buffer);
    rows += lines;
    progress.add(lines);
    yield piece as Buffer;
  }
  // ClickHouse may say in the middle of an answer that it can't go on.
  if (rows !== table.rows) {
    throw new Error(`Of the ${table.rows} rows of ${table.table} only ${rows} could be read.`);
  }
}
