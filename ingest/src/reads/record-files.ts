import { csvLine } from './csv.js';
import type { RecordRow } from './records.js';

const iso = (ms: number) => new Date(ms).toISOString();

/** Records as a CSV file, with a line of headings. */
export async function* recordsAsCsv(pages: AsyncIterable<readonly RecordRow[]>): AsyncGenerator<string> {
  yield csvLine(['phase', 'outcome', 'key', 'message', 'data', 'received_at']);
  for await (const rows of pages) {
    yield rows
      .map(({ phase, outcome, key, message, data, received }) =>
        csvLine([phase, outcome, key, message, data, iso(received)])
      )
      .join('');
  }
}

/** Records as JSON, one a line. */
export async function* recordsAsNdjson(pages: AsyncIterable<readonly RecordRow[]>): AsyncGenerator<string> {
  for await (const rows of pages) {
    yield rows
      .map(({ phase, outcome, key, message, data, received }) => {
        const start = JSON.stringify({ phase, outcome, key, message }).slice(0, -1);
        return `${start},"data":${asJson(data)},"received_at":"${iso(received)}"}\n`;
      })
      .join('');
  }
}

/** Data passes as the text that it is, so that no digit of a long number is lost. */
function asJson(data: string): string {
  try {
    JSON.parse(data);
    return data;
  } catch {
    return data === '' ? 'null' : JSON.stringify(data);
  }
}
