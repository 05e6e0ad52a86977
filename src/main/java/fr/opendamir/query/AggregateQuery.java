package fr.opendamir.query;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.util.List;
import java.util.Optional;

/**
 * A question that has been understood.
 *
 * @param groupBy the levels of a cell, in the order of the answer's columns, each once
 * @param measures what is asked of each cell, in the order of the answer's columns, each once
 * @param filters conditions on levels other than those of the month, all of which must hold
 * @param limit at most this many rows
 * @param release the release asked for; the newest where absent
 */
public record AggregateQuery(
    List<Level> groupBy,
    List<Measure> measures,
    List<CodeFilter> filters,
    MonthFilter months,
    LabelStyle labels,
    Language language,
    int limit,
    Optional<String> release) {

  public static final int MAX_GROUP_BY = 6;
  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 10_000;

  public AggregateQuery {
    groupBy = List.copyOf(groupBy);
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
  }

  /** Whether no cell can hold more than one service. */
  boolean hasOneServicePerCell() {
    return groupBy.contains(Level.SERVICE_CODE)
        || filters.stream()
            .anyMatch(
                f -> f.level() == Level.SERVICE_CODE && !f.excluded() && f.codes().size() == 1);
  }
}
