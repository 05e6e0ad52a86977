package fr.opendamir.table;

import fr.opendamir.catalog.RowStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A row of a table. Its lists are not copied, because there are many rows.
 *
 * @param codes one code per axis; null for an empty cell
 * @param figures exact decimals; null without a value
 * @param status of the requested period
 * @param compared of the earlier period; present in a comparison
 */
public record Row(
    List<String> codes, List<BigDecimal> figures, RowStatus status, Optional<RowStatus> compared) {
  /** Creates a row of a table without an earlier period. */
  public Row(List<String> codes, List<BigDecimal> figures, RowStatus status) {
    this(codes, figures, status, Optional.empty());
  }

  /** Creates a row with or without figures. */
  public Row(List<String> codes, List<BigDecimal> figures, boolean suppressed) {
    this(codes, figures, suppressed ? RowStatus.SUPPRESSED : RowStatus.OK);
  }

  /**
   * What a reader of a figure must know, as a code of SDMX. If it is null: {@code C} if the display
   * rule suppresses it, {@code M} without a denominator, {@code L} if its months are not published,
   * {@code O} if its group has no figures in the period; a change has the reason of the first of
   * its two periods. {@code I} (imputed) for a zero that fills such a period, {@code P} for every
   * figure of a provisional row. Empty for other figures, and for a quotient of nothing.
   */
  public Optional<String> mark(int position, Figure figure) {
    if (figures.get(position) != null && status != RowStatus.PROVISIONAL) {
      return status == RowStatus.EMPTY ? Optional.of("I") : Optional.empty();
    }
    RowStatus earlier = compared.orElse(RowStatus.OK);
    return switch (figure.side()) {
      case ASKED -> reason(status);
      case COMPARED -> reason(earlier);
      case BOTH -> reason(status).or(() -> reason(earlier));
    };
  }

  private static Optional<String> reason(RowStatus status) {
    return switch (status) {
      case OK -> Optional.empty();
      case SUPPRESSED -> Optional.of("C");
      case NO_DENOMINATOR -> Optional.of("M");
      case NOT_PUBLISHED -> Optional.of("L");
      case PROVISIONAL -> Optional.of("P");
      case EMPTY -> Optional.of("O");
    };
  }

  /** The public identifier of the status in a column of statuses. */
  public String statusId(Column column) {
    return (column.position() == 0 ? status : compared.orElseThrow()).id();
  }
}
