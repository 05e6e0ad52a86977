package fr.opendamir.query;

import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;

/**
 * What an answer costs, in units: {@code 1 + ceil(cells / 1000) + ceil(worked rows / 100,000) +
 * floor(codes / 10,000)}. The same at every door, for dry runs, and for answers that are kept.
 *
 * <ul>
 *   <li>cells: rows that are returned, those of totals too, times measures;
 *   <li>worked rows: rows that are scanned, times the groupings that they are summed by (1 without
 *       totals, 2 with {@code grand}, one more than levels with {@code rollup}), and once more for
 *       each five conditions of {@code having} and keys of {@code sort}, which every group is held
 *       against;
 *   <li>codes: rows that are returned times the columns of codes and labels that they begin with.
 * </ul>
 */
public final class Price {
  public static final long CELLS_PER_UNIT = 1_000;
  public static final long ROWS_PER_UNIT = 100_000;
  public static final long CODES_PER_UNIT = 10_000;

  /** So many conditions and sort keys take as long as one more grouping. */
  public static final long CONDITIONS_PER_PASS = 5;

  private Price() {}

  /** The price of rows of an answer, which took so many scanned rows. */
  static long of(Question query, long rows, long scannedRows) {
    return of(rows * query.measures().size(), scannedRows * passes(query))
        + rows * columns(query) / CODES_PER_UNIT;
  }

  /**
   * The price without what codes and labels add.
   *
   * @param cells rows that are returned, times measures
   * @param workedRows rows that are read to find them, as often as they are worked on
   */
  static long of(long cells, long workedRows) {
    return 1 + ceil(cells, CELLS_PER_UNIT) + ceil(workedRows, ROWS_PER_UNIT);
  }

  /** How often a row that is scanned is worked on. */
  private static long passes(Question query) {
    int levels = query.groupBy().size();
    long groupings =
        switch (query.totals()) {
          case NONE -> 1;
          case GRAND -> 2;
          case ROLLUP -> levels + 1L;
        };
    return groupings + (query.having().size() + query.sort().size()) / CONDITIONS_PER_PASS;
  }

  private static long columns(Question query) {
    return query.groupBy().size() * (query.labels() == LabelStyle.BOTH ? 2L : 1L);
  }

  private static long ceil(long count, long perUnit) {
    return Math.floorDiv(count + perUnit - 1, perUnit);
  }
}
