import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { Coded, problems } from '../errors.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { raw } from '../storage/sql.js';
import type { Holder } from './backup.js';
import { endSchema, headSchema, LineReader, tableSchema } from './format.js';
import type { Progress } from './progress.js';
import { ANY_SIZE, copyOf, dropCopies, schemaOf, tablesOf, type Table } from './tables.js';

export interface Restored {
  tables: number;
  rows: number;
  /** When the backup was made. */
  made_at: string;
}

/** What says that a store is in use. */
const CONTENT = ['events', 'lines', 'records', 'jobs'];
const AT_ONCE = 32 * 1024 * 1024;
const LONGEST_HEAD = 1024 * 1024;
const HOLD_MS = 60_000;

/**
 * Puts a backup in place of what is there. It is read into copies of the tables first, to its end: one that is damaged,
 * cut off or of another schema changes nothing. What was accepted and waits to be stored is stored afterwards.
 * @param replace whether a store that holds something may be replaced
 * @throws Coded 409 for a store that is in use or of another schema, 400 for a file that is no whole backup
 */
export async function restore(
  { db, spool, service }: Holder,
  source: Readable,
  { replace }: { replace: boolean },
  progress: Progress
): Promise<Restored> {
  const assertMayReplace = () => (replace ? Promise.resolve() : assertEmpty(db));
  await assertMayReplace();
  await dropCopies(db, service);
  try {
    const tables = await tablesOf(db);
    const restored = await readIn({ db, spool, service }, tables, source, progress);
    const release = await spool.hold(HOLD_MS);
    try {
      await assertMayReplace();
      for (const { name } of tables) {
        await putInPlace(db, name, copyOf(service, name));
      }
    } finally {
      release();
    }
    return restored;
  } finally {
    await dropCopies(db, service).catch(() => undefined);
  }
}

async function assertEmpty(db: ClickHouse): Promise<void> {
  const counts = CONTENT.map((table) => `(SELECT count() FROM ${table})`).join(' + ');
  const [found] = await db.rows<{ n: number }>(raw(`SELECT ${counts} AS n`));
  if (found && found.n > 0) {
    throw problems.conflict(
      'This store holds data already, which a restore would replace. Start a service with an empty data folder and ' +
        '--no-demo, or say --replace.'
    );
  }
}

async function readIn(holder: Holder, tables: readonly Table[], source: Readable, progress: Progress) {
  const gunzip = source.pipe(createGunzip());
  source.once('error', (error) => gunzip.destroy(error));
  const lines = new LineReader(gunzip);
  try {
    const head = await readHead(lines, headSchema);
    await assertSchema(holder.db, head.migrations).catch(async (mismatch: unknown) => {
      // A damaged head says anything.
      await lines.skipAll();
      throw mismatch;
    });
    progress.begin(head.rows);
    for (let i = 0; i < head.tables; i++) {
      await readTable(holder, tables, lines, progress);
    }
    await readHead(lines, endSchema);
    if (!(await lines.isAtEnd()) || progress.done !== head.rows) {
      throw new Error('something stands behind its end, or between');
    }
    return { tables: head.tables, rows: head.rows, made_at: head.made_at };
  } catch (error) {
    throw error instanceof Coded ? error : problems.badRequest(wrongWith(error));
  } finally {
    source.unpipe(gunzip);
    gunzip.destroy();
  }
}

async function readHead<S extends z.ZodType>(lines: LineReader, schema: S): Promise<z.output<S>> {
  const { bytes } = await lines.take(1, LONGEST_HEAD);
  return schema.parse(JSON.parse(bytes.toString()));
}

async function readTable(
  { db, service }: Holder,
  tables: readonly Table[],
  lines: LineReader,
  progress: Progress
): Promise<void> {
  const head = await readHead(lines, tableSchema);
  const table = tables.find(({ name }) => name === head.table);
  if (!table || JSON.stringify(table.columns) !== JSON.stringify(head.columns)) {
    throw new Error(`its table ${head.table} is not this release's`);
  }
  const copy = copyOf(service, table.name);
  await db.command(`CREATE TABLE ${copy} AS ${table.name}`);
  const names = table.columns.map(([name]) => name).join(', ');
  const structure = table.columns.map(([name, type]) => `${name} ${type}`).join(', ');
  const insert = raw(
    `INSERT INTO ${copy} (${names}) SELECT ${names} FROM input('${structure.replaceAll("'", "\\'")}') FORMAT TabSeparated`
  );
  for (let left = head.rows; left > 0;) {
    const { bytes, lines: rows } = await lines.take(left, AT_ONCE);
    await db.insertSelect(insert, AS_IT_IS, Readable.from([bytes]));
    left -= rows;
    progress.add(rows);
  }
}

/** Every row as it stands there, also one like another, and whatever month it is of. */
const AS_IT_IS = {
  insert_deduplicate: 0,
  max_partitions_per_insert_block: '0',
  input_format_tsv_detect_header: 0,
  max_execution_time: 0,
} as const;

/** Settings and the audit trail outlive a restore: a token that was revoked since stays so, and who did what stays known. */
async function putInPlace(db: ClickHouse, table: string, copy: string): Promise<void> {
  if (table === 'audit') {
    await db.command(
      `INSERT INTO audit SELECT * FROM ${copy} WHERE (id, outcome) NOT IN (SELECT id, outcome FROM audit)`
    );
    return;
  }
  if (table !== 'settings') {
    await db.command(`TRUNCATE TABLE ${table}`, ANY_SIZE);
  }
  await db.command(`ALTER TABLE ${table} ATTACH PARTITION ALL FROM ${copy}`);
}

async function assertSchema(db: ClickHouse, migrations: ReadonlyArray<[number, string]>): Promise<void> {
  if (JSON.stringify(await schemaOf(db)) !== JSON.stringify(migrations)) {
    throw problems.conflict(
      'This backup was made by a release with another schema. Restore it with that release; this one then takes its data folder over.'
    );
  }
}

/** Changed bytes may still unpack to something, which ClickHouse then can't read. */
const wrongWith = (error: unknown) =>
  `This is no whole backup; nothing was changed. (${(error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300)})`;
