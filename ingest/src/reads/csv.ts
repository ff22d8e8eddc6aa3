/** What spreadsheets take for the beginning of a formula, white space before it or not. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A cell that no spreadsheet runs: an apostrophe stands before what looks like a formula; plain numbers stay. */
function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of a CSV file by RFC 4180. */
export const csvLine = (cells: readonly string[]) => `${cells.map(cell).join(',')}\r\n`;
