package fr.opendamir.query;

import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.See;
import java.util.List;

/** Errors of a question that parses correctly but cannot be answered from its release. */
final class BindingErrors {
  private BindingErrors() {}

  static QuestionException nothingPublished() {
    return new QuestionException(
        QuestionException.Reason.NOT_PUBLISHED,
        List.of(QuestionError.of(Part.RELEASE, BindingMessage.NOTHING_PUBLISHED)));
  }

  static QuestionException notServed(String id) {
    return new QuestionException(
        QuestionException.Reason.UNKNOWN_RELEASE,
        List.of(
            QuestionError.of(
                Part.RELEASE,
                BindingMessage.NOT_SERVED,
                QuestionError.shown(id),
                new See.Releases())));
  }

  static QuestionException tooManyRows(int most) {
    return new QuestionException(
        QuestionException.Reason.TOO_LARGE,
        List.of(
            QuestionError.of(Part.LIMIT, BindingMessage.TOO_MANY_ROWS, most, Question.MAX_LIMIT)));
  }
}
