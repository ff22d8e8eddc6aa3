import { RowHeights } from './RowHeights';

/** Browsers cut elements at 17 to 33 million pixels; a list that is higher than this is drawn in one of this height. */
export const MAX_HEIGHT = 10_000_000;
/** A move of more than this many screens is a jump of the scrollbar, anything less is read on. */
const JUMP_SCREENS = 4;

type Align = 'center' | 'end';

/** A row, and how far below the top of the box it stands: what must not move while rows are measured. */
interface Anchor {
  index: number;
  y: number | Align;
}

/**
 * A list of any height in a box whose scrollbar only reaches to {@link MAX_HEIGHT}: reading on moves pixel by pixel, a
 * jump of the scrollbar goes to the same share of the list.
 */
export class TallScroll {
  readonly heights: RowHeights;
  private count = 0;
  private view = 0;
  private anchor: Anchor = { index: 0, y: 0 };
  /** Where the scrollbar stands, as the browser says. */
  private top = 0;

  constructor(usualHeight: number) {
    this.heights = new RowHeights(usualHeight);
  }

  resize(count: number, view: number): void {
    this.count = count;
    this.view = view;
  }

  /** The height of all rows. */
  get total(): number {
    return this.heights.offsetOf(this.count);
  }

  /** The height of the element that scrolls. */
  get height(): number {
    return Math.min(this.total, MAX_HEIGHT);
  }

  /** How far below the list's top the box's top is. */
  get offset(): number {
    return clamp(this.heights.offsetOf(this.anchor.index) - this.anchorY, this.total - this.view);
  }

  get isAtEnd(): boolean {
    return this.offset >= this.total - this.view - 2 * this.heights.usual;
  }

  /** The scrollbar was moved. */
  scrolledTo(top: number): void {
    const moved = top - this.top;
    const isJump = Math.abs(moved) > this.view * JUMP_SCREENS;
    const room = Math.max(1, this.height - this.view);
    const next = isJump ? (top / room) * (this.total - this.view) : this.offset + moved;
    this.top = top;
    this.holdAt(clamp(next, this.total - this.view));
  }

  /** Brings a row into view and holds it there. */
  scrollTo(index: number, align: Align): void {
    this.anchor = { index, y: align };
  }

  /** Where the scrollbar would have to stand to say where in the list the reader is. */
  get idealTop(): number {
    const room = this.total - this.view;
    return room <= 0 ? 0 : (this.offset / room) * (this.height - this.view);
  }

  /** The scrollbar was put right without moving the list. */
  syncedTo(top: number): void {
    this.top = top;
  }

  /** At an end of the scrollbar that is no end of the list, there would be no way on. */
  get isStuck(): boolean {
    const [atTop, atBottom] = [this.top <= 0, this.top >= this.height - this.view - 1];
    return (atTop && this.offset > 0) || (atBottom && this.offset < this.total - this.view - 1);
  }

  /** The rows to draw: those in the box and `overscan` more on either side; and where the first of them is drawn. */
  window(overscan: number): { first: number; last: number; y: number } {
    const { offset, count } = this;
    if (count === 0) {
      return { first: 0, last: -1, y: 0 };
    }
    const first = Math.max(0, this.heights.indexAt(offset, count) - overscan);
    const last = Math.min(count - 1, this.heights.indexAt(offset + this.view, count) + overscan);
    return { first, last, y: this.top + this.heights.offsetOf(first) - offset };
  }

  private get anchorY(): number {
    const { index, y } = this.anchor;
    if (typeof y === 'number') {
      return y;
    }
    const room = this.view - this.heights.heightOf(index);
    return y === 'end' ? room : Math.max(0, Math.round(room / 2));
  }

  private holdAt(offset: number): void {
    const index = this.heights.indexAt(offset, this.count);
    this.anchor = { index, y: this.heights.offsetOf(index) - offset };
  }
}

const clamp = (value: number, max: number) => Math.max(0, Math.min(value, max));
