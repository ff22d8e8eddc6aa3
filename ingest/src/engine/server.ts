import { randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { brotliDecompressSync, constants, createGzip, gunzipSync, inflateSync } from 'node:zlib';
import { pipeline, type Writable } from 'node:stream';
import type { Session } from 'chdb';
import { NICE, niceTo } from './config.js';
import { withRows } from './input.js';
import { ConnectionPool } from './pool.js';
import { readStatement, type Statement } from './statement.js';

export interface EngineOptions {
  /** The data folder; one process at a time. */
  path: string;
  /** Where rows of `input()` wait for their statement. */
  tmp: string;
  user: string;
  password: string;
  connections?: number;
  /** More of the engine's own arguments, such as `--config-file=…`. */
  args?: readonly string[];
}

/** Formats whose answer is the concatenation of its pieces: these leave as they are made, in little memory. */
const STREAMED = new Set([
  'JSONEachRow',
  'JSONCompactEachRow',
  'TSV',
  'TabSeparated',
  'TSVRaw',
  'TabSeparatedRaw',
  'CSV',
  'LineAsString',
  'RawBLOB',
]);

/** ClickHouse's HTTP interface over chdb: what `@clickhouse/client` and other ClickHouse tools speak. */
export function createEngineServer(options: EngineOptions): Server {
  const pool = (size: number, nice: number) => new ConnectionPool(options.path, size, niceTo(nice), options.args);
  const reads = pool(options.connections ?? 4, NICE.asking);
  const writes = pool(3, NICE.storing);
  // One more, so that KILL QUERY never waits behind what it is to end.
  const control = pool(1, 0);
  const poolOf = (sql: string) =>
    /^\s*(kill|system)\b/i.test(sql)
      ? control
      : /^\s*(select|with|show|describe|desc|explain|exists|check)\b/i.test(sql)
        ? reads
        : writes;

  const server = createServer({ keepAliveTimeout: 30_000, maxHeaderSize: 4 * 1024 * 1024 }, (request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://engine');
    if (url.pathname === '/ping' || url.pathname === '/replicas_status') {
      response.end('Ok.\n');
      return;
    }
    if (!isAllowed(request, url, options)) {
      throw new Error(
        `Code: 516. DB::Exception: ${options.user}: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)`
      );
    }
    const statement = readStatement(url, request.headers, await readQuery(request, url));
    if (statement.sql === '') {
      response.end('Ok.\n');
      return;
    }
    const tag = statement.queryId ?? randomUUID();
    const gone = () => void stop(control, tag);
    response.once('close', () => !response.writableFinished && gone());
    setHeaders(response, statement, tag);
    const sql = forEngine(statement.sql);
    await withRows(sql, statement.data, options.tmp, (ready) =>
      poolOf(sql).use(statement, tag, (session) => run(session, ready, statement, request, response))
    );
  }

  return server;
}

/** A client knows its query by the id that it gave; the engine knows it by the comment that carries this id. */
function forEngine(sql: string): string {
  return /^\s*kill\s+query\b/i.test(sql) ? sql.replaceAll(/\bquery_id\b/g, "Settings['log_comment']") : sql;
}

async function stop(control: ConnectionPool, tag: string): Promise<void> {
  const kill: Statement = {
    sql: "KILL QUERY WHERE Settings['log_comment'] = {tag:String} ASYNC",
    data: undefined,
    settings: {},
    params: { tag },
    database: undefined,
    queryId: undefined,
    format: 'TabSeparated',
  };
  await control.use(kill, randomUUID(), (session) => session.queryAsync(kill.sql)).catch(() => undefined);
}

async function run(
  session: Session,
  sql: string,
  statement: Statement,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const zip = wantsGzip(request) && !response.headersSent ? createGzip({ level: constants.Z_BEST_SPEED }) : undefined;
  const start = (): Writable => {
    if (zip) {
      response.setHeader('content-encoding', 'gzip');
      // Ends the compression when the client goes away: whoever waits for it to drain would wait for ever.
      pipeline(zip, response, () => undefined);
    }
    return zip ?? response;
  };
  if (STREAMED.has(statement.format) && /^\s*(select|with)\b/i.test(sql)) {
    await runStreamed(session, sql, statement.format, start);
    return;
  }
  const result = await session.queryAsync(sql, { format: statement.format });
  response.setHeader(
    'x-clickhouse-summary',
    JSON.stringify({
      read_rows: String(result.rowsRead),
      read_bytes: String(result.bytesRead),
      written_rows: '0',
      written_bytes: '0',
      elapsed_ns: String(Math.round(result.elapsed * 1e9)),
    })
  );
  start().end(Buffer.from(result.bytes()));
}

async function runStreamed(session: Session, sql: string, format: string, start: () => Writable): Promise<void> {
  let out: Writable | undefined;
  for await (const chunk of session.queryStream(sql, { format })) {
    out ??= start();
    if (!out.destroyed && !out.write(Buffer.from(chunk.raw())) && !out.destroyed) {
      await drained(out);
    }
    if (out.destroyed) {
      return;
    }
  }
  (out ?? start()).end();
}

/** Until more can be written, or nobody reads any more. */
async function drained(out: Writable): Promise<void> {
  const ended = new AbortController();
  try {
    await Promise.race(['drain', 'close'].map((event) => once(out, event, { signal: ended.signal })));
  } finally {
    ended.abort();
  }
}

function setHeaders(response: ServerResponse, statement: Statement, tag: string): void {
  response.setHeader('x-clickhouse-query-id', tag);
  response.setHeader('x-clickhouse-format', statement.format);
  response.setHeader('x-clickhouse-server-display-name', 'joblens-engine');
  response.setHeader('x-clickhouse-timezone', 'UTC');
  response.setHeader(
    'content-type',
    statement.format.startsWith('JSON') ? 'application/json; charset=UTF-8' : 'text/plain; charset=UTF-8'
  );
}

/** ClickHouse's HTTP status for its exception codes; the rest are 500. */
const HTTP_STATUS: Record<string, number> = {
  516: 403,
  497: 403,
  60: 404,
  81: 404,
  62: 400,
  47: 400,
  115: 400,
  456: 400,
  457: 400,
  159: 408,
  394: 499,
  241: 507,
};

function refuse(response: ServerResponse, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const code = /\bCode: (\d+)/.exec(text)?.[1] ?? '1002';
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.removeHeader('content-encoding');
  response.statusCode = HTTP_STATUS[code] ?? 500;
  response.setHeader('x-clickhouse-exception-code', code);
  response.setHeader('content-type', 'text/plain; charset=UTF-8');
  const full = /^Code: /.test(text) ? text : `Code: ${code}. DB::Exception: ${text}`;
  response.end(`${full.trim()} (version 26 (embedded))\n`);
}

function isAllowed(request: IncomingMessage, url: URL, options: EngineOptions): boolean {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const given = basic
    ? Buffer.from(basic, 'base64').toString()
    : `${header(request, 'x-clickhouse-user') ?? url.searchParams.get('user') ?? 'default'}:${header(request, 'x-clickhouse-key') ?? url.searchParams.get('password') ?? ''}`;
  const expected = Buffer.from(`${options.user}:${options.password}`);
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function header(request: IncomingMessage, name: string): string | undefined {
  return [request.headers[name]].flat()[0];
}

function wantsGzip(request: IncomingMessage): boolean {
  const enabled = new URL(request.url ?? '/', 'http://engine').searchParams.get('enable_http_compression');
  return enabled === '1' && /\bgzip\b/.test(header(request, 'accept-encoding') ?? '');
}

/** A form holds the statement, and parameters that are too long for the address. */
async function readQuery(request: IncomingMessage, url: URL): Promise<Buffer> {
  const body = await readBody(request);
  const type = header(request, 'content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) {
    return body;
  }
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form) {
    url.searchParams.set(name, String(value));
  }
  return Buffer.alloc(0);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  switch (header(request, 'content-encoding')) {
    case 'gzip':
      return gunzipSync(body);
    case 'deflate':
      return inflateSync(body);
    case 'br':
      return brotliDecompressSync(body);
    default:
      return body;
  }
}
