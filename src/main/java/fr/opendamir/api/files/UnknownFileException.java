package fr.opendamir.api.files;

import fr.opendamir.api.http.Problem;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.api.http.Problems;
import fr.opendamir.catalog.Label;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No such release, or no such file in it. */
final class UnknownFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Label detail;
  private final transient Optional<String> nearest;

  UnknownFileException(ProblemType type, Label detail, Optional<String> nearest) {
    super(detail.en(), null, false, false);
    this.type = type;
    this.detail = detail;
    this.nearest = nearest;
  }

  Problem problem(Problems problems) {
    String text = detail.in(problems.language());
    List<Problem.Item> items =
        nearest
            .map(name -> List.of(new Problem.Item("name", text, "unknown_value", List.of(name))))
            .orElse(List.of());
    return problems.of(type, text, items, Map.of());
  }
}
