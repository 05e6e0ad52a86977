package fr.opendamir.query;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
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

  private final AggregateQuery query;
  private final ToLongFunction<AggregateQuery> scannedRows;
  private final long maxScannedRows;
  private final List<TooLargeException.Suggestion> found = new ArrayList<>();

  /**
   * Prepares the search.
   *
   * @param scannedRows the rows that a question would scan
   */
  SmallerQuestions(
      AggregateQuery query, ToLongFunction<AggregateQuery> scannedRows, long maxScannedRows) {
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
        .sorted(Comparator.comparingLong(s -> -scannedRows.applyAsLong(s.query())))
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  /** The most months, counted back from the newest, that fit. */
  private void addFewerMonths(int months) {
    for (int last = months - 1; last >= 1; last--) {
      AggregateQuery fewer =
          query.withMonths(new MonthFilter(query.months().conditions(), OptionalInt.of(last)));
      if (add(
          new Label("les " + last + " derniers mois (last)", "the last " + last + " months (last)"),
          fewer)) {
        return;
      }
    }
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

  private boolean add(Label change, AggregateQuery smaller) {
    long rows = scannedRows.applyAsLong(smaller);
    boolean fits = rows > 0 && rows <= maxScannedRows;
    if (fits) {
      found.add(new TooLargeException.Suggestion(change, smaller));
    }
    return fits;
  }
}
