package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the text form of a question: the parameters of a URL or of a JSON body. Unknown parameters
 * are errors; they are never ignored.
 */
public final class QuestionParser {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");

  private final QuestionErrors errors = new QuestionErrors();
  private final QuestionBuilder question = new QuestionBuilder(errors);
  private final QuestionParameters given;
  private final List<String> formats;

  private QuestionParser(
      Map<String, ? extends Collection<String>> parameters, List<String> formats) {
    this.formats = formats;
    this.given = new QuestionParameters(parameters, errors);
  }

  /**
   * Parses a question.
   *
   * @param parameters names and values as sent; a repeated name and a comma-separated list mean the
   *     same
   * @param preferred the language to use if the question does not set one
   * @param formats the names of the formats, which the caller chooses among
   * @throws QuestionException with every error found
   */
  public static Question parse(
      Map<String, ? extends Collection<String>> parameters,
      Language preferred,
      List<String> formats) {
    return new QuestionParser(parameters, formats).parse(preferred);
  }

  /** Parses a question for a caller with a single format. */
  public static Question parse(
      Map<String, ? extends Collection<String>> parameters, Language preferred) {
    return parse(parameters, preferred, List.of());
  }

  /** The first value of a single-valued parameter; its name is not case-sensitive. */
  public static Optional<String> value(
      Map<String, ? extends Collection<String>> parameters, String name) {
    return parameters.entrySet().stream()
        .filter(sent -> Argument.of(sent.getKey()).parameter().equals(name))
        .flatMap(sent -> sent.getValue().stream())
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Whether already validated parameters request a dry run: the price instead of the answer. */
  public static boolean asksForDryRun(Map<String, ? extends Collection<String>> parameters) {
    return new QuestionParameters(parameters, new QuestionErrors()).flag(Part.DRY_RUN);
  }

  /** Whether already validated parameters request a file to save rather than to show. */
  public static boolean asksForDownload(Map<String, ? extends Collection<String>> parameters) {
    return new QuestionParameters(parameters, new QuestionErrors()).flag(Part.DOWNLOAD);
  }

  private Question parse(Language preferred) {
    question
        .groupBy(given.list(Part.GROUP_BY, this::level))
        .measures(given.list(Part.MEASURES, this::measure));
    given.choice(Part.COMPARE, Comparison.values()).ifPresent(question::compare);
    Arrays.stream(Level.values())
        .filter(level -> level.dimension() != Dimension.MONTH && given.has(new Filter(level)))
        .forEach(this::addCodes);
    question
        .months(this::addPeriods)
        .having(given.list(Part.HAVING, this::condition))
        .sort(given.list(Part.SORT, this::sortKey))
        .language(preferred);
    given.choice(Part.FILL, Fill.values()).ifPresent(question::fill);
    given.choice(Part.TOTALS, Totals.values()).ifPresent(question::totals);
    given.choice(Part.REFERENCE, StandardPopulation.values()).ifPresent(question::standard);
    given.choice(Part.LABELS, LabelStyle.values()).ifPresent(question::labels);
    given
        .choice(
            Part.LANG, Language::find, Arrays.stream(Language.values()).map(Language::id).toList())
        .ifPresent(question::language);
    if (given.is(Part.LIMIT, "all")) {
      question.allRows();
    } else if (given.has(Part.LIMIT)) {
      question.limit(given.number(Part.LIMIT));
    }
    given.single(Part.RELEASE).ifPresent(question::release);
    given.single(Part.CURSOR).ifPresent(question::cursor);
    given.flag(Part.DRY_RUN);
    given.flag(Part.DOWNLOAD);
    given.single(Part.DIALECT);
    given
        .single(Part.FORMAT)
        .filter(
            format -> !formats.isEmpty() && formats.stream().noneMatch(format::equalsIgnoreCase))
        .ifPresent(format -> addUnknown(Part.FORMAT, format, formats));
    return question.build();
  }

  private void addUnknown(Part argument, String value, List<String> valid) {
    errors.addUnknown(argument, QuestionMessage.UNKNOWN_VALUE, value, valid);
  }

  private Optional<Level> level(String value) {
    Optional<Level> level = Level.find(value);
    if (level.isEmpty()) {
      addUnknown(Part.GROUP_BY, value, Arrays.stream(Level.values()).map(Level::id).toList());
    }
    return level;
  }

  private Optional<Measure> measure(String value) {
    Optional<Measure> measure = Measure.find(value);
    if (measure.isEmpty()) {
      addUnknown(Part.MEASURES, value, Arrays.stream(Measure.values()).map(Measure::id).toList());
    }
    return measure;
  }

  private void addCodes(Level level) {
    Filter filter = new Filter(level);
    boolean excluded = given.isExclusion(filter);
    if (level.isCarePeriod()) {
      question.carePeriods(
          level, excluded, given.withoutMarks(filter).stream().map(Period::parse).toList());
      return;
    }
    List<String> codes = new ArrayList<>();
    for (String value : given.withoutMarks(filter)) {
      if (value.contains("..")) {
        errors.add(filter, QuestionMessage.RANGE_OF_CODES);
      } else if (value.contains("!")) {
        errors.add(QuestionError.noCode(level, value, List.of()));
      } else {
        codes.add(value);
      }
    }
    question.codes(level, excluded, codes);
  }

  private void addPeriods(MonthFilterBuilder months) {
    for (Level level : Level.of(Dimension.MONTH)) {
      Filter filter = new Filter(level);
      if (given.has(filter)) {
        boolean excluded = given.isExclusion(filter);
        months.periods(
            level, excluded, given.withoutMarks(filter).stream().map(Period::parse).toList());
      }
    }
    months.between(given.single(Part.FROM), given.single(Part.TO));
    if (given.has(Part.LAST)) {
      months.last(given.number(Part.LAST));
    }
  }

  /** Parses {@code measure:operator:value}. */
  private Optional<QuestionBuilder.Condition> condition(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      errors.add(Part.HAVING, QuestionMessage.NO_CONDITION, shown(text));
      return Optional.empty();
    }
    Optional<MeasureValue> measure =
        MeasureValue.find(parts[0]).filter(question.values()::contains);
    if (measure.isEmpty()) {
      question.addNotAskedFor(Part.HAVING, parts[0]);
    }
    Optional<Having.Operator> operator = Having.Operator.find(parts[1]);
    if (operator.isEmpty()) {
      addUnknown(
          Part.HAVING,
          parts[1],
          Arrays.stream(Having.Operator.values()).map(Having.Operator::id).toList());
    }
    boolean isNumber = DECIMAL.matcher(parts[2]).matches();
    if (!isNumber) {
      errors.add(Part.HAVING, QuestionMessage.NO_NUMBER, shown(parts[2]));
    }
    return measure.isPresent() && operator.isPresent() && isNumber
        ? Optional.of(
            new QuestionBuilder.Condition(measure.get(), operator.get(), new BigDecimal(parts[2])))
        : Optional.empty();
  }

  private Optional<SortKey> sortKey(String text) {
    boolean descending = text.startsWith("-");
    String name = descending ? text.substring(1).strip() : text;
    Optional<Level> level = Level.find(name).filter(question.groupBy()::contains);
    Optional<MeasureValue> measure =
        MeasureValue.find(name)
            .filter(question.values()::contains)
            .filter(found -> level.isEmpty());
    if (level.isEmpty() && measure.isEmpty()) {
      question.addNotAskedFor(Part.SORT, name);
      return Optional.empty();
    }
    return Optional.of(new SortKey(level, measure, descending));
  }
}
