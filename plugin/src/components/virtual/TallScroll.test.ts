import { describe, expect, it } from 'vitest';
import { RowHeights } from './RowHeights';
import { MAX_HEIGHT, TallScroll } from './TallScroll';

const VIEW = 600;

function scrollOver(count: number): TallScroll {
  const scroll = new TallScroll(20);
  scroll.resize(count, VIEW);
  return scroll;
}

/** The row at the top of the box. */
const topRow = (scroll: TallScroll) => scroll.window(0).first;

describe('RowHeights', () => {
  it('knows where each row is, whichever of them were measured', () => {
    const heights = new RowHeights(20);
    heights.set(3, 50);
    heights.set(700, 120);
    heights.set(3, 30);
    expect([0, 3, 4, 700, 701].map((row) => heights.offsetOf(row))).toEqual([0, 60, 90, 14_010, 14_130]);
    expect([0, 59, 60, 89, 90, 14_129, 14_130].map((at) => heights.indexAt(at, 1000))).toEqual([
      0, 2, 3, 3, 4, 700, 701,
    ]);
    expect(heights.set(3, 30)).toBe(false);
  });
});

describe('TallScroll', () => {
  it('scrolls a short list as any element does', () => {
    const scroll = scrollOver(1000);
    scroll.scrolledTo(4000);
    expect(topRow(scroll)).toBe(200);
    expect(scroll.idealTop).toBe(4000);
    expect(scroll.height).toBe(20_000);
  });

  it('reaches the first and the last of three million rows, and reads on row by row', () => {
    const scroll = scrollOver(3_000_000);
    expect(scroll.height).toBe(MAX_HEIGHT);
    scroll.scrolledTo(MAX_HEIGHT - VIEW);
    expect(scroll.window(0).last).toBe(2_999_999);
    scroll.scrolledTo(MAX_HEIGHT / 2);
    const middle = topRow(scroll);
    expect(Math.abs(middle - 1_500_000)).toBeLessThan(200);
    scroll.scrolledTo(MAX_HEIGHT / 2 + 100);
    expect(topRow(scroll)).toBe(middle + 5);
    scroll.scrolledTo(0);
    expect(topRow(scroll)).toBe(0);
  });

  it('goes on reading where the scrollbar is at its end but the list is not', () => {
    const scroll = scrollOver(3_000_000);
    scroll.scrolledTo(1000);
    scroll.scrolledTo(0);
    expect(scroll.isStuck).toBe(false);
    scroll.scrollTo(1_000_000, 'center');
    scroll.syncedTo(2000);
    scroll.scrolledTo(0);
    expect(scroll.isStuck).toBe(true);
    const row = topRow(scroll);
    scroll.syncedTo(scroll.idealTop);
    expect(scroll.isStuck).toBe(false);
    expect(topRow(scroll)).toBe(row);
  });

  it('shows a row in the middle, wherever it is and however high the rows above it turn out to be', () => {
    const scroll = scrollOver(3_000_000);
    scroll.scrollTo(2_345_678, 'center');
    scroll.syncedTo(scroll.idealTop);
    const { first, last } = scroll.window(0);
    expect(Math.abs((first + last) / 2 - 2_345_678)).toBeLessThan(2);
    scroll.heights.set(2_345_670, 300);
    const top = scroll.heights.offsetOf(2_345_678) - scroll.offset;
    expect(top).toBe((VIEW - 20) / 2);
  });

  it('holds to the end while the last row grows', () => {
    const scroll = scrollOver(100);
    scroll.scrollTo(99, 'end');
    scroll.heights.set(99, 400);
    expect(scroll.offset).toBe(scroll.total - VIEW);
    expect(scroll.isAtEnd).toBe(true);
  });

  it('has nothing to draw of no rows', () => expect(scrollOver(0).window(20)).toEqual({ first: 0, last: -1, y: 0 }));
});
