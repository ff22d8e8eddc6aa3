import type { LineAnswer, LinesAnswer } from '../client/answers';

export type FetchLines = (page: { fromLine: number; limit: number }) => Promise<LinesAnswer>;

/** Lines asked for at once. */
export const CHUNK = 500;
/** Chunks kept; older ones are asked for again when someone scrolls back to them. */
const MAX_CHUNKS = 60;

/**
 * A whole log read at random: line n stands at index n − 1, so any part of it is one request away. Holds the chunks
 * that were looked at last.
 */
export class LineStore {
  private readonly chunks = new Map<number, LineAnswer[]>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly onChange: (total: number | undefined) => void,
    private readonly onError: (error: unknown) => void
  ) {}

  line(index: number): LineAnswer | undefined {
    return this.chunks.get(Math.floor(index / CHUNK))?.[index % CHUNK];
  }

  /** Asks for whatever is not there yet of the lines from `first` to `last`, given how many there are. */
  ensure(first: number, last: number, total: number, fetchLines: FetchLines): void {
    for (let chunk = Math.floor(first / CHUNK); chunk <= Math.floor(last / CHUNK); chunk++) {
      if (!this.asked.has(chunk) && !this.isComplete(chunk, total)) {
        void this.load(chunk, fetchLines);
      }
    }
  }

  // The last chunk of a log that still grows is asked for again once there are more lines than it holds.
  private isComplete(chunk: number, total: number): boolean {
    const held = this.chunks.get(chunk);
    return held !== undefined && chunk * CHUNK + held.length >= Math.min(total, (chunk + 1) * CHUNK);
  }

  private async load(chunk: number, fetchLines: FetchLines): Promise<void> {
    this.asked.add(chunk);
    try {
      const { lines, total } = await fetchLines({ fromLine: chunk * CHUNK + 1, limit: CHUNK });
      this.chunks.delete(chunk);
      this.chunks.set(chunk, lines);
      this.forgetOldest();
      this.onChange(total);
    } catch (error) {
      this.onError(error);
    } finally {
      this.asked.delete(chunk);
    }
  }

  private forgetOldest(): void {
    for (const chunk of this.chunks.keys()) {
      if (this.chunks.size <= MAX_CHUNKS) {
        return;
      }
      this.chunks.delete(chunk);
    }
  }
}
