package fr.opendamir.table;

import fr.opendamir.catalog.RowStatus;
import java.math.BigDecimal;
import java.util.List;

/**
 * A row of a table. Its lists are not copied, because there are many rows.
 *
 * @param codes one code per axis; null for an empty cell
 * @param figures exact decimals; null without a value
 */
public record Row(List<String> codes, List<BigDecimal> figures, RowStatus status) {
  /** Creates a row with or without figures. */
  public Row(List<String> codes, List<BigDecimal> figures, boolean suppressed) {
    this(codes, figures, RowStatus.of(suppressed, false));
  }

  /** Whether the display rule suppresses the figures. */
  public boolean suppressed() {
    return status == RowStatus.SUPPRESSED;
  }

  /** Whether figures are null because the row has no denominator. */
  public boolean isWithoutDenominator() {
    return status == RowStatus.NO_DENOMINATOR;
  }

  /** The public identifier of the status. */
  public String statusId() {
    return status.id();
  }
}
