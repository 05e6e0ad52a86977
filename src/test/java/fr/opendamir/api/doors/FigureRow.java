package fr.opendamir.api.doors;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A row of an answer as a reader has it, whatever the format.
 *
 * @param values with the decimals that were written; none where nothing was
 */
public record FigureRow(List<String> codes, List<Optional<BigDecimal>> values, String status) {
  /** Whether it is a row of totals, and no cell. */
  public boolean isTotal() {
    return codes.contains("_T");
  }
}
