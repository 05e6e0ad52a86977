package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Argument.Filter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the periods of filters; adds an error for each one that is invalid. */
final class PeriodRanges {
  /** The values of a filter on periods of care that are no periods. */
  private static final Set<String> CARE_WORDS =
      Set.of(
          CarePeriods.OLDER,
          CarePeriods.UNKNOWN,
          ReservedCodes.NOT_DISCLOSED,
          ReservedCodes.NOT_FILLED,
          ReservedCodes.TOTAL);

  private final QuestionErrors errors;

  PeriodRanges(QuestionErrors errors) {
    this.errors = errors;
  }

  /** The months of a period of a level; empty if it is invalid, after adding an error. */
  Optional<MonthFilter.Range> range(Level level, Period period) {
    Level form = level.periodForm().orElseThrow();
    Optional<MonthFilter.Range> range = period.in(form);
    if (range.isEmpty()) {
      addNoPeriod(
          new Filter(level),
          period.text(),
          examples(level, Periods.example(form)),
          errors.isExplaining() ? PeriodHabits.suggest(form, period.text(), false) : List.of());
    } else if (isReversed(range.get().first(), range.get().last())) {
      errors.add(
          new QuestionError(
              new Filter(level),
              QuestionMessage.REVERSED_PERIOD,
              List.of(shown(period.text()), period.reversed()),
              List.of(period.reversed())));
      return Optional.empty();
    }
    return range;
  }

  private static String examples(Level level, String example) {
    return level.isCarePeriod()
        ? "%s, %s..%s, ..%s, %s, %s"
            .formatted(example, example, example, example, CarePeriods.OLDER, CarePeriods.UNKNOWN)
        : "%s, %s..%s, ..%s".formatted(example, example, example, example);
  }

  /**
   * The codes of a filter on periods of care, each once: a range with two ends becomes its periods,
   * an open one has a code of its own, because its other end depends on the release.
   */
  List<String> careCodes(Level level, List<Period> periods) {
    Set<String> codes = new LinkedHashSet<>();
    for (Period period : periods) {
      if (CARE_WORDS.contains(period.text())) {
        codes.add(period.text());
      } else {
        range(level, period).ifPresent(range -> addAll(codes, level, range));
      }
    }
    return new ArrayList<>(codes);
  }

  private static void addAll(Set<String> codes, Level level, MonthFilter.Range range) {
    if (range.first().isEmpty() || range.last().isEmpty()) {
      codes.add(CarePeriods.openRangeCode(level, range.first(), range.last()));
      return;
    }
    YearMonth last = range.last().get();
    int step = CarePeriods.months(level);
    for (YearMonth month = range.first().get();
        !month.isAfter(last) && !QuestionBound.CARE_PERIODS.isExceededBy(codes.size());
        month = month.plusMonths(step)) {
      codes.add(CarePeriods.period(level, month));
    }
  }

  /** Adds an error for a value that is not a period, with what was probably meant. */
  void addNoPeriod(Argument argument, String period, String examples, List<String> meant) {
    errors.add(
        meant.isEmpty()
            ? QuestionError.of(argument, QuestionMessage.NO_PERIOD, shown(period), examples)
            : new QuestionError(
                argument,
                QuestionMessage.PERIOD_WRITTEN_OTHERWISE,
                List.of(shown(period), meant.get(0), examples),
                meant));
  }

  static boolean isReversed(Optional<YearMonth> first, Optional<YearMonth> last) {
    return first.isPresent() && last.isPresent() && first.get().isAfter(last.get());
  }
}
