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
 * Rejects questions about measures that no row could have. Rows without a value in other questions
 * are left to the SQL.
 */
final class MeasureCoverage {
  private MeasureCoverage() {}

  /** Whether some row can have each measure. */
  static boolean isDefined(Question query) {
    return query.measures().stream().allMatch(measure -> isDefined(measure, query));
  }

  private static boolean isDefined(Measure measure, Question query) {
    return switch (measure.coverage()) {
      case EVERY_CELL -> true;
      case ONE_SERVICE -> query.hasOneServicePerCell();
    };
  }

  /**
   * Requires that some row can have each measure.
   *
   * @throws QuestionException that says what would work
   */
  static void requireDefined(Question query) {
    reject(query, measure -> !isDefined(measure, query), BindingMessage.SEVERAL_SERVICES);
  }

  /**
   * Requires measures whose change between two releases is their value in what changed.
   *
   * @throws QuestionException that says what would work
   */
  static void requireAdditive(Question query) {
    reject(query, measure -> !measure.formula().isAdditive(), BindingMessage.NOT_A_SUM);
  }

  private static void reject(Question query, Predicate<Measure> isRejected, Message message) {
    List<QuestionError> errors =
        query.measures().stream()
            .filter(isRejected)
            .map(measure -> QuestionError.of(Part.MEASURES, message, measure.id()))
            .toList();
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }
}
