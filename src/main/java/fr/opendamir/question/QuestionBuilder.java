package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;
import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.catalog.WrittenCode;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds a question from typed arguments, for REST and GraphQL. Errors are collected by argument,
 * so that clients can correct them all at once. Set the grouping, the measures and the comparison
 * first: sort keys and conditions are checked against them.
 */
public final class QuestionBuilder {
  private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");

  /** Separators and marks of the text form cannot be part of a code or period. */
  private static final Pattern SEPARATOR = Pattern.compile("[,!]|\\.\\.");

  private static final int MOST_DECIMALS = 6;
  private static final int MOST_DIGITS = 15;

  /** Numbers with more zeros are rejected in any case, and could take a gigabyte as text. */
  private static final int MOST_ZEROS = 20;

  private final QuestionErrors errors;
  private List<Level> groupBy = List.of();
  private List<Measure> measures = List.of(Measure.REIMBURSED);
  private final List<CodeFilter> filters = new ArrayList<>();
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
    List<String> valid = new ArrayList<>();
    for (String sent : codes) {
      if (requireOneValue(level, sent)) {
        String code = sent.strip();
        if (code.length() > WrittenCode.LONGEST || INVISIBLE.matcher(code).find()) {
          errors.add(QuestionError.noCode(level, code, List.of()));
        } else {
          valid.add(code);
        }
      }
    }
    if (!valid.isEmpty()) {
      filters.add(new CodeFilter(level, excluded, valid));
    }
    return this;
  }

  /**
   * Selects or excludes periods of care, ranges of them, and the codes of care without a period.
   *
   * @param level a level of periods of care
   */
  public QuestionBuilder carePeriods(Level level, boolean excluded, List<Period> periods) {
    List<String> codes = new PeriodRanges(errors).careCodes(level, periods);
    long all =
        codes.size()
            + filters.stream()
                .filter(filter -> filter.level().isCarePeriod())
                .mapToLong(filter -> filter.codes().size())
                .sum();
    if (QuestionBound.CARE_PERIODS.isExceededBy(all)) {
      errors.add(QuestionBound.CARE_PERIODS.error(new Filter(level), all));
    } else if (!codes.isEmpty()) {
      filters.add(new CodeFilter(level, excluded, codes));
    }
    return this;
  }

  /**
   * Requires that a value is a single code or period.
   *
   * @return whether it is; an error is added otherwise
   */
  public boolean requireOneValue(Level level, String value) {
    boolean isOne = value != null && !value.isBlank() && !SEPARATOR.matcher(value).find();
    if (!isOne) {
      errors.add(new Filter(level), QuestionMessage.NOT_A_VALUE, shown(String.valueOf(value)));
    }
    return isOne;
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
    long digits = (long) value.precision() - value.scale();
    boolean isNumber =
        value.scale() >= -MOST_ZEROS
            && value.scale() <= MOST_DECIMALS
            && (digits <= MOST_DIGITS || value.signum() == 0);
    if (!isNumber) {
      boolean isShort = Math.abs((long) value.scale()) <= MOST_ZEROS;
      errors.add(
          Part.HAVING,
          QuestionMessage.NO_NUMBER,
          shown(isShort ? value.toPlainString() : value.toString()));
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
    requirePeriods();
    errors.requireNone();
    Question question = question();
    return start.map(question::from).orElse(question);
  }

  /** A comparison needs one kind of period, or one period in all; filling needs the former. */
  private void requirePeriods() {
    if (comparison != Comparison.NONE) {
      requireNoPeriodOfCare();
      List<Level> compared = groupBy.stream().filter(Comparison.PERIODS::contains).toList();
      requireOnePeriod(Part.COMPARE, compared);
      if (compared.isEmpty() && !months.isOnePeriod()) {
        errors.add(Part.COMPARE, QuestionMessage.COMPARED_WITHOUT_PERIOD);
      }
    }
    if (fill != Fill.NONE) {
      List<Level> filled =
          groupBy.stream().filter(level -> level.periodForm().isPresent()).toList();
      requireOnePeriod(Part.FILL, filled);
      if (filled.isEmpty()) {
        errors.add(Part.FILL, QuestionMessage.FILLED_WITHOUT_PERIOD);
      }
    }
  }

  private void requireNoPeriodOfCare() {
    List<Level> ofCare =
        Stream.concat(groupBy.stream(), filters.stream().map(CodeFilter::level))
            .filter(Level::isCarePeriod)
            .distinct()
            .toList();
    if (!ofCare.isEmpty()) {
      errors.add(
          Part.COMPARE,
          QuestionMessage.COMPARED_PERIODS_OF_CARE,
          ofCare.stream().map(Level::id).collect(joining(", ")));
    }
  }

  private void requireOnePeriod(Part argument, List<Level> periods) {
    if (periods.size() > 1) {
      errors.add(
          argument,
          QuestionMessage.SEVERAL_PERIODS,
          argument.parameter(),
          periods.stream().map(Level::id).collect(joining(", ")));
    }
  }

  private Question question() {
    return new Question(
        groupBy,
        measures,
        filters.stream().sorted(Comparator.comparing(CodeFilter::level)).toList(),
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
