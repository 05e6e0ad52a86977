package fr.opendamir.query;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.RowStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One row of an answer.
 *
 * @param codes one per level of the grouping
 * @param values one per value of the question: euros with two decimals, whole acts, or a ratio;
 *     null without a value
 * @param status of the requested period
 * @param compared of the earlier period; present in a comparison
 */
public record ResultRow(
    List<String> codes, List<BigDecimal> values, RowStatus status, Optional<RowStatus> compared) {
  public ResultRow {
    codes = List.copyOf(codes);
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Creates a row with or without figures. */
  public ResultRow(List<String> codes, List<BigDecimal> values, boolean suppressed) {
    this(codes, values, suppressed ? RowStatus.SUPPRESSED : RowStatus.OK, Optional.empty());
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
