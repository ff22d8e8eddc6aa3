import { Session } from 'chdb';
import { quote, type Statement } from './statement.js';

/** A chdb connection runs one query at a time: this hands each statement one that is free, first come, first served. */
export class ConnectionPool {
  readonly #free: Connection[] = [];
  readonly #waiting: Array<(connection: Connection) => void> = [];
  readonly #make: () => Connection;

  /** @param settings what every statement runs with unless it says otherwise */
  constructor(path: string, size: number, settings: Readonly<Record<string, string>>, args: readonly string[] = []) {
    this.#make = () => new Connection(path, settings, args);
    for (let i = 0; i < size; i++) {
      const connection = this.#make();
      connection.open();
      this.#free.push(connection);
    }
  }

  /** Runs `work` on a connection with the statement's settings and parameters, and no others. */
  async use<T>(statement: Statement, tag: string, work: (session: Session) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      const session = connection.open();
      await connection.prepare(session, statement, tag);
      return await work(session);
    } finally {
      this.#give(connection.isClean ? connection : this.#replace(connection));
    }
  }

  #take(): Promise<Connection> {
    const connection = this.#free.pop();
    return connection ? Promise.resolve(connection) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) {
      next(connection);
    } else {
      this.#free.push(connection);
    }
  }

  /** Whoever takes it opens it: where that fails, as without memory, the next one tries again. */
  #replace(connection: Connection): Connection {
    connection.close();
    return this.#make();
  }
}

/** Well below the 256 KiB that ClickHouse takes unless told otherwise, in whatever characters. */
const LONG = 50_000;
/** A value of this size is taken off the connection by the next statement. */
const LARGE = 1000;
/** Every statement copies all parameters that ever stood on its connection. */
const MAX_PARAMS = 1000;

/**
 * A connection and what stands on it. `SET` stays with its connection: a token that leaked would make the next insert
 * vanish. So each statement says, in one `SET`, what it wants otherwise than the one before.
 */
class Connection {
  readonly #path: string;
  readonly #args: readonly string[];
  readonly #usual: Readonly<Record<string, string>>;
  #session: Session | undefined;
  #database = 'default';
  #settings: Readonly<Record<string, string>> = {};
  /** Bytes of each parameter. */
  readonly #params = new Map<string, number>();
  #isKnown = true;

  constructor(path: string, usual: Readonly<Record<string, string>>, args: readonly string[]) {
    this.#path = path;
    this.#usual = usual;
    this.#args = args;
  }

  /** @throws Error where the engine can't open one more */
  open(): Session {
    return (this.#session ??= new Session(this.#path, { connectionArgs: this.#args }));
  }

  close(): void {
    try {
      this.#session?.close();
    } catch {
      // What is broken can't even be closed.
    }
  }

  /** What stands on it is known, and little. */
  get isClean(): boolean {
    return this.#isKnown && this.#params.size <= MAX_PARAMS;
  }

  async prepare(session: Session, statement: Statement, tag: string): Promise<void> {
    this.#isKnown = false;
    const assignments = [
      `log_comment = ${quote(tag)}`,
      ...this.#settingsFor(statement),
      ...this.#paramsFor(statement),
    ].join(', ');
    const database = statement.database ?? 'default';
    if (database !== this.#database) {
      await session.queryAsync(`USE ${identifier(database)}`);
      this.#database = database;
    }
    if (assignments.length > LONG) {
      // A server takes parameters beside the query; here they are one, and it may be longer than a query usually is.
      const usual = statement.settings['max_query_size'];
      await session.queryAsync(`SET max_query_size = ${Buffer.byteLength(assignments) + LONG}`);
      await session.queryAsync(`SET ${assignments}, max_query_size = ${usual ? quote(usual) : 'DEFAULT'}`);
    } else {
      await session.queryAsync(`SET ${assignments}`);
    }
    this.#isKnown = true;
  }

  #settingsFor(statement: Statement): string[] {
    const settings = { ...this.#usual, ...statement.settings };
    const before = this.#settings;
    this.#settings = settings;
    const gone = Object.keys(before).filter((name) => !(name in settings));
    const changed = Object.entries(settings).filter(([name, value]) => before[name] !== value);
    return [
      ...gone.map((name) => `${settingName(name)} = DEFAULT`),
      ...changed.map(([name, value]) => `${settingName(name)} = ${quote(value)}`),
    ];
  }

  #paramsFor({ params }: Statement): string[] {
    const large = [...this.#params].filter(([name, bytes]) => bytes > LARGE && !(name in params));
    const values = [...large.map(([name]) => [name, ''] as const), ...Object.entries(params)];
    return values.map(([name, value]) => {
      this.#params.set(name, value.length);
      return `param_${settingName(name)} = ${quote(value)}`;
    });
  }
}

function settingName(name: string): string {
  if (!/^\w+$/.test(name)) {
    throw new Error(
      `Code: 115. DB::Exception: Setting ${name} is neither a builtin setting nor started with the prefix. (UNKNOWN_SETTING)`
    );
  }
  return name;
}

function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
