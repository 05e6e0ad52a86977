package fr.opendamir.query;

import fr.opendamir.catalog.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Result of a statement.
 *
 * @param publishedImports number of the statement's imports that were published in its snapshot
 * @param total number of cells on all pages
 * @param rows one page, in order
 * @param coverage for each rate, the share (0..1) of its numerator that lies in rows with a
 *     denominator; null if the numerator is zero
 */
public record Cells(
    int publishedImports, long total, List<ResultRow> rows, Map<Measure, BigDecimal> coverage) {
  private static final int DECIMALS = 6;

  public Cells {
    rows = List.copyOf(rows);
  }

  /** Creates the result of a question without rates. */
  public Cells(int publishedImports, long total, List<ResultRow> rows) {
    this(publishedImports, total, rows, Map.of());
  }

  /**
   * Reads the columns of coverage.
   *
   * @param column the value of the column of coverage at a position; null for SQL NULL
   */
  public static Map<Measure, BigDecimal> coverage(
      PreparedQuestion question, IntFunction<BigDecimal> column) {
    Map<Measure, BigDecimal> coverage = new EnumMap<>(Measure.class);
    int position = 0;
    for (Measure rate : question.rates()) {
      BigDecimal covered = column.apply(position++);
      BigDecimal all = column.apply(position++);
      coverage.put(rate, share(covered == null ? BigDecimal.ZERO : covered, all));
    }
    return coverage;
  }

  private static BigDecimal share(BigDecimal covered, BigDecimal all) {
    return all == null || all.signum() == 0
        ? null
        : covered.divide(all, DECIMALS, RoundingMode.HALF_UP);
  }
}
