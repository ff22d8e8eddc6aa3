import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { ByteSource } from './input.js';
import { NO_UTF8 } from './issues.js';

const LONGEST_ROW = 16 * 1024 * 1024;

/** One row as it stands in the file, or why it could not be read; `line` is where it begins. */
export type CsvRow = { line: number; cells: string[] } | { line: number; problem: string };

/** The rows of a CSV file, in their order, without empty lines. A broken row does not end the file. */
export async function* csvRows(source: ByteSource, delimiter: string): AsyncGenerator<CsvRow> {
  const broken: CsvRow[] = [];
  const parser = parse({
    delimiter,
    // Cells come as bytes: as text they would hide which of them are no UTF-8.
    encoding: null,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    skip_records_with_error: true,
    on_skip: (error) => void (error && broken.push(brokenRow(error))),
  });
  // Errors of either end reach the reader of the parser.
  pipeline(Readable.from(source.bytes()), parser, () => undefined);
  for await (const { record, info } of parser) {
    const raw: RawCell[] = record;
    const cells = raw.map(String);
    const line = info.lines - newlines(cells);
    // The parser reads ahead: it may know of broken rows that stand further down.
    while (broken[0] && broken[0].line < line) {
      yield* broken.splice(0, 1);
    }
    yield raw.every(isWhole) ? { line, cells } : { line, problem: NO_UTF8 };
  }
  yield* broken.splice(0);
}

/** Behind a byte-order mark the parser decodes by itself. */
type RawCell = Buffer | string;
const isWhole = (cell: RawCell) => (typeof cell === 'string' ? !cell.includes('\ufffd') : isUtf8(cell));

function brokenRow(error: CsvError): CsvRow {
  return { line: typeof error['lines'] === 'number' ? error['lines'] : 0, problem: error.message };
}

function newlines(cells: string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\n|\r(?!\n)/g)?.length ?? 0), 0);
}
