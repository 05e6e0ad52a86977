package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.List;

/** Where {@code limit=all} may be asked for. */
final class AllRows {
  private AllRows() {}

  /**
   * Requires a format that can be streamed, where all rows are asked for.
   *
   * @throws QuestionException which says what would work
   */
  static void require(Question query, AnswerFormat format) {
    if (query.asksForAllRows() && !format.isRowsOnly()) {
      throw refusal(
          new Label(
              "all ne vaut que pour format=csv et format=ndjson ; sinon limit=1 à %d et cursor"
                  .formatted(Question.MAX_LIMIT),
              "all is for format=csv and format=ndjson only; else limit=1 to %d and cursor"
                  .formatted(Question.MAX_LIMIT)));
    }
  }

  private static QuestionException refusal(Label detail) {
    return new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(new QuestionError("limit", "malformed_value", detail, List.of())));
  }
}
