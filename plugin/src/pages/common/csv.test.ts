import { describe, expect, it } from 'vitest';
import { toCsv, type CsvValue } from './csv';

async function csv(...rows: CsvValue[][]): Promise<string> {
  const columns = [0, 1].map((index) => ({ name: `c${index}`, value: (row: CsvValue[]) => row[index] }));
  // jsdom's Blob can't be read as text.
  const reader = new FileReader();
  const text = new Promise<string>((resolve) => (reader.onload = () => resolve(String(reader.result))));
  reader.readAsText(toCsv(rows, columns));
  return text;
}

describe('CSV', () => {
  it('has a line for the names and one for each row', async () => {
    expect(await csv(['a', 1.5], [null, -2], [undefined, true])).toBe('c0,c1\r\na,1.5\r\n,-2\r\n,true\r\n');
  });

  it('quotes what would end a cell', async () => {
    expect(await csv(['a,b', 'say "no"\nor yes'])).toBe('c0,c1\r\n"a,b","say ""no""\nor yes"\r\n');
  });

  it('defuses formulas, but no numbers', async () => {
    expect(await csv(['=HYPERLINK("http://x")', '@sum'], ['-1+2', -1])).toBe(
      `c0,c1\r\n"'=HYPERLINK(""http://x"")",'@sum\r\n'-1+2,-1\r\n`
    );
  });
});
