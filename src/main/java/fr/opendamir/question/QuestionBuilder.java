package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.Argument.Part;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds a question from typed arguments, for REST and GraphQL. Errors are collected by argument,
 * so that clients can correct them all at once. Set the grouping, the measures and the comparison
 * first: sort keys and conditions are checked against them.
 */
public final class QuestionBuilder {
  private final QuestionErrors errors;
  private final CodeFilterBuilder filters;
  private List<Level> groupBy = List.of();
  private List<Measure> measures = List.of(Measure.REIMBURSED);
  private MonthFilter months = MonthFilter.ALL;
  private List<Having> having = List.of();
  private List<SortKey> sort = List.of();
  private Totals totals = Totals.NONE;
  private Comparison comparison = Comparison.NONE;
  private Fill fill = Fill.NONE;
  private StandardPopulation standard = StandardPopulation.FR2023;
  private LabelStyle labels = LabelStyle.BOTH;
  private Language language = Language.FR;
  private int limit = Question.NO_LIMIT;
  private Optional<String> release = Optional.empty();
  private Optional<Cursor> start = Optional.empty();

  /** A condition on a value, before its number is checked. */
  public record Condition(MeasureValue measure, Having.Operator operator, BigDecimal value) {}

  public QuestionBuilder() {
    this(new QuestionErrors());
  }

  /** Creates a builder that adds to errors found before. */
  public QuestionBuilder(QuestionErrors errors) {
    this.errors = errors;
    this.filters = new CodeFilterBuilder(errors);
  }

  public QuestionBuilder groupBy(List<Level> levels) {
    groupBy = levels.stream().distinct().toList();
    return this;
  }

  /** Sets the measures; an empty list leaves the default. */
  public QuestionBuilder measures(List<Measure> asked) {
    if (!asked.isEmpty()) {
      measures = asked.stream().distinct().toList();
    }
    return this;
  }

  /**
   * Selects or excludes codes of a level. Whether they exist is checked later, because it depends
   * on the release.
   */
  public QuestionBuilder codes(Level level, boolean excluded, Collection<String> codes) {
    filters.codes(level, excluded, codes);
    return this;
  }

  /**
   * Selects or excludes periods of care, ranges of them, and the codes of care without a period.
   *
   * @param level a level of periods of care
   */
  public QuestionBuilder carePeriods(Level level, boolean excluded, List<Period> periods) {
    filters.carePeriods(level, excluded, periods);
    return this;
  }

  /**
   * Requires that a value is a single code or period.
   *
   * @return whether it is; an error is added otherwise
   */
  public boolean requireOneValue(Level level, String value) {
    return filters.requireOneValue(level, value);
  }

  /** Sets the filter on months. */
  public QuestionBuilder months(Consumer<MonthFilterBuilder> arguments) {
    MonthFilterBuilder filter = new MonthFilterBuilder(errors);
    arguments.accept(filter);
    months = filter.build();
    return this;
  }

  /** Selects the rows that meet conditions on requested measures. */
  public QuestionBuilder having(List<Condition> conditions) {
    having =
        conditions.stream().flatMap(condition -> having(condition).stream()).distinct().toList();
    for (MeasureValue value : values()) {
      if (Having.isContradiction(having.stream().filter(h -> h.measure().equals(value)).toList())) {
        errors.add(Part.HAVING, QuestionMessage.NO_FIGURE, value.id());
      }
    }
    return this;
  }

  private Optional<Having> having(Condition condition) {
    boolean isAskedFor = values().contains(condition.measure());
    if (!isAskedFor) {
      addNotAskedFor(Part.HAVING, condition.measure().id());
    }
    BigDecimal value = condition.value();
    boolean isNumber = Having.isValue(value);
    if (!isNumber) {
      errors.add(
          Part.HAVING,
          QuestionMessage.NO_NUMBER,
          shown(Having.isShort(value) ? value.toPlainString() : value.toString()));
    }
    return isAskedFor && isNumber
        ? Optional.of(new Having(condition.measure(), condition.operator(), value))
        : Optional.empty();
  }

  /**
   * Sets the sort keys. Only levels and measures of the answer are allowed, so that the order is
   * visible.
   */
  public QuestionBuilder sort(List<SortKey> keys) {
    sort = keys.stream().distinct().filter(this::requireAskedFor).toList();
    return this;
  }

  private boolean requireAskedFor(SortKey key) {
    boolean isAskedFor =
        key.level().map(groupBy::contains).orElse(true)
            && key.measure().map(values()::contains).orElse(true);
    if (!isAskedFor) {
      addNotAskedFor(Part.SORT, key.id());
    }
    return isAskedFor;
  }

  /** Adds an error for a sort key or condition that is not part of the answer. */
  void addNotAskedFor(Part argument, String name) {
    Stream<String> levels =
        argument == Part.SORT ? groupBy.stream().map(Level::id) : Stream.empty();
    errors.addUnknown(
        argument,
        QuestionMessage.NOT_ASKED_FOR,
        name,
        Stream.concat(levels, values().stream().map(MeasureValue::id)).toList());
  }

  /** The levels of the grouping. */
  List<Level> groupBy() {
    return groupBy;
  }

  /** The values of a row. */
  List<MeasureValue> values() {
    return MeasureValue.of(measures, comparison != Comparison.NONE);
  }

  /** Compares the figures with those of an earlier period. */
  public QuestionBuilder compare(Comparison asked) {
    comparison = asked;
    return this;
  }

  /** Gives each group a row for every period. */
  public QuestionBuilder fill(Fill asked) {
    fill = asked;
    return this;
  }

  public QuestionBuilder totals(Totals asked) {
    totals = asked;
    return this;
  }

  /**
   * Sets the population by which standardised measures are weighted; any other than the default one
   * requires such a measure.
   */
  public QuestionBuilder standard(StandardPopulation asked) {
    boolean isUsed = measures.stream().anyMatch(Measure::isStandardised);
    if (!isUsed && asked != StandardPopulation.FR2023) {
      errors.add(Part.REFERENCE, QuestionMessage.NOTHING_STANDARDISED, asked.id());
    }
    standard = asked;
    return this;
  }

  public QuestionBuilder labels(LabelStyle asked) {
    labels = asked;
    return this;
  }

  public QuestionBuilder language(Language asked) {
    language = asked;
    return this;
  }

  /**
   * Requests a page with a maximum number of cells.
   *
   * @param cells the page size; empty if the client did not send an integer
   */
  public QuestionBuilder limit(OptionalLong cells) {
    limit = errors.within(Part.LIMIT, cells, 1, Question.MAX_LIMIT).orElse(Question.NO_LIMIT);
    return this;
  }

  /** Requests all rows. */
  public QuestionBuilder allRows() {
    limit = Question.ALL_ROWS;
    return this;
  }

  public QuestionBuilder release(String id) {
    if (ReleaseId.isValid(id.strip())) {
      release = Optional.of(id.strip());
    } else {
      errors.add(Part.RELEASE, QuestionMessage.NO_RELEASE, shown(id.strip()), new See.Releases());
    }
    return this;
  }

  /**
   * Starts at the position of a cursor. Call this last: the cursor must match the question that all
   * other arguments define.
   */
  public QuestionBuilder cursor(String encoded) {
    start = Cursor.decode(encoded.strip());
    if (start.isEmpty()) {
      errors.add(Part.CURSOR, QuestionMessage.NO_CURSOR);
    } else if (QuestionBound.OFFSET.isExceededBy(start.get().offset())) {
      errors.add(QuestionBound.OFFSET.error(Part.CURSOR, start.get().offset()));
    } else if (!start.get().isOf(question())
        || release.filter(id -> !id.equals(start.get().release())).isPresent()) {
      errors.add(Part.CURSOR, QuestionMessage.CURSOR_OF_ANOTHER);
    }
    return this;
  }

  /**
   * Builds the question.
   *
   * @throws QuestionException with every error found
   */
  public Question build() {
    Question question = question();
    PeriodRequirements.check(question, errors);
    errors.requireNone();
    return start.map(question::from).orElse(question);
  }

  private Question question() {
    return new Question(
        groupBy,
        measures,
        filters.build(),
        months,
        having,
        sort,
        totals,
        comparison,
        fill,
        standard,
        release,
        new Presentation(labels, language, limit, 0));
  }
}
