package fr.opendamir.question;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import java.util.List;
import java.util.Optional;

/**
 * A parsed question.
 *
 * @param groupBy the levels of a cell, in the order of the answer's columns, each once
 * @param measures the figures of each cell, in the order of the answer's columns, each once
 * @param filters conditions on levels other than periods, combined with AND
 * @param having conditions on the measures of a row, combined with AND
 * @param sort the sort keys of rows; all grouped codes, ascending, follow as implicit last keys
 * @param totals which totals the answer has between its cells
 * @param comparison the earlier period that the answer compares its figures with
 * @param fill whether each group has a row for every period
 * @param standard the population by which standardised measures are weighted
 * @param release the requested release; the newest if absent
 * @param presentation labels, language and page of the answer
 */
public record Question(
    List<Level> groupBy,
    List<Measure> measures,
    List<CodeFilter> filters,
    MonthFilter months,
    List<Having> having,
    List<SortKey> sort,
    Totals totals,
    Comparison comparison,
    Fill fill,
    StandardPopulation standard,
    Optional<String> release,
    Presentation presentation) {

  /** Maximum value of {@code last}, in months: a century. */
  public static final int MAX_LAST = 1200;

  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 10_000;

  /** The limit for {@code limit=all}. A question with more rows than this is rejected. */
  public static final int ALL_ROWS = 1_000_000;

  /** No {@code limit} was requested. */
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

  /** The values of a row, in the order of the answer's columns. */
  public List<MeasureValue> values() {
    return MeasureValue.of(measures, isComparison());
  }

  /** Whether figures are compared with those of an earlier period. */
  public boolean isComparison() {
    return comparison != Comparison.NONE;
  }

  /** The period that each row of a comparison is about; absent if all rows are about one. */
  public Optional<Level> comparedPeriod() {
    return groupBy.stream().filter(Comparison.PERIODS::contains).findFirst();
  }

  /** The kind of period, of processing or of care, that is filled; absent without filling. */
  public Optional<Level> filledPeriod() {
    return groupBy.stream()
        .filter(level -> fill != Fill.NONE && level.periodForm().isPresent())
        .findFirst();
  }

  public LabelStyle labels() {
    return presentation.labels();
  }

  public Language language() {
    return presentation.language();
  }

  /**
   * The maximum number of cells of the answer; {@link #ALL_ROWS} requests all rows. Without a
   * requested limit it is 0 until {@link #inFormat} sets the default.
   */
  public int limit() {
    return presentation.limit();
  }

  /** The number of cells before the first cell of the answer. */
  public long offset() {
    return presentation.offset();
  }

  /** The same question from the position of a cursor. */
  Question from(Cursor cursor) {
    return of(cursor.release()).with(presentation.from(cursor.offset()));
  }

  /** The same question without a level in its grouping, and without sort keys that use it. */
  public Question withoutLevel(Level level) {
    return with(groupBy.stream().filter(other -> other != level).toList(), filters, months);
  }

  /** The same question with a level of its grouping replaced by another one. */
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
        comparison,
        filledPeriod().filter(otherGroupBy::contains).map(period -> fill).orElse(Fill.NONE),
        standard,
        release,
        presentation.from(0));
  }

  private Question with(Presentation other) {
    return new Question(
        groupBy,
        measures,
        filters,
        months,
        having,
        sort,
        totals,
        comparison,
        fill,
        standard,
        release,
        other);
  }

  private Question with(Optional<String> otherRelease) {
    return new Question(
        groupBy,
        measures,
        filters,
        months,
        having,
        sort,
        totals,
        comparison,
        fill,
        standard,
        otherRelease,
        presentation);
  }

  /** Whether all rows are requested instead of a page. */
  public boolean asksForAllRows() {
    return limit() == ALL_ROWS;
  }

  /**
   * The same question with the default limit of a format if none was requested: all rows for file
   * formats, one page for the others.
   */
  public Question inFormat(boolean isFile) {
    return limit() == NO_LIMIT ? withLimit(isFile ? ALL_ROWS : DEFAULT_LIMIT) : this;
  }

  /** The same question with other labels. */
  public Question with(LabelStyle labels) {
    return with(presentation.with(labels));
  }

  /** The same question with another limit. */
  public Question withLimit(int other) {
    return with(presentation.withLimit(other));
  }

  /** The same question to a given release. */
  public Question of(String releaseId) {
    return with(Optional.of(releaseId));
  }

  /** The same question to the newest release. */
  public Question ofNewest() {
    return with(Optional.empty());
  }

  /**
   * The cursor of the first row of this answer from a release, given by its id; absent if the
   * answer starts with the very first row.
   */
  public Optional<String> cursor(String from) {
    return offset() > 0
        ? Optional.of(Cursor.after(this, from, offset()).encode())
        : Optional.empty();
  }

  /** Whether no cell can hold more than one service. */
  public boolean hasOneServicePerCell() {
    return groupBy.contains(Level.SERVICE_CODE) || isOfOneService();
  }

  /** Whether a filter limits the question to one service. */
  public boolean isOfOneService() {
    return filters.stream()
        .anyMatch(f -> f.level() == Level.SERVICE_CODE && !f.excluded() && f.codes().size() == 1);
  }
}
