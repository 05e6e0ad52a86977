package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Understands the parameters of a question. Everything that is wrong is collected, so that a reader
 * can mend it at once; an unknown parameter is an error and never ignored.
 */
public final class QuestionParser {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
  private static final Pattern RELEASE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.\\d{1,6}");

  private static final List<String> LANGUAGES =
      Arrays.stream(Language.values()).map(Language::id).toList();

  private static final int LONGEST_CODE = 64;

  /** What no code holds: it separates or excludes, or cannot be seen. */
  private static final Pattern NO_CODE = Pattern.compile("[!\\p{C}]");

  private final QuestionParameters given;
  private final Language preferred;
  private final List<String> formats;

  private QuestionParser(
      Map<String, ? extends Collection<String>> parameters,
      Language preferred,
      List<String> formats) {
    this.preferred = preferred;
    this.formats = formats;
    this.given = new QuestionParameters(parameters);
  }

  /**
   * Understands a question.
   *
   * @param parameters names and values as sent; a name repeated and a comma-separated list mean the
   *     same
   * @param preferred the language where the question names none
   * @param formats the values of {@code format}, which the caller reads
   * @throws QuestionException with every error found
   */
  public static Question parse(
      Map<String, ? extends Collection<String>> parameters,
      Language preferred,
      List<String> formats) {
    return new QuestionParser(parameters, preferred, formats).parse();
  }

  /** The same for a caller that has one format. */
  public static Question parse(
      Map<String, ? extends Collection<String>> parameters, Language preferred) {
    return parse(parameters, preferred, List.of());
  }

  /** The first value of a parameter that takes one, however its name is written. */
  public static Optional<String> value(
      Map<String, ? extends Collection<String>> parameters, String name) {
    return parameters.entrySet().stream()
        .filter(sent -> QuestionParameters.ownName(sent.getKey()).filter(name::equals).isPresent())
        .flatMap(sent -> sent.getValue().stream())
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Whether parameters that were understood ask what the answer would take, and not for it. */
  public static boolean asksForDryRun(Map<String, ? extends Collection<String>> parameters) {
    return new QuestionParameters(parameters).flag("dry_run");
  }

  private Question parse() {
    List<Level> groupBy = given.list("group_by", List.of(), this::level);
    List<Measure> measures = given.list("measures", List.of(Measure.REIMBURSED), this::measure);
    Question query =
        new Question(
            groupBy,
            measures,
            filters(),
            months(),
            having(measures),
            given.list("sort", List.of(), value -> sortKey(value, groupBy, measures)),
            given.choice("totals", Totals.values(), Totals.NONE),
            given.choice("labels", LabelStyle.values(), LabelStyle.BOTH),
            given.choice("lang", Language::find, LANGUAGES, preferred),
            limit(),
            0,
            release());
    Optional<Cursor> cursor = cursor(query);
    given.flag("dry_run");
    given
        .single("format")
        .filter(format -> !formats.isEmpty())
        .filter(format -> formats.stream().noneMatch(format::equalsIgnoreCase))
        .ifPresent(format -> given.unknownValue("format", format, formats));
    given.errors().requireNone();
    return cursor.map(query::from).orElse(query);
  }

  private int limit() {
    return given.is("limit", "all")
        ? Question.ALL_ROWS
        : given.number("limit", 1, Question.MAX_LIMIT).orElse(Question.NO_LIMIT);
  }

  private Optional<Level> level(String value) {
    Optional<Level> level = Level.find(value);
    if (level.isEmpty()) {
      given.unknownValue("group_by", value, Arrays.stream(Level.values()).map(Level::id).toList());
    }
    return level;
  }

  private Optional<Measure> measure(String value) {
    Optional<Measure> measure = Measure.find(value);
    if (measure.isEmpty()) {
      given.unknownValue(
          "measures", value, Arrays.stream(Measure.values()).map(Measure::id).toList());
    }
    return measure;
  }

  /** Which codes there are depends on the release: the binder says it of those named. */
  private List<CodeFilter> filters() {
    List<CodeFilter> filters = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level.dimension() != Dimension.MONTH && given.has(level.id())) {
        boolean excluded = given.isExclusion(level.id());
        List<String> codes = new ArrayList<>();
        for (String value : QuestionParameters.withoutMark(given.get(level.id()))) {
          if (value.contains("..")) {
            given.error(
                level.id(),
                "malformed_value",
                "les intervalles ne valent que pour month, quarter et year",
                "ranges are for month, quarter and year only");
          } else if (value.length() > LONGEST_CODE || NO_CODE.matcher(value).find()) {
            given.errors().add(QuestionErrors.noCode(level, value));
          } else {
            codes.add(value);
          }
        }
        if (!codes.isEmpty()) {
          // In one order, so that the same question is the same however it is written.
          filters.add(new CodeFilter(level, excluded, codes.stream().distinct().sorted().toList()));
        }
      }
    }
    return filters;
  }

  private MonthFilter months() {
    List<MonthFilter.Condition> conditions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    boolean isUnderstood = true;
    for (Level level : Level.of(Dimension.MONTH)) {
      if (given.has(level.id())) {
        boolean excluded = given.isExclusion(level.id());
        List<String> values = QuestionParameters.withoutMark(given.get(level.id()));
        List<MonthFilter.Range> ranges = new ArrayList<>();
        for (String value : values) {
          period(level, value).ifPresent(ranges::add);
        }
        isUnderstood &= !ranges.isEmpty() && ranges.size() == values.size();
        conditions.add(new MonthFilter.Condition(ranges, excluded));
        names.add(level.id());
      }
    }
    Optional<MonthFilter.Range> from = bound("from");
    Optional<MonthFilter.Range> to = bound("to");
    requireOrder(from, to);
    isUnderstood &= given.has("from") == from.isPresent() && given.has("to") == to.isPresent();
    from.ifPresent(range -> conditions.add(condition(range.first(), Optional.empty())));
    to.ifPresent(range -> conditions.add(condition(Optional.empty(), range.last())));
    Stream.of("from", "to", "last").filter(given::has).forEach(names::add);
    MonthFilter months =
        new MonthFilter(
            conditions.size() > 1 ? List.of(MonthFilter.Condition.allOf(conditions)) : conditions,
            given.number("last", 1, Question.MAX_LAST),
            names);
    if (isUnderstood && !given.errors().hasErrorOf(names) && months.isContradiction()) {
      given.error(
          names.get(0),
          "contradiction",
          "aucun mois ne satisfait à la fois %s ; retirer l'une de ces conditions"
              .formatted(String.join(", ", names)),
          "no month meets %s together; leave one of these conditions out"
              .formatted(String.join(", ", names)));
    }
    return months;
  }

  private void requireOrder(Optional<MonthFilter.Range> from, Optional<MonthFilter.Range> to) {
    Optional<YearMonth> first = from.flatMap(MonthFilter.Range::first);
    Optional<YearMonth> last = to.flatMap(MonthFilter.Range::last);
    if (first.isPresent() && last.isPresent() && first.get().isAfter(last.get())) {
      String fromSent = shown(given.get("from").get(0));
      String toSent = shown(given.get("to").get(0));
      given.error(
          "from",
          "contradiction",
          "from (%s) est après to (%s) ; les échanger : from=%s&to=%s"
              .formatted(fromSent, toSent, toSent, fromSent),
          "from (%s) is after to (%s); swap them: from=%s&to=%s"
              .formatted(fromSent, toSent, toSent, fromSent),
          List.of(toSent));
    }
  }

  private static MonthFilter.Condition condition(
      Optional<YearMonth> first, Optional<YearMonth> last) {
    return new MonthFilter.Condition(List.of(new MonthFilter.Range(first, last)), false);
  }

  private List<Having> having(List<Measure> measures) {
    List<Having> having = given.list("having", List.of(), value -> having(value, measures));
    for (Measure measure : measures) {
      if (Having.isContradiction(having.stream().filter(h -> h.measure() == measure).toList())) {
        given.error(
            "having",
            "contradiction",
            "aucune valeur de %s ne satisfait toutes les conditions ; en retirer une"
                .formatted(measure.id()),
            "no figure of %s meets all conditions; leave one out".formatted(measure.id()));
      }
    }
    return having;
  }

  /** {@code measure:operator:value}. */
  private Optional<Having> having(String value, List<Measure> measures) {
    String[] parts = value.split(":", -1);
    if (parts.length != 3) {
      given.error(
          "having",
          "malformed_value",
          "« %s » : forme attendue mesure:opérateur:valeur, par exemple reimbursed:ge:1000000"
              .formatted(shown(value)),
          "\"%s\": the form is measure:operator:value, such as reimbursed:ge:1000000"
              .formatted(shown(value)));
      return Optional.empty();
    }
    Optional<Measure> measure = Measure.find(parts[0]).filter(measures::contains);
    if (measure.isEmpty()) {
      given.unknownValue("having", parts[0], measures.stream().map(Measure::id).toList());
    }
    Optional<Having.Operator> operator = Having.Operator.find(parts[1]);
    if (operator.isEmpty()) {
      given.unknownValue(
          "having",
          parts[1],
          Arrays.stream(Having.Operator.values()).map(Having.Operator::id).toList());
    }
    boolean isNumber = DECIMAL.matcher(parts[2]).matches();
    if (!isNumber) {
      given.error(
          "having",
          "malformed_value",
          "« %s » n'est pas un nombre (au plus 15 chiffres et 6 décimales, avec un point)"
              .formatted(shown(parts[2])),
          "\"%s\" is not a number (at most 15 digits and 6 decimals after a point)"
              .formatted(shown(parts[2])));
    }
    return measure.isPresent() && operator.isPresent() && isNumber
        ? Optional.of(new Having(measure.get(), operator.get(), new BigDecimal(parts[2])))
        : Optional.empty();
  }

  /** Only what is in the answer orders it, so that a reader sees why. */
  private Optional<SortKey> sortKey(String value, List<Level> groupBy, List<Measure> measures) {
    boolean descending = value.startsWith("-");
    String name = descending ? value.substring(1).strip() : value;
    Optional<Level> level = Level.find(name).filter(groupBy::contains);
    Optional<Measure> measure =
        level.isPresent() ? Optional.empty() : Measure.find(name).filter(measures::contains);
    if (level.isEmpty() && measure.isEmpty()) {
      given.unknownValue(
          "sort",
          name,
          Stream.concat(groupBy.stream().map(Level::id), measures.stream().map(Measure::id))
              .toList());
      return Optional.empty();
    }
    return Optional.of(new SortKey(level, measure, descending));
  }

  private Optional<Cursor> cursor(Question query) {
    Optional<String> text = given.single("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::decode);
    if (text.isPresent() && cursor.isEmpty()) {
      given.error(
          "cursor",
          "malformed_value",
          "n'est pas un curseur ; reprendre page.next_cursor ou links.next de la page précédente",
          "is no cursor; take page.next_cursor or links.next of the page before");
    } else if (cursor.isPresent() && QuestionBound.OFFSET.isExceededBy(cursor.get().offset())) {
      given.errors().add(QuestionBound.OFFSET.error("cursor", cursor.get().offset()));
    } else if (cursor.isPresent()
        && (!cursor.get().isOf(query)
            || query.release().map(r -> !r.equals(cursor.get().release())).orElse(false))) {
      given.error(
          "cursor",
          "other_question",
          "ce curseur est celui d'une autre question ou version ; recommencer sans cursor",
          "this cursor is of another question or release; start again without cursor");
    }
    return cursor;
  }

  private Optional<String> release() {
    Optional<String> release = given.single("release");
    if (release.isPresent() && !isRelease(release.get())) {
      given.error(
          "release",
          "malformed_value",
          "« %s » n'est pas une version ; exemple : 2025-11-03.1, voir /v1/releases"
              .formatted(shown(release.get())),
          "\"%s\" is not a release; example: 2025-11-03.1, see /v1/releases"
              .formatted(shown(release.get())));
    }
    return release;
  }

  /** {@code from} and {@code to} take a month, a quarter or a year. */
  private Optional<MonthFilter.Range> bound(String name) {
    Optional<String> value = given.single(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    for (Level level : Level.of(Dimension.MONTH)) {
      Optional<MonthFilter.Range> range = Periods.one(level, value.get());
      if (range.isPresent()) {
        return range;
      }
    }
    noPeriod(
        name,
        value.get(),
        "2024-01, 2024-Q1, 2024",
        PeriodHabits.suggest(Level.MONTH_OF_PROCESSING, value.get(), true));
    return Optional.empty();
  }

  private Optional<MonthFilter.Range> period(Level level, String value) {
    Optional<MonthFilter.Range> range = Periods.range(level, value);
    if (range.isEmpty()) {
      String example = Periods.example(level);
      noPeriod(
          level.id(),
          value,
          "%s, %s..%s, ..%s".formatted(example, example, example, example),
          given.errors().isExplaining() ? PeriodHabits.suggest(level, value, false) : List.of());
    } else if (isReversed(range.get())) {
      String[] ends = value.split("\\.\\.", 2);
      String swapped = ends[1].strip() + ".." + ends[0].strip();
      given.error(
          level.id(),
          "contradiction",
          "« %s » finit avant de commencer ; écrire %s".formatted(shown(value), swapped),
          "\"%s\" ends before it starts; write %s".formatted(shown(value), swapped),
          List.of(swapped));
      return Optional.empty();
    }
    return range;
  }

  private void noPeriod(String name, String value, String examples, List<String> didYouMean) {
    String write = didYouMean.isEmpty() ? "" : didYouMean.get(0);
    given.error(
        name,
        "malformed_value",
        "« %s » n'est pas une période%s ; exemples : %s"
            .formatted(shown(value), write.isEmpty() ? "" : " ; écrire " + write, examples),
        "\"%s\" is not a period%s; examples: %s"
            .formatted(shown(value), write.isEmpty() ? "" : "; write " + write, examples),
        didYouMean);
  }

  private static boolean isReversed(MonthFilter.Range range) {
    return range.first().isPresent()
        && range.last().isPresent()
        && range.first().get().isAfter(range.last().get());
  }

  /** Whether it looks like the id of a release. */
  public static boolean isRelease(String value) {
    return RELEASE.matcher(value).matches();
  }
}
