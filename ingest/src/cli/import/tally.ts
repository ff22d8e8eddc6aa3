import type { BadItem } from './item.js';

/** A file with one wrong column has as many problems as rows: the first few say it all. */
const LISTED = 20;

/** What became of every object of an import. */
export class Tally {
  accepted = 0;
  rejected = 0;
  private readonly listed: BadItem[] = [];
  private readonly warned = new Set<string>();

  accept(count: number): void {
    this.accepted += count;
  }

  reject(item: BadItem): void {
    this.rejected++;
    if (this.listed.length < LISTED) {
      this.listed.push(item);
    }
  }

  warnOnce(message: string, out: NodeJS.WritableStream): void {
    if (!this.warned.has(message)) {
      this.warned.add(message);
      out.write(`joblens: ${message}\n`);
    }
  }

  /** The bad ones, as `file:line: what was wrong`. */
  report(out: NodeJS.WritableStream): void {
    for (const { place, problem } of this.listed) {
      out.write(`${place.file}:${place.line}: ${problem}\n`);
    }
    if (this.rejected > this.listed.length) {
      out.write(`… and ${this.rejected - this.listed.length} more\n`);
    }
  }

  summary(): string {
    return `${this.accepted + this.rejected} rows: ${this.accepted} accepted, ${this.rejected} rejected`;
  }
}
