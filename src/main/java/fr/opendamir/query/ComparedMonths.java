package fr.opendamir.query;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Question;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The months that the months of an answer are compared with. Each month of a period has its
 * counterpart, the same number of months earlier: six months of a year are compared with the same
 * six months. A period is compared if the release has the counterparts of all its months, because
 * fewer months would look like a change.
 *
 * @param monthsEarlier the distance to the counterpart
 * @param period the level of the periods that rows are about; absent if the answer is one period
 * @param months the counterparts of the months of all compared periods
 * @param missing by period that is not compared: the counterparts that the release does not have;
 *     the period is blank if the answer is one period
 * @param partial the periods of the answer that have some of their months only
 */
public record ComparedMonths(
    int monthsEarlier,
    Optional<Level> period,
    List<YearMonth> months,
    Map<String, List<YearMonth>> missing,
    List<String> partial) {
  private static final String WHOLE = "";

  public ComparedMonths {
    months = List.copyOf(months);
    missing = new TreeMap<>(missing);
    partial = List.copyOf(partial);
  }

  /**
   * Finds the counterparts of months; empty if the question compares nothing.
   *
   * @param asked the months of the answer
   * @param released the months of the release
   */
  static Optional<ComparedMonths> of(
      Question question, List<YearMonth> asked, List<YearMonth> released) {
    if (!question.isComparison() || asked.isEmpty()) {
      return Optional.empty();
    }
    Optional<Level> period = question.comparedPeriod();
    int earlier = question.comparison().monthsEarlier(period, span(question, asked));
    List<YearMonth> months = new ArrayList<>();
    Map<String, List<YearMonth>> missing = new TreeMap<>();
    List<String> partial = new ArrayList<>();
    byPeriod(period, asked)
        .forEach(
            (code, own) -> {
              List<YearMonth> counterparts =
                  own.stream().map(month -> month.minusMonths(earlier)).toList();
              List<YearMonth> lacking =
                  counterparts.stream().filter(month -> !released.contains(month)).toList();
              if (lacking.isEmpty()) {
                months.addAll(counterparts);
              } else {
                missing.put(code, lacking);
              }
              if (period.filter(level -> own.size() < Comparison.months(level)).isPresent()) {
                partial.add(code);
              }
            });
    return Optional.of(new ComparedMonths(earlier, period, months, missing, partial));
  }

  /**
   * The months from the first to the last. If the filter is one period, its length, so that an
   * incomplete year is compared with a year.
   */
  private static int span(Question question, List<YearMonth> asked) {
    YearMonth first = asked.stream().min(YearMonth::compareTo).orElseThrow();
    YearMonth last = asked.stream().max(YearMonth::compareTo).orElseThrow();
    return question
        .months()
        .span()
        .orElse(Math.toIntExact(first.until(last, ChronoUnit.MONTHS)) + 1);
  }

  private static Map<String, List<YearMonth>> byPeriod(
      Optional<Level> period, List<YearMonth> months) {
    Map<String, List<YearMonth>> byPeriod = new TreeMap<>();
    for (YearMonth month : months) {
      String code = period.map(level -> CarePeriods.period(level, month)).orElse(WHOLE);
      byPeriod.computeIfAbsent(code, any -> new ArrayList<>()).add(month);
    }
    return byPeriod;
  }

  /** The months that the release does not have, oldest first. */
  public List<YearMonth> notPublished() {
    return missing.values().stream().flatMap(List::stream).distinct().sorted().toList();
  }

  /** The months of the answer and those that they are compared with, each once. */
  List<YearMonth> with(List<YearMonth> asked) {
    return Stream.concat(asked.stream(), months.stream()).distinct().toList();
  }
}
