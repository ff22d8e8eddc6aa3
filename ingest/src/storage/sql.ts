/** A piece of SQL with its typed parameters. Values never become part of the text. */
export interface Sql {
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A value with the ClickHouse type that it is bound as. */
interface Bound {
  readonly type: string;
  readonly value: unknown;
}

export const p = {
  string: (value: string): Bound => ({ type: 'String', value }),
  strings: (value: readonly string[]): Bound => ({ type: 'Array(String)', value }),
  int: (value: number): Bound => ({ type: 'Int64', value: Math.trunc(value) }),
  ints: (value: readonly number[]): Bound => ({ type: 'Array(Int64)', value }),
  /** A 64-bit number as decimal text. */
  long: (value: string): Bound => ({ type: 'Int64', value }),
  /** An unsigned one. */
  big: (value: string): Bound => ({ type: 'UInt64', value }),
  float: (value: number): Bound => ({ type: 'Float64', value }),
  uuid: (value: string): Bound => ({ type: 'UUID', value }),
};

type Part = Sql | Bound;
let next = 0;

/**
 * Builds SQL from a template. Interpolated are other pieces of SQL, spliced in with their parameters, or values bound
 * with {@link p}; a bare string is a type error.
 * @example sql`SELECT count() FROM runs WHERE tenant = ${p.string(tenant)} AND ${filter}`
 */
export function sql(strings: TemplateStringsArray, ...parts: Part[]): Sql {
  let text = strings[0] ?? '';
  const params: Record<string, unknown> = {};
  parts.forEach((part, i) => {
    if ('text' in part) {
      text += part.text;
      Object.assign(params, part.params);
    } else {
      const name = `p${(next = (next + 1) % 1_000_000)}`;
      text += `{${name}:${part.type}}`;
      params[name] = part.value;
    }
    text += strings[i + 1] ?? '';
  });
  return { text, params };
}

/** Joins pieces; nothing gives `otherwise`. */
export function join(pieces: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | '\n', otherwise = ''): Sql {
  return {
    text: pieces.length > 0 ? pieces.map((piece) => piece.text).join(separator) : otherwise,
    params: Object.assign({}, ...pieces.map((piece) => piece.params)) as Record<string, unknown>,
  };
}

/** SQL that is written in the source, such as a column's name from a list of known ones. */
export function raw(text: string): Sql {
  return { text, params: {} };
}

/**
 * A statement as the client takes it, its parameters numbered from 1: the embedded engine keeps every name that it was
 * ever told, and copies them all for each statement.
 */
export function bound({ text, params }: Sql): { query: string; query_params: Record<string, unknown> } {
  const names = new Map(Object.keys(params).map((name, i) => [name, `p${i + 1}`]));
  return {
    query: text.replaceAll(/\{(p\d+):/g, (_, name: string) => `{${names.get(name) ?? name}:`),
    query_params: Object.fromEntries(Object.entries(params).map(([name, value]) => [names.get(name), value])),
  };
}

/** A moment from epoch milliseconds. */
export function moment(ms: number): Sql {
  return sql`fromUnixTimestamp64Milli(${p.int(ms)}, 'UTC')`;
}

/** Whether a text holds these words, in capitals or not. */
export function holdsWords(text: Sql, words: string): Sql {
  // Up to four times as fast, and the same for words without letters beyond ASCII.
  const position = raw(/^[\x20-\x7e]*$/.test(words) ? 'positionCaseInsensitive' : 'positionCaseInsensitiveUTF8');
  return sql`${position}(${text}, ${p.string(words)}) > 0`;
}

export const DAY_MS = 86_400_000;

export interface RunId {
  job: string;
  run: string;
}

/** What tells a run from every other of its tenant: no name holds a newline. */
export const nameOfRun = ({ job, run }: RunId) => `${job}\n${run}`;

/** These runs, as a condition on any table that has `tenant`, `job` and `run`. */
export function theseRuns(tenant: string, ids: readonly RunId[]): Sql {
  return sql`tenant = ${p.string(tenant)} AND (job, run) IN (SELECT id.1, id.2 FROM (SELECT arrayJoin(arrayZip(
    ${p.strings(ids.map(({ job }) => job))}, ${p.strings(ids.map(({ run }) => run))})) AS id))`;
}
