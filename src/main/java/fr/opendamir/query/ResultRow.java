package fr.opendamir.query;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.RowStatus;
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
 */
public record ResultRow(List<String> codes, List<BigDecimal> values, RowStatus status) {
  public ResultRow {
    codes = List.copyOf(codes);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Creates a row with or without figures. */
  public ResultRow(List<String> codes, List<BigDecimal> values, boolean suppressed) {
    this(codes, values, RowStatus.of(suppressed, false));
  }

  /** Whether the display rule withholds the values of this row. */
  public boolean suppressed() {
    return status == RowStatus.SUPPRESSED;
  }

  /** Whether the row is a total and not a cell. */
  public boolean isTotal() {
    return codes.contains(ReservedCodes.TOTAL);
  }
}
