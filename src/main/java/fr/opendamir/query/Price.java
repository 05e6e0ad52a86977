package fr.opendamir.query;

/**
 * What an answer costs, in units: {@code 1 + ceil(cells / 1000) + ceil(scanned rows / 100,000)}.
 */
public final class Price {
  private static final long CELLS_PER_UNIT = 1_000;
  private static final long ROWS_PER_UNIT = 100_000;

  private Price() {}

  /**
   * The price.
   *
   * @param cells rows that are returned, times measures
   * @param scannedRows rows that are read to find them
   */
  public static long of(long cells, long scannedRows) {
    return 1 + ceil(cells, CELLS_PER_UNIT) + ceil(scannedRows, ROWS_PER_UNIT);
  }

  private static long ceil(long count, long perUnit) {
    return Math.floorDiv(count + perUnit - 1, perUnit);
  }
}
