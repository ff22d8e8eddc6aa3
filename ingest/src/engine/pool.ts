import { Session } from 'chdb';
import { quote, type Statement } from './statement.js';

/** A chdb connection runs one query at a time: this hands each statement one that is free, first come, first served. */
export class ConnectionPool {
  readonly #free: Session[] = [];
  readonly #waiting: Array<(session: Session) => void> = [];
  readonly #path: string;

  constructor(path: string, size: number) {
    this.#path = path;
    for (let i = 0; i < size; i++) {
      this.#free.push(new Session(path));
    }
  }

  /** Runs `work` on a connection with the statement's settings, which end with it. */
  async use<T>(statement: Statement, tag: string, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#take();
    let clean = false;
    try {
      try {
        await prepare(session, statement, tag);
        return await work(session);
      } finally {
        clean = await restore(session, statement);
      }
    } finally {
      this.#give(clean ? session : this.#replace(session));
    }
  }

  #take(): Promise<Session> {
    const session = this.#free.pop();
    return session ? Promise.resolve(session) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(session: Session): void {
    const next = this.#waiting.shift();
    if (next) {
      next(session);
    } else {
      this.#free.push(session);
    }
  }

  #replace(session: Session): Session {
    session.close();
    return new Session(this.#path);
  }
}

/** The database that each connection stands in, so that `USE` is sent only when it changes. */
const databases = new WeakMap<Session, string>();

async function prepare(session: Session, statement: Statement, tag: string): Promise<void> {
  const database = statement.database ?? 'default';
  if ((databases.get(session) ?? 'default') !== database) {
    await session.queryAsync(`USE ${identifier(database)}`);
    databases.set(session, database);
  }
  const assignments = [
    `log_comment = ${quote(tag)}`,
    ...Object.entries(statement.settings).map(([name, value]) => `${settingName(name)} = ${quote(value)}`),
    ...Object.entries(statement.params).map(([name, value]) => `param_${settingName(name)} = ${quote(value)}`),
  ];
  const all = `SET ${assignments.join(', ')}`;
  // A server takes parameters beside the query; here they are one, and it may be longer than a query usually is.
  if (all.length > LONG) {
    await session.queryAsync(`SET max_query_size = ${Buffer.byteLength(all) + LONG}`);
  }
  await session.queryAsync(all);
}

/** Well below the 256 KiB that ClickHouse takes unless told otherwise, in whatever characters. */
const LONG = 50_000;

/** A `SET` stays with its connection: a token that leaked would make the next insert vanish. */
async function restore(session: Session, statement: Statement): Promise<boolean> {
  const names = Object.keys(statement.settings).filter((name) => /^\w+$/.test(name));
  try {
    if (names.length > 0) {
      await session.queryAsync(`SET ${names.map((name) => `${name} = DEFAULT`).join(', ')}`);
    }
    return true;
  } catch {
    return false;
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
