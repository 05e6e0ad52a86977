package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The columns that identify a cell in SQL: {@code g0}, {@code g1}, … for the levels grouped by, in
 * their order.
 */
final class CellKeys {
  private final Question question;

  CellKeys(Question question) {
    this.question = question;
  }

  /** Whether there are totals beside the cells. */
  boolean hasTotals() {
    return question.totals() != Totals.NONE;
  }

  /** A column for each key, each followed by a comma. */
  String columns(IntFunction<String> column) {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(i -> column.apply(i) + ", ")
        .collect(joining());
  }

  /** The code of a cell or total; no code is null in an answer. */
  String code(int i) {
    return hasTotals() ? "coalesce(g%d, '%s')".formatted(i, ReservedCodes.TOTAL) : "g" + i;
  }

  /** The keys, separated by commas. */
  String all() {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(i -> "g" + i)
        .collect(joining(", "));
  }

  /** Whether a key is the key of a total. */
  static String isTotal(int i) {
    return "g%d = '%s'".formatted(i, ReservedCodes.TOTAL);
  }

  /** Whether any key is the key of a total. */
  String isTotalOfAny() {
    return IntStream.range(0, question.groupBy().size())
        .mapToObj(CellKeys::isTotal)
        .collect(joining(" OR ", "(", ")"));
  }
}
