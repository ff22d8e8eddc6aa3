/** Rows are summed up in chunks of this many, so that millions of them cost nothing until they are looked at. */
const CHUNK = 512;

/** Where each of any number of rows begins: all have the usual height, but for those that were measured to be other. */
export class RowHeights {
  /** By chunk, then by row: how much higher than usual it is. */
  private readonly extras = new Map<number, Map<number, number>>();
  private readonly sums = new Map<number, number>();

  constructor(readonly usual: number) {}

  heightOf(index: number): number {
    return this.usual + (this.extras.get(chunkOf(index))?.get(index) ?? 0);
  }

  /** @returns whether that was new */
  set(index: number, height: number): boolean {
    const change = height - this.heightOf(index);
    if (change === 0) {
      return false;
    }
    const chunk = chunkOf(index);
    const rows = this.extras.get(chunk) ?? new Map<number, number>();
    rows.set(index, height - this.usual);
    this.extras.set(chunk, rows);
    this.sums.set(chunk, (this.sums.get(chunk) ?? 0) + change);
    return true;
  }

  clear(): void {
    this.extras.clear();
    this.sums.clear();
  }

  /** The top of a row, in pixels below the top of the first. */
  offsetOf(index: number): number {
    const own = chunkOf(index);
    let offset = index * this.usual;
    for (const [chunk, sum] of this.sums) {
      offset += chunk < own ? sum : 0;
    }
    for (const [row, extra] of this.extras.get(own) ?? []) {
      offset += row < index ? extra : 0;
    }
    return offset;
  }

  /** The row that lies at an offset, of `count` rows. */
  indexAt(offset: number, count: number): number {
    let [low, high] = [0, Math.max(0, count - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.offsetOf(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

const chunkOf = (index: number) => Math.floor(index / CHUNK);
