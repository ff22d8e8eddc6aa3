import { z } from 'zod';
import { Coded, problems } from '../errors.js';
import {
  queryRequestSchema,
  querySchema,
  type BaseQuery,
  type QueryRequest,
  type QuestionName,
} from '../model/question.js';
import { zoneNamed } from '../model/zone.js';
import type { ClickHouse } from '../storage/clickhouse.js';
import { questions } from './index.js';
import type { AskContext, Format, ServiceState } from './question.js';

export interface Asker {
  db: ClickHouse;
  tenant: string;
  signal?: AbortSignal;
  /** The service's own state now. */
  state?: ServiceState;
  /** Whether an alert rule asks. */
  alert?: boolean;
  /** Told of what went wrong unexpectedly; the person who asked reads that it was logged. */
  onError(error: unknown): void;
}

/**
 * Answers Grafana's query request as JSON text. A query that fails fails alone, with words for the person who asked.
 * @throws Coded 400 where the request as a whole can't be read
 */
export async function execute(asker: Asker, request: unknown): Promise<string> {
  const parsed = queryRequestSchema.safeParse(request);
  if (!parsed.success) {
    throw problems.badRequest(`The query request can't be read: ${words(parsed.error)}.`);
  }
  checkZone(parsed.data.timeZone);
  const queries = parsed.data.queries.map((query, i) => ({ ...query, refId: query.refId ?? letterOf(i) }));
  assertApart(queries.map(({ refId }) => refId));
  const answers = await Promise.all(
    queries.map(async (query) => `${JSON.stringify(query.refId)}:${await answerOne(asker, parsed.data, query)}`)
  );
  return `{"results":{${answers.join(',')}}}`;
}

/** A, …, Z, A1, …: what a query is called that has no name. */
const letterOf = (i: number) => `${String.fromCharCode(65 + (i % 26))}${i < 26 ? '' : Math.floor(i / 26)}`;

/** @throws Coded 400 where two queries would be answered under one name */
function assertApart(refIds: readonly string[]): void {
  const twice = refIds.find((refId, i) => refIds.indexOf(refId) !== i);
  if (twice !== undefined) {
    throw problems.badRequest(`refId: two queries are called ${JSON.stringify(twice)}. Give each a name of its own.`);
  }
}

async function answerOne(asker: Asker, request: QueryRequest, query: { refId: string }): Promise<string> {
  try {
    const { question, parsed } = readQuery(query);
    const format = parsed.format ?? question.formats[0];
    if (!question.formats.includes(format)) {
      throw problems.badRequest(
        `format: ${question.name} answers as ${question.formats.join(' or ')}, not as ${format}.`
      );
    }
    assertKnown(asker, question.name, format);
    const frames = await question.ask(contextOf(asker, request, parsed), parsed, format);
    return `{"status":200,"frames":[${frames.join(',')}]}`;
  } catch (error) {
    const coded = error instanceof Coded ? error : problems.internal(error);
    // Whoever asked has gone, as a page does with every change of a filter: that is no failure.
    if (coded.status >= 500 && !asker.signal?.aborted) {
      asker.onError(error);
    }
    return JSON.stringify({ status: coded.status, error: `${coded.message}`, errorSource: 'downstream' });
  }
}

/** Past this many seconds of unstored data a number about now may be wrong: neither false calm nor a false page. */
const MAX_LAG = 60;
const ABOUT_NOW: ReadonlySet<QuestionName> = new Set([
  'streak',
  'spike',
  'overdue',
  'slow',
  'slo',
  'log_errors',
  'records_failed',
  'capture',
]);

/** @throws Coded 503 where what an alert rule would be told may not be all that is known */
function assertKnown({ state, alert }: Asker, name: QuestionName, format: Format): void {
  const matters = name !== 'service' && (alert || (format === 'numeric' && ABOUT_NOW.has(name)));
  if (matters && state && state.lag > MAX_LAG) {
    throw problems.busy(
      `Data that was accepted ${Math.round(state.lag)} s ago is not stored yet, so what is asked can't be told for sure. Look at ClickHouse and the service's log.`
    );
  }
}

function readQuery(query: { refId: string }) {
  const base = querySchema.safeParse(query);
  if (!base.success) {
    throw problems.badRequest(`${words(base.error)}.`);
  }
  const question = questions[base.data.question];
  const parsed = question.schema.safeParse(query);
  if (!parsed.success) {
    throw problems.badRequest(`${words(parsed.error)}.`);
  }
  return { question, parsed: parsed.data };
}

function contextOf(asker: Asker, request: QueryRequest, query: BaseQuery): AskContext {
  const { from, to } = query.timeRange ?? request;
  if (from > to) {
    throw problems.badRequest(
      `The time range is upside down: it ends (${new Date(to).toISOString()}) before it begins (${new Date(from).toISOString()}).`
    );
  }
  const weekStart = query.weekStart ?? request.weekStart;
  const back = query.shift === 'previous' ? to - from : 0;
  return {
    db: asker.db,
    tenant: asker.tenant,
    from: from - back,
    to: to - back,
    timeZone: checkZone(query.timeZone ?? request.timeZone),
    ...(weekStart === undefined ? {} : { weekStart }),
    now: Date.now(),
    ...(asker.signal ? { signal: asker.signal } : {}),
    ...(asker.state ? { state: asker.state } : {}),
  };
}

/** The zones that ClickHouse knows are those of the tz database, as JavaScript's are. */
function checkZone(name: string): string {
  const zone = name === '' || name === 'browser' || name === 'utc' ? 'UTC' : zoneNamed(name);
  if (zone === undefined) {
    throw problems.badRequest(
      `timeZone: ${JSON.stringify(name)} is not a time zone of the tz database, such as Europe/Berlin.`
    );
  }
  return zone;
}

function words(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`)
    .join('; ');
}
