/** What one HTTP request asks of ClickHouse, told apart from how it was sent. */
export interface Statement {
  sql: string;
  /** Rows to insert, as they came. */
  data: Buffer | undefined;
  /** Settings that hold for this statement only. */
  settings: Record<string, string>;
  /** Values of `{name:Type}`, in ClickHouse's escaped text form. */
  params: Record<string, string>;
  database: string | undefined;
  queryId: string | undefined;
  /** The format of the answer. */
  format: string;
}

/** Parameters of the HTTP interface that are no settings. */
const RESERVED = new Set([
  'query',
  'query_id',
  'database',
  'user',
  'password',
  'quota_key',
  'role',
  'session_id',
  'session_timeout',
  'session_check',
  'default_format',
  'compress',
  'decompress',
  'buffer_size',
  'wait_end_of_query',
  'stacktrace',
  'enable_http_compression',
  'http_zlib_compression_level',
]);

/**
 * Reads a request of ClickHouse's HTTP interface: the statement stands in `?query=`, in the body, or begins in the
 * first and goes on in the second; an INSERT's rows stand in the body.
 */
export function readStatement(url: URL, headers: NodeJS.Dict<string | string[]>, body: Buffer): Statement {
  const settings: Record<string, string> = {};
  const params: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) {
      params[name.slice('param_'.length)] = value;
    } else if (!RESERVED.has(name)) {
      settings[name] = value;
    }
  }
  const inUrl = url.searchParams.get('query') ?? '';
  const isInsert = /^\s*insert\b/i.test(inUrl);
  const sql = isInsert || body.length === 0 ? inUrl : `${inUrl}\n${body.toString()}`;
  const header = (name: string) => [headers[name]].flat()[0];
  return {
    sql: sql.trim().replace(/;$/, ''),
    data: isInsert && body.length > 0 ? body : undefined,
    settings,
    params,
    database: url.searchParams.get('database') ?? header('x-clickhouse-database'),
    queryId: url.searchParams.get('query_id') ?? undefined,
    format: formatOf(sql) ?? url.searchParams.get('default_format') ?? header('x-clickhouse-format') ?? 'TabSeparated',
  };
}

function formatOf(sql: string): string | undefined {
  return /\bformat\s+([A-Za-z]\w*)\s*;?\s*(?:settings\b[^']*)?$/i.exec(sql)?.[1];
}

/** A ClickHouse string literal. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
}
