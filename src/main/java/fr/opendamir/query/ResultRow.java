package fr.opendamir.query;

import fr.opendamir.catalog.ReservedCodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row of an answer.
 *
 * @param codes by level of the grouping
 * @param values by measure: euros with two decimals, whole acts, or a ratio; null where there is
 *     none
 * @param suppressed whether the display rule withholds the values of this row
 */
public record ResultRow(List<String> codes, List<BigDecimal> values, boolean suppressed) {
  public ResultRow {
    codes = List.copyOf(codes);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Whether it is a row of totals, and no cell. */
  public boolean isTotal() {
    return codes.contains(ReservedCodes.TOTAL);
  }
}
