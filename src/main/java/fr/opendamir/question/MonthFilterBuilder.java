package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Builds the month filter from all arguments that name periods. */
public final class MonthFilterBuilder {
  private final QuestionErrors errors;
  private final PeriodRanges understood;
  private final List<MonthFilter.Condition> conditions = new ArrayList<>();
  private final List<Argument> arguments = new ArrayList<>();
  private OptionalInt last = OptionalInt.empty();
  private boolean isUnderstood = true;

  MonthFilterBuilder(QuestionErrors errors) {
    this.errors = errors;
    this.understood = new PeriodRanges(errors);
  }

  /** Selects or excludes months, quarters or years, or ranges of them. */
  public MonthFilterBuilder periods(Level level, boolean excluded, List<Period> periods) {
    List<MonthFilter.Range> ranges = new ArrayList<>();
    periods.forEach(period -> understood.range(level, period).ifPresent(ranges::add));
    isUnderstood &= !ranges.isEmpty() && ranges.size() == periods.size();
    conditions.add(new MonthFilter.Condition(ranges, excluded));
    arguments.add(new Filter(level));
    return this;
  }

  /**
   * Selects the months from the start of one period to the end of another; each period is a month,
   * a quarter or a year.
   */
  public MonthFilterBuilder between(Optional<String> from, Optional<String> to) {
    Optional<YearMonth> start = bound(Part.FROM, from).flatMap(MonthFilter.Range::first);
    Optional<YearMonth> end = bound(Part.TO, to).flatMap(MonthFilter.Range::last);
    if (PeriodRanges.isReversed(start, end)) {
      String sentTo = shown(to.orElseThrow());
      errors.add(
          new QuestionError(
              Part.FROM,
              QuestionMessage.FROM_AFTER_TO,
              List.of(shown(from.orElseThrow()), sentTo),
              List.of(sentTo)));
    }
    isUnderstood &= from.isPresent() == start.isPresent() && to.isPresent() == end.isPresent();
    add(Part.FROM, from, new MonthFilter.Range(start, Optional.empty()));
    add(Part.TO, to, new MonthFilter.Range(Optional.empty(), end));
    return this;
  }

  private void add(Part argument, Optional<String> sent, MonthFilter.Range range) {
    if (range.first().isPresent() || range.last().isPresent()) {
      conditions.add(new MonthFilter.Condition(List.of(range), false));
    }
    if (sent.isPresent()) {
      arguments.add(argument);
    }
  }

  private Optional<MonthFilter.Range> bound(Part argument, Optional<String> period) {
    Optional<MonthFilter.Range> range =
        period.flatMap(
            text ->
                Level.of(Dimension.MONTH).stream()
                    .flatMap(level -> Periods.one(level, text).stream())
                    .findFirst());
    if (period.isPresent() && range.isEmpty()) {
      understood.addNoPeriod(
          argument,
          period.get(),
          "2024-01, 2024-Q1, 2024",
          PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, period.get(), true));
    }
    return range;
  }

  /**
   * Selects the newest months of the release.
   *
   * @param months number of months; empty if the client did not send an integer
   */
  public MonthFilterBuilder last(OptionalLong months) {
    last = errors.within(Part.LAST, months, 1, Question.MAX_LAST);
    arguments.add(Part.LAST);
    return this;
  }

  MonthFilter build() {
    MonthFilter months =
        new MonthFilter(
            conditions.size() > 1 ? List.of(MonthFilter.Condition.allOf(conditions)) : conditions,
            last,
            arguments);
    if (isUnderstood && !errors.hasErrorOf(arguments) && months.isContradiction()) {
      errors.add(
          arguments.get(0),
          QuestionMessage.NO_MONTH,
          arguments.stream().map(Argument::parameter).collect(Collectors.joining(", ")));
    }
    return months;
  }
}
