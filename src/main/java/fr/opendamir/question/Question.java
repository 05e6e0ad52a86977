package fr.opendamir.question;

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
 * @param totals rows of totals among those of cells
 * @param limit at most this many cells; {@link #ALL_ROWS} asks for every row there is, and {@link
 *     #NO_LIMIT} says nothing: see {@link #inFormat}
 * @param offset cells before the first one of the answer
 * @param release the release asked for; the newest where absent
 */
public record Question(
    List<Level> groupBy,
    List<Measure> measures,
    List<CodeFilter> filters,
    MonthFilter months,
    List<Having> having,
    List<SortKey> sort,
    Totals totals,
    LabelStyle labels,
    Language language,
    int limit,
    long offset,
    Optional<String> release) {

  /** Months that {@code last} may name: a century. */
  public static final int MAX_LAST = 1200;

  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 10_000;

  /** {@code limit=all}: every row, or a refusal where there are more than this. */
  public static final int ALL_ROWS = 1_000_000;

  /** No {@code limit} was asked for. */
  static final int NO_LIMIT = 0;

  public Question {
    groupBy = List.copyOf(groupBy);
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
    having = List.copyOf(having);
    sort = List.copyOf(sort);
    if (groupBy.isEmpty()) {
      totals = Totals.NONE; // the only row is the total
    } else if (groupBy.size() == 1 && totals == Totals.ROLLUP) {
      totals = Totals.GRAND;
    }
  }

  /** The same question, from where a cursor says. */
  Question from(Cursor cursor) {
    return new Question(
        groupBy,
        measures,
        filters,
        months,
        having,
        sort,
        totals,
        labels,
        language,
        limit,
        cursor.offset(),
        Optional.of(cursor.release()));
  }

  /** The same question without a level in its grouping, and what depends on that. */
  public Question withoutLevel(Level level) {
    return with(groupBy.stream().filter(other -> other != level).toList(), filters, months);
  }

  /** The same question with another level in the place of one of its grouping. */
  public Question withLevel(Level level, Level other) {
    return with(
        groupBy.stream().map(grouped -> grouped == level ? other : grouped).toList(),
        filters,
        months);
  }

  public Question withoutFilter(CodeFilter filter) {
    return with(groupBy, filters.stream().filter(other -> !other.equals(filter)).toList(), months);
  }

  public Question withMonths(MonthFilter other) {
    return with(groupBy, filters, other);
  }

  private Question with(
      List<Level> otherGroupBy, List<CodeFilter> otherFilters, MonthFilter otherMonths) {
    return new Question(
        otherGroupBy,
        measures,
        otherFilters,
        otherMonths,
        having,
        sort.stream().filter(key -> key.level().map(otherGroupBy::contains).orElse(true)).toList(),
        totals,
        labels,
        language,
        limit,
        0,
        release);
  }

  /** Whether every row is asked for at once, and not a page of them. */
  public boolean asksForAllRows() {
    return limit == ALL_ROWS;
  }

  /**
   * The same question with the limit that a format has where none is asked for: files are whole, a
   * page is enough for what programs and people look at.
   */
  public Question inFormat(boolean isFile) {
    return limit == NO_LIMIT ? withLimit(isFile ? ALL_ROWS : DEFAULT_LIMIT) : this;
  }

  /** The same question with another limit. */
  public Question withLimit(int other) {
    return new Question(
        groupBy, measures, filters, months, having, sort, totals, labels, language, other, offset,
        release);
  }

  /** The same question of a release, whatever is the newest. */
  public Question of(String releaseId) {
    return new Question(
        groupBy,
        measures,
        filters,
        months,
        having,
        sort,
        totals,
        labels,
        language,
        limit,
        offset,
        Optional.of(releaseId));
  }

  /**
   * Where the answer from a release, given by its id, starts; absent where it starts with the first
   * row.
   */
  public Optional<String> cursor(String from) {
    return offset > 0 ? Optional.of(Cursor.after(this, from, offset).encode()) : Optional.empty();
  }

  /** Whether no cell can hold more than one service. */
  public boolean hasOneServicePerCell() {
    return groupBy.contains(Level.SERVICE_CODE) || isOfOneService();
  }

  /** Whether it is about one service only. */
  public boolean isOfOneService() {
    return filters.stream()
        .anyMatch(f -> f.level() == Level.SERVICE_CODE && !f.excluded() && f.codes().size() == 1);
  }
}
