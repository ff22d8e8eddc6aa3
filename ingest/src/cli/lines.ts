const NEWLINE = 0x0a;

/** A line without its newline. `continued` says that it goes on where the piece before it was cut. */
export interface CutLine {
  bytes: Buffer;
  continued: boolean;
}

/**
 * Cuts a stream of bytes at `\n`, and only there: `\r` and invalid UTF-8 are part of a line. A line longer than
 * `maxBytes` comes in pieces, never cut inside a UTF-8 character.
 */
export class LineSplitter {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private continued = false;

  constructor(private readonly maxBytes = 1024 * 1024) {}

  *push(chunk: Buffer): Generator<CutLine> {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.hold(chunk.subarray(from, at));
      yield* this.cutLong();
      yield this.take();
      from = at + 1;
    }
    this.hold(chunk.subarray(from));
    yield* this.cutLong();
  }

  /** What is left after the last newline. */
  *end(): Generator<CutLine> {
    if (this.heldBytes > 0) {
      yield this.take();
    }
  }

  private hold(bytes: Buffer): void {
    if (bytes.length > 0) {
      this.held.push(bytes);
      this.heldBytes += bytes.length;
    }
  }

  private *cutLong(): Generator<CutLine> {
    while (this.heldBytes > this.maxBytes) {
      const all = Buffer.concat(this.held);
      const cut = characterStart(all, this.maxBytes);
      this.held = [all.subarray(cut)];
      this.heldBytes = all.length - cut;
      yield { bytes: all.subarray(0, cut), continued: this.continued };
      this.continued = true;
    }
  }

  private take(): CutLine {
    const [first] = this.held;
    const bytes = first && this.held.length === 1 ? first : Buffer.concat(this.held);
    const line = { bytes, continued: this.continued };
    this.held = [];
    this.heldBytes = 0;
    this.continued = false;
    return line;
  }
}

/** The start of the UTF-8 character at or just before `at`. */
function characterStart(bytes: Buffer, at: number): number {
  for (let start = at; start > at - 4; start--) {
    if (((bytes[start] ?? 0) & 0xc0) !== 0x80) {
      return start;
    }
  }
  return at;
}
