package fr.opendamir.question;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.question.Argument.Part;
import java.util.List;
import java.util.stream.Stream;

/** Checks that a question has the periods that a comparison or filling needs. */
final class PeriodRequirements {
  private final Question question;
  private final QuestionErrors errors;

  private PeriodRequirements(Question question, QuestionErrors errors) {
    this.question = question;
    this.errors = errors;
  }

  /** Adds an error for each requirement that the question does not meet. */
  static void check(Question question, QuestionErrors errors) {
    PeriodRequirements requirements = new PeriodRequirements(question, errors);
    if (question.isComparison()) {
      requirements.requireComparable();
    }
    if (question.fill() != Fill.NONE) {
      requirements.requireFillable();
    }
  }

  /** A comparison needs one kind of period in the grouping, or one period in all. */
  private void requireComparable() {
    requireNoPeriodOfCare();
    List<Level> compared =
        question.groupBy().stream().filter(Comparison.PERIODS::contains).toList();
    requireOnePeriod(Part.COMPARE, compared);
    if (compared.isEmpty() && !question.months().isOnePeriod()) {
      errors.add(Part.COMPARE, QuestionMessage.COMPARED_WITHOUT_PERIOD);
    }
  }

  /** Filling needs one kind of period in the grouping. */
  private void requireFillable() {
    List<Level> filled =
        question.groupBy().stream().filter(level -> level.periodForm().isPresent()).toList();
    requireOnePeriod(Part.FILL, filled);
    if (filled.isEmpty()) {
      errors.add(Part.FILL, QuestionMessage.FILLED_WITHOUT_PERIOD);
    }
  }

  private void requireNoPeriodOfCare() {
    List<Level> ofCare =
        Stream.concat(
                question.groupBy().stream(), question.filters().stream().map(CodeFilter::level))
            .filter(Level::isCarePeriod)
            .distinct()
            .toList();
    if (!ofCare.isEmpty()) {
      errors.add(Part.COMPARE, QuestionMessage.COMPARED_PERIODS_OF_CARE, ids(ofCare));
    }
  }

  private void requireOnePeriod(Part argument, List<Level> periods) {
    if (periods.size() > 1) {
      errors.add(argument, QuestionMessage.SEVERAL_PERIODS, argument.parameter(), ids(periods));
    }
  }

  private static String ids(List<Level> levels) {
    return levels.stream().map(Level::id).collect(joining(", "));
  }
}
