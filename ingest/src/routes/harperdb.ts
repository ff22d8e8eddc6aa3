import { z } from '@hono/zod-openapi';
import { problems, type Coded } from '../errors.js';
import { answerJson } from '../http/answer-json.js';
import type { AppContext, Services } from '../http/context.js';
import { Inflight, readBody } from '../http/body.js';
import { answerInPieces } from '../http/stream.js';
import { parseJson, stringifyJson, toNumber, toWritten } from '../model/json.js';
import { readWholeBetween, readWholeById, type WholeRun } from '../reads/whole.js';
import { toHarperdbRow } from '../systems/harperdb.js';
import { readHarperdbDate } from '../systems/harperdb-time.js';
import type { Route } from './route.js';

const operationSchema = z.looseObject({
  operation: z.enum(['get_job', 'search_jobs_by_start_date']),
  id: z.string().optional(),
  from_date: z.union([z.string(), z.number()]).optional().describe('an ISO 8601 date, or epoch milliseconds; included'),
  to_date: z.union([z.string(), z.number()]).optional().describe('likewise; a day without a time is all of that day'),
});
type Operation = Record<string, unknown>;

/** HarperDB says what went wrong as `error`. */
const dialect = {
  basic: true,
  problem: ({ code, status, message }: Coded) => ({
    error: status === 401 ? 'Login failed' : code === 'not-json' ? 'Invalid JSON.' : message,
  }),
};

/** HarperDB's operations API for its job log: every run, whatever sent it, as a row. */
export function harperdbRoutes({ db }: Services): Route[] {
  const operations: Record<string, (c: AppContext, operation: Operation) => Promise<Response>> = {
    get_job: async (c, { id }) => {
      if (id === undefined || id === null || id === '') {
        throw problems.badRequest("'id' is required");
      }
      return answerJson(c, (await readWholeById(db, c.get('caller').tenant, String(toWritten(id)))).map(toHarperdbRow));
    },
    search_jobs_by_start_date: async (c, { from_date: from, to_date: to }) => {
      const { first } = dateOf(toNumber(from), 'from');
      const { last } = dateOf(toNumber(to), 'to');
      c.header('content-type', 'application/json');
      return answerInPieces(c, asArray(readWholeBetween(db, c.get('caller').tenant, first, last)));
    },
  };
  // The original answers at a host's root: its clients may put a slash behind the address that they are given.
  return ['/v1/harperdb', '/v1/harperdb/'].map((path): Route => ({
    method: 'post',
    path,
    scope: 'read',
    dialect,
    summary: "HarperDB's get_job and search_jobs_by_start_date",
    body: { schema: operationSchema, types: ['application/json'] },
    answers: { 200: { schema: z.array(z.looseObject({})), description: 'The jobs found, [] if there is none' } },
    handle: async (c) => {
      const request = await readOperation(c);
      if (typeof request !== 'object' || request === null || Object.keys(request).length === 0) {
        throw problems.notJson('Expected an operation as a JSON object.');
      }
      const { operation } = request as Operation;
      if (operation === undefined || operation === null) {
        throw problems.badRequest("Request body must include an 'operation' property.");
      }
      const answer =
        typeof operation === 'string' && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!answer) {
        throw problems.badRequest(`Operation '${String(operation)}' not found`);
      }
      return answer(c, request as Operation);
    },
  }));
}

const MAX_OPERATION = 1024 * 1024;
const inflight = new Inflight(64 * MAX_OPERATION);

/** As it stands there: an id may be a number of 21 digits. */
async function readOperation(c: AppContext): Promise<unknown> {
  const { chunks } = await readBody(c, MAX_OPERATION, inflight);
  try {
    return parseJson(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw problems.notJson(`Expected JSON: ${error instanceof Error ? error.message : ''}.`);
  }
}

async function* asArray(pages: AsyncIterable<readonly WholeRun[]>): AsyncGenerator<string> {
  let separator = '[';
  for await (const runs of pages) {
    // A job that HarperDB has not started has no start to be found by.
    const rows = runs.map(toHarperdbRow).filter((row) => row.start_datetime !== null);
    if (rows.length > 0) {
      yield separator + rows.map((row) => stringifyJson(row)).join(',');
      separator = ',';
    }
  }
  yield separator === '[' ? '[]' : ']';
}

function dateOf(value: unknown, which: 'from' | 'to') {
  const date = readHarperdbDate(value);
  if (!date) {
    throw problems.badRequest(
      `There was an error searching jobs by date: Error: Invalid '${which}' date, must be in ISO-8601 format (YYYY-MM-DD) or epoch milliseconds.`
    );
  }
  return date;
}
