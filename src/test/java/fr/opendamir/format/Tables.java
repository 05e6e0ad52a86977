package fr.opendamir.format;

import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.CodeNames;
import fr.opendamir.table.Figure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables put together by hand. */
final class Tables {
  private Tables() {}

  static AnswerTable of(String language, List<Axis> axes, List<Figure> figures) {
    return of(language, "both", axes, figures);
  }

  static AnswerTable of(String language, String labels, List<Axis> axes, List<Figure> figures) {
    return AnswerTable.of(axes, figures, true, Optional.of(description(language, labels)));
  }

  /** An axis whose labels are its codes, with a word before. */
  static Axis axis(String id, Axis.Role role) {
    return new Axis(
        id,
        id,
        role,
        Optional.of(code -> "label of " + code),
        Optional.of(new CodeNames(code -> "libellé de " + code, code -> "label of " + code)));
  }

  private static AnswerDescription description(String language, String labels) {
    return new AnswerDescription(
        "Charged – Region",
        "Measure",
        new AnswerDescription.Page(100, null, false, 3),
        Map.of("lang", language, "labels", labels, "months", List.of("2024-01", "2024-02")),
        Map.of("rates", Map.of("coverage", Map.of("charged_per_person", new BigDecimal("0.98")))),
        "A cell without a value has no row.",
        Optional.empty(),
        new AnswerDescription.ReleaseSummary(
            "2024-04-02.1", "2024-04-02T08:00:00Z", true, List.of("2024-01", "2024-02")),
        new AnswerDescription.Disclosure(
            "blocks-12",
            11,
            Map.of("region", Map.of("charged", new BigDecimal("0.0002"))),
            "/v1/disclosure"),
        List.of("Good to know."),
        new AnswerDescription.Attribution("Cnam", "Licence Ouverte", "2024-04-02"),
        new AnswerDescription.Links(
            "/v1/aggregates?group_by=region", null, "/v1/aggregates?format=csv", "/openapi"));
  }
}
