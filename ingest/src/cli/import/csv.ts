import { CliError, messageOf } from '../errors.js';
import { type CsvRow, csvRows } from './csv-rows.js';
import type { ImportFormat } from './formats.js';
import type { ByteSource } from './input.js';
import type { Item, Items } from './item.js';
import { type Mapping, readMapping } from './mapping.js';
import { type Mapped, rowMapper } from './row-mapper.js';

const ROWS_AT_ONCE = 500;

/** Rows of a table with a header; a mapping file says which column becomes which field of a run. */
export const csv: ImportFormat = {
  name: 'csv',
  async prepare({ mapping: file }) {
    if (!file) {
      throw new CliError('--format csv needs --mapping FILE, which says what the columns are (see docs/import.md).', 2);
    }
    const mapping = await readMapping(file);
    return (source) => readCsv(source, mapping, file);
  },
};

async function* readCsv(source: ByteSource, mapping: Mapping, mappingFile: string): Items {
  let read: ((row: CsvRow) => Mapped) | undefined;
  let items: Item[] = [];
  for await (const row of csvRows(source, mapping.delimiter)) {
    if (!read) {
      read = rowReader(row, mapping, mappingFile, source.name);
      continue;
    }
    const mapped = read(row);
    const place = { file: source.name, line: row.line };
    items.push('json' in mapped ? { kind: 'runs', json: mapped.json, place } : { place, problem: mapped.problem });
    if (items.length >= ROWS_AT_ONCE) {
      yield items;
      items = [];
    }
  }
  yield items;
}

/** The first row names the columns; what reads the others follows from it. */
function rowReader(first: CsvRow, mapping: Mapping, mappingFile: string, file: string): (row: CsvRow) => Mapped {
  if ('problem' in first) {
    throw new CliError(`${file}:${first.line}: expected the names of the columns: ${first.problem}`);
  }
  const header = first.cells.map((name) => name.trim());
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new CliError(`${file}: two columns are called ${JSON.stringify(twice)}: give each a name of its own.`);
  }
  const map = fit(mapping, header, mappingFile, file);
  return (row) => {
    if ('problem' in row) {
      return row;
    }
    if (row.cells.length !== header.length) {
      return { problem: `expected ${header.length} columns, got ${row.cells.length}` };
    }
    return map(new Map(header.map((name, index) => [name, row.cells[index] ?? ''])));
  };
}

function fit(mapping: Mapping, header: string[], mappingFile: string, file: string) {
  try {
    return rowMapper(mapping, header);
  } catch (error) {
    throw new CliError(`${mappingFile} does not fit ${file}: ${messageOf(error)}`);
  }
}
