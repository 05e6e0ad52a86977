package fr.opendamir.query;

import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Message;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rejects questions with measures that would have no value in any row. Single rows without a value
 * are handled in SQL.
 */
final class MeasureCoverage {
  private MeasureCoverage() {}

  /** Whether each measure can have a value in some row. */
  static boolean isDefined(Question question) {
    return question.measures().stream().allMatch(measure -> isDefined(measure, question));
  }

  private static boolean isDefined(Measure measure, Question question) {
    return switch (measure.coverage()) {
      case EVERY_CELL -> true;
      case ONE_SERVICE -> question.hasOneServicePerCell();
    };
  }

  /**
   * Requires that each measure can have a value in some row.
   *
   * @throws QuestionException that says what is possible instead
   */
  static void requireDefined(Question question) {
    reject(question, measure -> !isDefined(measure, question), BindingMessage.SEVERAL_SERVICES);
  }

  /**
   * Requires additive measures: their change between two releases is the sum over the changed
   * imports.
   *
   * @throws QuestionException that says what is possible instead
   */
  static void requireAdditive(Question question) {
    reject(question, measure -> !measure.formula().isAdditive(), BindingMessage.NOT_A_SUM);
  }

  private static void reject(Question question, Predicate<Measure> isRejected, Message message) {
    List<QuestionError> errors =
        question.measures().stream()
            .filter(isRejected)
            .map(measure -> QuestionError.of(Part.MEASURES, message, measure.id()))
            .toList();
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }
}
