package fr.opendamir.query;

import fr.opendamir.question.Fill;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;

/**
 * The price of an answer, in units: {@code 1 + ceil(cells / 1000) + ceil(worked rows / 100,000) +
 * floor(codes / 10,000)}. It is the same for REST and GraphQL, for dry runs and for cached answers.
 *
 * <ul>
 *   <li>cells: returned rows, including totals, × measures, each of which has four values in a
 *       comparison;
 *   <li>worked rows: scanned rows of rollups, of both periods in a comparison, a fortieth of the
 *       scanned blocks, and the most cells that filling may give, × passes. The passes are the
 *       groupings to sum by (1 without totals, 2 with {@code grand}, levels + 1 with {@code
 *       rollup}), plus one if periods are filled, plus one for every five {@code having} conditions
 *       and {@code sort} keys, which are evaluated for every group;
 *   <li>codes: returned rows × columns of codes and labels.
 * </ul>
 */
public final class Price {
  public static final long CELLS_PER_UNIT = 1_000;
  public static final long ROWS_PER_UNIT = 100_000;
  public static final long CODES_PER_UNIT = 10_000;

  /** Number of conditions and sort keys that take as long as one more grouping. */
  public static final long CONDITIONS_PER_PASS = 5;

  private Price() {}

  /** The price of an answer, in units. */
  static long of(Question question, long rows, long work) {
    return of(rows * question.values().size(), work * passes(question))
        + rows * columns(question) / CODES_PER_UNIT;
  }

  /**
   * The price in units, without codes and labels.
   *
   * @param cells returned rows × measures
   * @param workedRows worked rows × passes
   */
  static long of(long cells, long workedRows) {
    return 1 + ceil(cells, CELLS_PER_UNIT) + ceil(workedRows, ROWS_PER_UNIT);
  }

  /** The number of passes over each worked row. */
  private static long passes(Question question) {
    int levels = question.groupBy().size();
    long groupings =
        switch (question.totals()) {
          case NONE -> 1;
          case GRAND -> 2;
          case ROLLUP -> levels + 1L;
        };
    long filled = question.fill() == Fill.NONE ? 0 : 1;
    return groupings
        + filled
        + (question.having().size() + question.sort().size()) / CONDITIONS_PER_PASS;
  }

  private static long columns(Question question) {
    return question.groupBy().size() * (question.labels() == LabelStyle.BOTH ? 2L : 1L);
  }

  private static long ceil(long count, long perUnit) {
    return Math.floorDiv(count + perUnit - 1, perUnit);
  }
}
