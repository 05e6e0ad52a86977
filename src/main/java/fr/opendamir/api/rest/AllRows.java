package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.List;

/** Checks where {@code limit=all} is allowed. */
final class AllRows {
  private AllRows() {}

  /**
   * Requires a streamable format if all rows are requested.
   *
   * @throws QuestionException that says which formats are possible
   */
  static void require(Question query, AnswerFormat format) {
    if (query.asksForAllRows() && !format.isStreamable()) {
      List<String> formats =
          Formats.ids(AnswerFormat::isStreamable).stream().map(id -> "format=" + id).toList();
      throw refusal(
          new Label(
              "all ne vaut que pour %s ; sinon limit=1 à %d et cursor"
                  .formatted(String.join(" et ", formats), Question.MAX_LIMIT),
              "all is for %s only; otherwise limit=1 to %d and cursor"
                  .formatted(String.join(" and ", formats), Question.MAX_LIMIT)));
    }
  }

  private static QuestionException refusal(Label detail) {
    return new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(new QuestionError("limit", "malformed_value", detail, List.of())));
  }
}
