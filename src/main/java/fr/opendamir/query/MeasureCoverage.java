package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import java.util.List;
import java.util.function.Function;
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
    reject(query, measure -> !isDefined(measure, query), MeasureCoverage::severalServices);
  }

  /**
   * Requires measures whose change between two releases is their value in what changed.
   *
   * @throws QuestionException that says what would work
   */
  static void requireAdditive(Question query) {
    reject(query, measure -> !measure.formula().isAdditive(), MeasureCoverage::notAdditive);
  }

  private static void reject(
      Question query, Predicate<Measure> isRejected, Function<Measure, QuestionError> error) {
    List<QuestionError> errors = query.measures().stream().filter(isRejected).map(error).toList();
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private static QuestionError severalServices(Measure measure) {
    return new QuestionError(
        "measures",
        "several_services",
        new Label(
            measure.id()
                + " n'a de sens que pour une seule prestation : ajouter service à group_by, ou"
                + " filtrer sur une prestation (service=1110)",
            measure.id()
                + " only makes sense for one service: add service to group_by, or filter on one"
                + " (service=1110)"),
        List.of());
  }

  private static QuestionError notAdditive(Measure measure) {
    return new QuestionError(
        "measures",
        "not_a_sum",
        new Label(
            measure.id()
                + " est un quotient : sa variation n'est pas une somme de blocs ; demander ses deux"
                + " termes",
            measure.id()
                + " is a quotient: its change is no sum of blocks; ask for the two sums it is made"
                + " of"),
        List.of());
  }
}
