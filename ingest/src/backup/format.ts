import { z } from 'zod';

/**
 * A backup is one gzip stream of text: a line of JSON that says what it is, then for each table a line of JSON and its
 * rows as ClickHouse's TabSeparated, in which every newline ends a row, then a line that says that it is whole. gzip's
 * own checksum finds what changed on the way; the number of rows and the last line, what is missing.
 */
export const headSchema = z.object({
  joblens_backup: z.literal(1),
  made_at: z.string(),
  /** The schema: number and checksum of every migration. */
  migrations: z.array(z.tuple([z.number(), z.string()])),
  tables: z.number().int().min(0),
  rows: z.number().int().min(0),
});
export type Head = z.infer<typeof headSchema>;

export const tableSchema = z.object({
  table: z.string(),
  columns: z.array(z.tuple([z.string(), z.string()])),
  rows: z.number().int().min(0),
});
export type TableHead = z.infer<typeof tableSchema>;

export const endSchema = z.object({ end: z.literal(true) });

export const toLine = (value: Head | TableHead | z.infer<typeof endSchema>) =>
  Buffer.from(`${JSON.stringify(value)}\n`);

/** How many lines end in these bytes. */
export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    lines++;
  }
  return lines;
}

/** Reads a stream by lines: one, or as many at once as fit. */
export class LineReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /**
   * The next whole lines: at most `most`, and no further one once they hold `enough` bytes.
   * @throws Error where the stream ends before one line does
   */
  async take(most: number, enough: number): Promise<{ bytes: Buffer; lines: number }> {
    const pieces: Buffer[] = [];
    let [lines, length] = [0, 0];
    while (lines < most && (lines === 0 || length < enough)) {
      const { at, found } = this.#within(most - lines, enough - length);
      if (at > 0) {
        pieces.push(this.#rest.subarray(0, at));
        this.#rest = this.#rest.subarray(at);
        [lines, length] = [lines + found, length + at];
      } else {
        await this.#more();
      }
    }
    return { bytes: Buffer.concat(pieces), lines };
  }

  /** True once nothing is left. */
  async isAtEnd(): Promise<boolean> {
    if (this.#rest.length > 0) {
      return false;
    }
    const { done, value } = await this.#chunks.next();
    this.#rest = value ?? this.#rest;
    return done === true;
  }

  /**
   * Reads on to the end, for nothing but the checksum that stands there.
   * @throws Error where the stream is damaged or cut off
   */
  async skipAll(): Promise<void> {
    while (!(await this.isAtEnd())) {
      this.#rest = Buffer.alloc(0);
    }
  }

  /** Where the last of so many lines ends in what is there. */
  #within(most: number, enough: number): { at: number; found: number } {
    let [at, found] = [0, 0];
    while (found < most && (found === 0 || at < enough)) {
      const newline = this.#rest.indexOf(10, at);
      if (newline === -1) {
        break;
      }
      [at, found] = [newline + 1, found + 1];
    }
    return { at, found };
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done) {
      throw new Error('it ends too early');
    }
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
  }
}
