export type CsvValue = string | number | boolean | null | undefined;

export interface CsvColumn<T> {
  name: string;
  value(row: T): CsvValue;
}

/** A table as CSV (RFC 4180), numbers as they are, with the mark by which spreadsheets know UTF-8. */
export function toCsv<T>(rows: readonly T[], columns: ReadonlyArray<CsvColumn<T>>): Blob {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  const text = lines.map((cells) => cells.map(toCell).join(',')).join('\r\n');
  return new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv;charset=utf-8' });
}

function toCell(value: CsvValue): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value !== 'string') {
    return String(value);
  }
  // A text that begins like a formula would be run by a spreadsheet; whoever names jobs must not write formulas.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
