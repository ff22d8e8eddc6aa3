import { TallScroll } from './TallScroll';

/** After this long without scrolling the scrollbar is put right. */
const IDLE_MS = 150;

/** Binds a {@link TallScroll} to its elements: the box that scrolls, and the rows that are drawn in it. */
export class TallBox {
  readonly scroll: TallScroll;
  private box: HTMLElement | null = null;
  private view = 0;
  private version = 0;
  private mustSync = false;
  private idle: ReturnType<typeof setTimeout> | undefined;
  /** Drawn since the last measuring. */
  private readonly fresh = new Set<HTMLElement>();
  private readonly listeners = new Set<() => void>();
  private readonly boxSize = new ResizeObserver(() => this.noteView());
  private readonly rowSizes = new ResizeObserver((entries) => this.noteRows(entries.map(({ target }) => target)));

  constructor(rowHeight: number) {
    this.scroll = new TallScroll(rowHeight);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Goes up whenever the rows have to be drawn anew. */
  readonly getVersion = () => this.version;

  /** The ref of the box. */
  readonly attach = (box: HTMLElement | null): void => {
    this.box?.removeEventListener('scroll', this.onScroll);
    this.boxSize.disconnect();
    clearTimeout(this.idle);
    this.box = box;
    if (box) {
      box.addEventListener('scroll', this.onScroll, { passive: true });
      this.boxSize.observe(box);
      this.noteView();
    } else {
      this.rowSizes.disconnect();
    }
  };

  /** The ref of each row, which says its number as `data-index`. */
  readonly measure = (row: HTMLElement | null): void => {
    if (row) {
      this.fresh.add(row);
      this.rowSizes.observe(row);
    }
  };

  setCount(count: number): void {
    this.scroll.resize(count, this.view);
  }

  readonly scrollTo = (index: number, align: 'center' | 'end'): void => {
    this.scroll.scrollTo(index, align);
    this.mustSync = true;
    this.changed();
  };

  /** After every drawing: measures what is new before anyone sees it at the wrong place. */
  settle(): void {
    const grown = this.takeHeights([...this.fresh]);
    this.fresh.clear();
    const moved = this.mustSync && this.putScrollbarRight();
    this.mustSync = false;
    if (grown || moved) {
      this.changed();
    }
  }

  private readonly onScroll = () => {
    this.scroll.scrolledTo(this.box?.scrollTop ?? 0);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.putScrollbarRight() && this.changed(), IDLE_MS);
    if (this.scroll.isStuck) {
      this.putScrollbarRight();
    }
    this.changed();
  };

  private noteView(): void {
    this.view = this.box?.clientHeight ?? 0;
    this.mustSync = true;
    this.changed();
  }

  private noteRows(rows: Element[]): void {
    rows.filter((row) => !row.isConnected).forEach((row) => this.rowSizes.unobserve(row));
    if (this.takeHeights(rows.filter((row) => row.isConnected))) {
      this.mustSync = true;
      this.changed();
    }
  }

  private takeHeights(rows: Element[]): boolean {
    const changed = rows.filter(
      (row) =>
        row instanceof HTMLElement && this.scroll.heights.set(Number(row.getAttribute('data-index')), row.offsetHeight)
    );
    return changed.length > 0;
  }

  /** Moves the scrollbar to where it says how far down the reader is; the rows stay where they are. */
  private putScrollbarRight(): boolean {
    if (!this.box || Math.abs(this.box.scrollTop - this.scroll.idealTop) < 1) {
      return false;
    }
    this.box.scrollTop = this.scroll.idealTop;
    // The browser rounds and cuts: what it made of it is what the next move starts from.
    this.scroll.syncedTo(this.box.scrollTop);
    return true;
  }

  private changed(): void {
    this.version++;
    this.listeners.forEach((listener) => listener());
  }
}
