package fr.opendamir.disclosure;

import java.util.Arrays;

/** Rows of whole numbers, all of one width, in pages: they grow without being copied. */
public final class NumberRows {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_ROWS = 1 << PAGE_BITS;

  private final int width;
  private long[][] pages = new long[16][];
  private int size;

  public NumberRows(int width) {
    this.width = width;
  }

  public int size() {
    return size;
  }

  /** Adds a row of zeros and returns its place. */
  public int add() {
    int page = size >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, 2 * page);
    }
    if (pages[page] == null) {
      pages[page] = new long[PAGE_ROWS * width];
    }
    return size++;
  }

  public long get(int row, int column) {
    return pages[row >>> PAGE_BITS][(row & PAGE_ROWS - 1) * width + column];
  }

  public void set(int row, int column, long number) {
    pages[row >>> PAGE_BITS][(row & PAGE_ROWS - 1) * width + column] = number;
  }

  /**
   * Adds to a number.
   *
   * @throws ArithmeticException if the sum does not fit
   */
  void plus(int row, int column, long number) {
    long[] page = pages[row >>> PAGE_BITS];
    int at = (row & PAGE_ROWS - 1) * width + column;
    page[at] = Math.addExact(page[at], number);
  }

  /** Forgets all rows. */
  void clear() {
    for (int page = 0; page << PAGE_BITS < size; page++) {
      int used = Math.min(PAGE_ROWS, size - (page << PAGE_BITS));
      Arrays.fill(pages[page], 0, used * width, 0);
    }
    size = 0;
  }
}
