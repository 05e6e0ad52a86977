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
 * Smaller questions near one that is too large: without one of its levels, with a coarser one, or
 * over fewer months. Each was planned, so that asking it works.
 */
final class SmallerQuestions {
  private static final int MOST_SUGGESTIONS = 5;

  private final Question query;
  private final ToLongFunction<Question> scannedRows;
  private final long maxScannedRows;
  private final List<Candidate> found = new ArrayList<>();

  private record Candidate(TooLargeException.Suggestion suggestion, long rows) {}

  /**
   * Prepares the search.
   *
   * @param scannedRows the rows that a question would scan
   */
  SmallerQuestions(Question query, ToLongFunction<Question> scannedRows, long maxScannedRows) {
    this.query = query;
    this.scannedRows = scannedRows;
    this.maxScannedRows = maxScannedRows;
  }

  List<TooLargeException.Suggestion> find(int months) {
    addFewerMonths(months);
    for (Level level : query.groupBy()) {
      if (level.dimension() != Dimension.MONTH) {
        addCoarser(level);
        add(
            new Label(
                "sans " + level.id() + " dans group_by", "without " + level.id() + " in group_by"),
            query.withoutLevel(level));
      }
    }
    for (CodeFilter filter : query.filters()) {
      add(
          new Label(
              "sans filtre sur " + filter.level().id(),
              "without a filter on " + filter.level().id()),
          query.withoutFilter(filter));
    }
    return found.stream()
        .sorted(Comparator.comparingLong(candidate -> -candidate.rows()))
        .limit(MOST_SUGGESTIONS)
        .map(Candidate::suggestion)
        .toList();
  }

  /** The most months, counted back from the newest, that fit: more of them have more rows. */
  private void addFewerMonths(int months) {
    int fitting = 0;
    int tooMany = months;
    while (tooMany - fitting > 1) {
      int middle = (fitting + tooMany) / 2;
      long rows = scannedRows.applyAsLong(last(middle));
      // None of these may be of the period that is asked for: then there are no rows yet.
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
    return query.withMonths(new MonthFilter(query.months().conditions(), OptionalInt.of(months)));
  }

  private void addCoarser(Level level) {
    for (Level coarser : Level.of(level.dimension())) {
      if (coarser.compareTo(level) > 0 && !query.groupBy().contains(coarser)) {
        add(
            new Label(
                coarser.id() + " au lieu de " + level.id(),
                coarser.id() + " instead of " + level.id()),
            query.withLevel(level, coarser));
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
