package fr.opendamir.query;

import fr.opendamir.catalog.ReservedCodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row of an answer.
 *
 * @param codes one per level of the grouping
 * @param values one per measure: euros with two decimals, whole acts, or a ratio; null without a
 *     value
 * @param suppressed whether the display rule withholds the values of this row
 */
public record ResultRow(List<String> codes, List<BigDecimal> values, boolean suppressed) {
  public ResultRow {
    codes = List.copyOf(codes);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Whether the row is a total and not a cell. */
  public boolean isTotal() {
    return codes.contains(ReservedCodes.TOTAL);
  }
}
