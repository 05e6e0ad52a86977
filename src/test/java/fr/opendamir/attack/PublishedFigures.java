package fr.opendamir.attack;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All measures of a month, as an attacker has collected them. */
interface PublishedFigures {
  /** The rows of a table, with the six summed measures; what is hidden is absent. */
  List<AnswerRow> rows(List<String> levels);

  /** The finest table that there is. */
  List<String> finest();

  /** How many requests it took so far. */
  int questions();

  default Map<List<String>, AnswerRow> table(List<String> levels) {
    return rows(levels).stream()
        .collect(Collectors.toMap(row -> row.key(levels), Function.identity()));
  }
}
