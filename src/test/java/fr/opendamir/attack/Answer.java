package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param statusCode the HTTP status
 * @param headers values by lower-case name
 * @param body as sent
 * @param rows the cells; none where the question was refused
 * @param total how many cells the service says there are
 */
record Answer(
    int statusCode,
    Map<String, List<String>> headers,
    String body,
    List<AnswerRow> rows,
    long total) {

  Answer {
    headers = Map.copyOf(headers);
    rows = List.copyOf(rows);
  }

  /** The figure of an answer without grouping: zero where there is no row, nothing where hidden. */
  Optional<BigDecimal> single(String measure) {
    return rows.isEmpty() ? Optional.of(BigDecimal.ZERO) : rows.get(0).figure(measure);
  }
}
