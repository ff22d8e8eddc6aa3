import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from './statement.js';

const INPUT = /\binput\s*\(\s*('(?:[^'\\]|\\.)*')\s*\)/i;
const FORMAT = /\bformat\s+(\w+)\s*$/i;

/**
 * chdb has no `input()`: it inserts nothing, and says nothing. The rows go to a file, and the statement reads that.
 * `work` gets the statement to run and, where the rows must follow it, the statement with its rows.
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
  if (structure === undefined || format === undefined) {
    return work(`${sql}\n${data.toString()}`);
  }
  const path = join(tmp, randomUUID());
  await writeFile(path, data, { mode: 0o600 });
  try {
    const source = `file(${quote(path)}, ${quote(format)}, ${structure})`;
    return await work(sql.replace(FORMAT, '').replace(INPUT, () => source));
  } finally {
    await rm(path, { force: true });
  }
}
