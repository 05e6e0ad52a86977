package fr.opendamir.query;

import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.catalog.SumColumn;
import fr.opendamir.question.Question;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * From the sums of a cell to the values of a row. Sums stay whole cents until here and every value
 * is an exact decimal: nothing passes through binary floating point.
 */
final class RowCalculation {
  private static final SumColumn CELL_QUANTITY = new SumColumn(SourceMeasure.QUANTITY, false);

  private final Question query;
  private final List<SumColumn> sums;
  private final int threshold;

  RowCalculation(Question query, List<SumColumn> sums, int threshold) {
    this.query = query;
    this.sums = sums;
    this.threshold = threshold;
  }

  ResultRow row(Cells.Cell cell) {
    if (isSuppressed(cell)) {
      return new ResultRow(cell.codes(), Collections.nCopies(query.measures().size(), null), true);
    }
    List<BigDecimal> values = new ArrayList<>();
    for (Measure measure : query.measures()) {
      values.add(value(measure, cell));
    }
    return new ResultRow(cell.codes(), values, false);
  }

  /**
   * Display rule: a net quantity of 1 to 10 acts, which only blocks of opposite signs can add up
   * to, is not shown.
   */
  private boolean isSuppressed(Cells.Cell cell) {
    long quantity = Math.abs(sum(cell, CELL_QUANTITY));
    return quantity >= 1 && quantity < threshold;
  }

  private BigDecimal value(Measure measure, Cells.Cell cell) {
    List<SumColumn> needed = measure.sums();
    Formula formula = measure.formula();
    if (formula instanceof Formula.Sum) {
      return BigDecimal.valueOf(sum(cell, needed.get(0)), measure.decimals());
    }
    BigDecimal first = BigDecimal.valueOf(sum(cell, needed.get(0)), 2);
    SumColumn second = needed.get(1);
    if (formula instanceof Formula.Difference) {
      return first.subtract(BigDecimal.valueOf(sum(cell, second), 2));
    }
    if (formula instanceof Formula.PerAct) {
      return holdsSeveralServices(cell)
          ? null
          : quotient(first, BigDecimal.valueOf(sum(cell, second)), measure.decimals());
    }
    return quotient(first, BigDecimal.valueOf(sum(cell, second), 2), measure.decimals());
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor, int scale) {
    return divisor.signum() == 0 ? null : dividend.divide(divisor, scale, RoundingMode.HALF_UP);
  }

  /** The row of services that are not disclosed holds several, and that of all of them. */
  private boolean holdsSeveralServices(Cells.Cell cell) {
    int service = query.groupBy().indexOf(Level.SERVICE_CODE);
    if (service < 0) {
      return false;
    }
    String code = cell.codes().get(service);
    return ReservedCodes.isNotDisclosed(code)
        || (code.equals(ReservedCodes.TOTAL) && !query.isOfOneService());
  }

  /** Zero where nothing of the cell was in scope. */
  private long sum(Cells.Cell cell, SumColumn column) {
    Long sum = cell.sums().get(sums.indexOf(column));
    return sum == null ? 0 : sum;
  }
}
