import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from './statement.js';

const INPUT = /\binput\s*\(\s*('(?:[^'\\]|\\.)*')\s*\)/i;
const FORMAT = /\bformat\s+(\w+)\s*$/i;
const PLAIN_INSERT = /^\s*insert\s+into\s+[^\s(]+\s*(?:\([^()]*\)\s*)?format\s+\w+\s*$/i;
/** Rows of more bytes than this cost less by way of a file than inside of the statement. */
const MANY = 256 * 1024;

/**
 * chdb has no `input()`: it inserts nothing, and says nothing. The rows go to a file, and the statement reads that; so
 * do many rows of a plain INSERT. `work` gets the statement to run, with its rows where they must follow it.
 */
export async function withRows<T>(
  sql: string,
  data: Buffer | undefined,
  tmp: string,
  work: (sql: string) => Promise<T>
): Promise<T> {
  const structure = INPUT.exec(sql)?.[1];
  const format = FORMAT.exec(sql)?.[1];
  if (data === undefined) {
    return work(sql);
  }
  const isInput = structure !== undefined && format !== undefined;
  if (!isInput && (data.length < MANY || !PLAIN_INSERT.test(sql))) {
    return work(`${sql}\n${data.toString()}`);
  }
  const path = join(tmp, randomUUID());
  await writeFile(path, data, { mode: 0o600 });
  try {
    return await work(
      isInput
        ? sql.replace(FORMAT, '').replace(INPUT, () => `file(${quote(path)}, ${quote(format)}, ${structure})`)
        : sql.replace(FORMAT, (form) => `FROM INFILE ${quote(path)} ${form}`)
    );
  } finally {
    await rm(path, { force: true });
  }
}
