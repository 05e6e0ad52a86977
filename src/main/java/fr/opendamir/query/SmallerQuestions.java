package fr.opendamir.query;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * Suggests smaller variants of a question that is too large: without one of its levels or filters,
 * with a coarser level, or over fewer months. Each suggestion is planned first, so that it is
 * within the limit.
 */
final class SmallerQuestions {
  private static final int MOST_SUGGESTIONS = 5;

  private final Question question;
  private final ToLongFunction<Question> scannedRows;
  private final long maxScannedRows;
  private final List<Candidate> found = new ArrayList<>();

  private record Candidate(TooLargeException.Suggestion suggestion, long rows) {}

  /**
   * Prepares the search.
   *
   * @param scannedRows the number of rows that a question would scan; {@link Long#MAX_VALUE} if it
   *     has no rows or no meaningful answer
   */
  SmallerQuestions(Question question, ToLongFunction<Question> scannedRows, long maxScannedRows) {
    this.question = question;
    this.scannedRows = scannedRows;
    this.maxScannedRows = maxScannedRows;
  }

  List<TooLargeException.Suggestion> find(int months) {
    addFewerMonths(months);
    for (Level level : question.groupBy()) {
      if (level.dimension() != Dimension.MONTH) {
        addCoarser(level);
        add(
            new Label(
                "sans " + level.id() + " dans group_by", "without " + level.id() + " in group_by"),
            question.withoutLevel(level));
      }
    }
    for (CodeFilter filter : question.filters()) {
      add(
          new Label(
              "sans filtre sur " + filter.level().id(),
              "without a filter on " + filter.level().id()),
          question.withoutFilter(filter));
    }
    return found.stream()
        .sorted(Comparator.comparingLong(candidate -> -candidate.rows()))
        .limit(MOST_SUGGESTIONS)
        .map(Candidate::suggestion)
        .toList();
  }

  /**
   * Adds the largest number of newest months that is within the limit. A binary search works,
   * because more months have more rows.
   */
  private void addFewerMonths(int months) {
    int fitting = 0;
    int tooMany = months;
    while (tooMany - fitting > 1) {
      int middle = (fitting + tooMany) / 2;
      long rows = scannedRows.applyAsLong(last(middle));
      // MAX_VALUE: none of these months is in the requested period, so more months are needed.
      if (rows <= maxScannedRows || rows == Long.MAX_VALUE) {
        fitting = middle;
      } else {
        tooMany = middle;
      }
    }
    if (fitting > 0) {
      add(
          new Label(
              "les " + fitting + " derniers mois (last)", "the last " + fitting + " months (last)"),
          last(fitting));
    }
  }

  private Question last(int months) {
    return question.withMonths(
        new MonthFilter(question.months().conditions(), OptionalInt.of(months)));
  }

  private void addCoarser(Level level) {
    for (Level coarser : Level.of(level.dimension())) {
      if (coarser.compareTo(level) > 0 && !question.groupBy().contains(coarser)) {
        add(
            new Label(
                coarser.id() + " au lieu de " + level.id(),
                coarser.id() + " instead of " + level.id()),
            question.withLevel(level, coarser));
      }
    }
  }

  private void add(Label change, Question smaller) {
    long rows = scannedRows.applyAsLong(smaller);
    if (rows > 0 && rows <= maxScannedRows) {
      found.add(new Candidate(new TooLargeException.Suggestion(change, smaller), rows));
    }
  }
}
