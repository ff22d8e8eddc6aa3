import { z } from '@hono/zod-openapi';
import { answerJson } from '../http/answer-json.js';
import type { AppContext, Services } from '../http/context.js';
import { answerInPieces } from '../http/stream.js';
import { OUTCOMES, PHASES } from '../model/words.js';
import type { RunPlace } from '../query/run-id.js';
import { ofRun } from '../reads/lines.js';
import { recordsAsCsv, recordsAsNdjson } from '../reads/record-files.js';
import { allRecords, readRecords, type RecordsFilter } from '../reads/records.js';
import { limitField, readQuery } from './route.js';

export const recordsQuery = z.object({
  phase: z.enum(PHASES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  q: z.string().max(1000).optional().describe('words looked for in key, message and data'),
  limit: limitField(100, 10_000),
  cursor: z.string().max(4096).optional(),
  format: z.enum(['json', 'csv', 'ndjson']).optional().describe('csv and ndjson: a file of all that match'),
});

/** The files that a run's records can be had as. */
const FILES = {
  csv: { type: 'text/csv; charset=utf-8', write: recordsAsCsv },
  ndjson: { type: 'application/x-ndjson', write: recordsAsNdjson },
} as const;

/** A page of a run's records, or a file of all that match: by `?format=`, else by what the client accepts. */
export async function answerRecords(c: AppContext, { db }: Services, place: RunPlace): Promise<Response> {
  const { q: search, format = acceptedFormat(c), phase, outcome, ...page } = readQuery(c, recordsQuery);
  const those = ofRun(c.get('caller').tenant, place.job, place.run);
  const filter: RecordsFilter = { phase, outcome, search };
  if (format === 'json') {
    return answerJson(c, await readRecords(db, those, { ...filter, ...page }));
  }
  const { type, write } = FILES[format];
  const name = ['records', place.job, place.run, phase, outcome].filter((part) => part).join('-');
  c.header('content-type', type);
  c.header('content-disposition', attachment(`${name}.${format}`));
  return answerInPieces(c, write(allRecords(db, those, filter)));
}

function acceptedFormat(c: AppContext): 'json' | keyof typeof FILES {
  const accept = c.req.header('accept') ?? '';
  return /\btext\/csv\b/.test(accept) ? 'csv' : /\bapplication\/(x-)?ndjson\b/.test(accept) ? 'ndjson' : 'json';
}

/** A file's name for browsers old and new: whatever a path could be made of becomes `_`. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name.replaceAll(/[/\\:*?"<>|]/g, '_').toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
