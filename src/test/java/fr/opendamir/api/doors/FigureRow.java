package fr.opendamir.api.doors;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of an answer as a reader has it, whatever the format.
 *
 * @param values with the decimals that were written; none where nothing was
 */
public record FigureRow(List<String> codes, List<Optional<BigDecimal>> values, String status) {
  /** How many there are of each: rows in any order, without comparing each with each. */
  static Map<FigureRow, Long> counted(List<FigureRow> rows) {
    return rows.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Whether it is a row of totals, and no cell. */
  public boolean isTotal() {
    return codes.contains("_T");
  }
}
