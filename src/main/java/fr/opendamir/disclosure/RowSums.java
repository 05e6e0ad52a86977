package fr.opendamir.disclosure;

import java.util.Arrays;

/**
 * The rows of one block, summed by kind: by service and pattern of layers. A table that is used
 * again for each block; most blocks have a single row.
 */
public final class RowSums {
  private static final int PATTERN_BITS = 32;

  private final KeyNumbers numbers;
  private final NumberRows sums = new NumberRows(StageAtoms.ROW_WIDTH);
  private long[] kinds = new long[64];
  private int[] places = new int[64];
  private int size;

  /**
   * Makes an empty table.
   *
   * @param most the largest number of rows that are added to a block
   */
  RowSums(int most) {
    numbers = new KeyNumbers(most);
  }

  /** Service and pattern as one number; kinds are ordered by service, then by pattern. */
  public static long kind(int service, long pattern) {
    return (long) service << PATTERN_BITS | pattern;
  }

  public static int service(long kind) {
    return (int) (kind >>> PATTERN_BITS);
  }

  public static long pattern(long kind) {
    return kind & (1L << PATTERN_BITS) - 1;
  }

  /**
   * Begins another block.
   *
   * @param most the largest number of rows to come
   */
  void clear(int most) {
    numbers.clear(most);
    sums.clear();
    size = 0;
  }

  /** Adds a row of an atom. */
  void add(StageAtoms atoms, int row) {
    NumberRows rows = atoms.allRows();
    long kind = rows.get(row, StageAtoms.KIND);
    int number = numbers.of(kind, 0, 0);
    if (number == size) {
      sums.add();
      sums.set(number, StageAtoms.KIND, kind);
      if (size == kinds.length) {
        kinds = Arrays.copyOf(kinds, 2 * size);
        places = Arrays.copyOf(places, 2 * size);
      }
      kinds[size++] = kind;
    }
    for (int column = StageAtoms.ACTS; column < StageAtoms.ROW_WIDTH; column++) {
      sums.plus(number, column, rows.get(row, column));
    }
  }

  /** Sorts by kind, after all rows. */
  void sort() {
    Arrays.sort(kinds, 0, size);
    for (int place = 0; place < size; place++) {
      places[place] = numbers.of(kinds[place], 0, 0);
    }
  }

  int size() {
    return size;
  }

  /** The kind at a place. */
  long kind(int place) {
    return kinds[place];
  }

  /** A sum of the kind at a place: a column of {@link StageAtoms}. */
  long sum(int place, int column) {
    return sums.get(places[place], column);
  }
}
