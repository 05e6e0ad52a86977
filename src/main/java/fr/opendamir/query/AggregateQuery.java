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
 * @param having conditions on the measures of a row, all of which must hold
 * @param sort what rows are ordered by, before all grouped codes ascending
 * @param limit at most this many rows
 * @param offset rows before the first one of the answer
 * @param release the release asked for; the newest where absent
 */
public record AggregateQuery(
    List<Level> groupBy,
    List<Measure> measures,
    List<CodeFilter> filters,
    MonthFilter months,
    List<Having> having,
    List<SortKey> sort,
    LabelStyle labels,
    Language language,
    int limit,
    long offset,
    Optional<String> release) {

  public static final int MAX_GROUP_BY = 6;
  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 10_000;

  public AggregateQuery {
    groupBy = List.copyOf(groupBy);
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
    having = List.copyOf(having);
    sort = List.copyOf(sort);
  }

  /** The same question, from where a cursor says. */
  AggregateQuery from(Cursor cursor) {
    return new AggregateQuery(
        groupBy,
        measures,
        filters,
        months,
        having,
        sort,
        labels,
        language,
        limit,
        cursor.offset(),
        Optional.of(cursor.release()));
  }

  /** Whether no cell can hold more than one service. */
  boolean hasOneServicePerCell() {
    return groupBy.contains(Level.SERVICE_CODE)
        || filters.stream()
            .anyMatch(
                f -> f.level() == Level.SERVICE_CODE && !f.excluded() && f.codes().size() == 1);
  }
}
