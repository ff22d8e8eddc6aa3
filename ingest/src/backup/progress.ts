/** How far a backup or restore is, in rows. */
export class Progress {
  done = 0;
  total = 0;

  begin(total: number): void {
    [this.done, this.total] = [0, total];
  }

  add(rows: number): void {
    this.done += rows;
  }
}
