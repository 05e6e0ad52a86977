package fr.opendamir.query;

import static fr.opendamir.query.QuestionError.shown;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Understands the parameters of a question. Everything that is wrong is collected, so that a reader
 * can mend it at once; an unknown parameter is an error and never ignored.
 */
public final class AggregateQueryParser {
  private static final Set<String> OWN_PARAMETERS =
      new TreeSet<>(
          List.of(
              "measures",
              "group_by",
              "from",
              "to",
              "last",
              "limit",
              "labels",
              "lang",
              "release",
              "format",
              "having",
              "cursor",
              "sort"));

  /** Names of the formats of an answer, which a door writes; known here to say what is wrong. */
  public static final List<String> FORMATS = List.of("json", "csv", "ndjson", "json-stat");

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
  private static final Pattern RELEASE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.\\d{1,6}");

  private final List<QuestionError> errors = new ArrayList<>();
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();
  private final Language preferred;

  private AggregateQueryParser(
      Map<String, ? extends Collection<String>> parameters, Language preferred) {
    this.preferred = preferred;
    parameters.forEach((name, values) -> addParameter(name, List.copyOf(values)));
  }

  /**
   * Understands a question.
   *
   * @param parameters names and values as sent; a name repeated and a comma-separated list mean the
   *     same
   * @param preferred the language where the question names none
   * @throws QuestionException with every error found
   */
  public static AggregateQuery parse(
      Map<String, ? extends Collection<String>> parameters, Language preferred) {
    return new AggregateQueryParser(parameters, preferred).parse();
  }

  private AggregateQuery parse() {
    List<Level> groupBy = list("group_by", List.of(), this::level);
    if (groupBy.size() > AggregateQuery.MAX_GROUP_BY) {
      error(
          "group_by",
          "too_many_values",
          "au plus %d axes à la fois".formatted(AggregateQuery.MAX_GROUP_BY),
          "at most %d dimensions at a time".formatted(AggregateQuery.MAX_GROUP_BY));
    }
    List<Measure> measures = list("measures", List.of(Measure.REIMBURSED), this::measure);
    AggregateQuery query =
        new AggregateQuery(
            groupBy,
            measures,
            filters(),
            months(),
            list("having", List.of(), value -> having(value, measures)),
            list("sort", List.of(), value -> sortKey(value, groupBy, measures)),
            choice("labels", LabelStyle.values(), LabelStyle.BOTH),
            choice("lang", Language.values(), preferred),
            number("limit", 1, AggregateQuery.MAX_LIMIT).orElse(AggregateQuery.DEFAULT_LIMIT),
            0,
            release());
    Optional<Cursor> cursor = cursor(query);
    single("format")
        .filter(format -> FORMATS.stream().noneMatch(format::equalsIgnoreCase))
        .ifPresent(format -> unknownValue("format", format, FORMATS));
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, errors);
    }
    return cursor.map(query::from).orElse(query);
  }

  /** Names are matched in lower case; a dimension may be named by its DAMIR variable. */
  private void addParameter(String name, List<String> values) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<String> level = Level.find(name).map(Level::id);
    if (!OWN_PARAMETERS.contains(lower) && level.isEmpty()) {
      error(
          shown(name),
          "unknown_parameter",
          "paramètre inconnu ; paramètres acceptés : " + String.join(", ", validParameters()),
          "unknown parameter; accepted parameters: " + String.join(", ", validParameters()),
          Suggestions.nearest(name, validParameters()));
      return;
    }
    parameters
        .computeIfAbsent(level.orElse(lower), key -> new ArrayList<>())
        .addAll(values.stream().flatMap(value -> Stream.of(value.split(",", -1))).toList());
  }

  private static List<String> validParameters() {
    return Stream.concat(OWN_PARAMETERS.stream(), Arrays.stream(Level.values()).map(Level::id))
        .toList();
  }

  private Optional<Level> level(String value) {
    Optional<Level> level = Level.find(value);
    if (level.isEmpty()) {
      unknownValue("group_by", value, Arrays.stream(Level.values()).map(Level::id).toList());
    }
    return level;
  }

  private Optional<Measure> measure(String value) {
    Optional<Measure> measure = Measure.find(value);
    if (measure.isEmpty()) {
      unknownValue("measures", value, Arrays.stream(Measure.values()).map(Measure::id).toList());
    }
    return measure;
  }

  private <T> List<T> list(
      String name, List<T> otherwise, Function<String, Optional<T>> understand) {
    Set<T> found = new LinkedHashSet<>();
    for (String value : parameters.getOrDefault(name, List.of())) {
      if (!value.isBlank()) {
        understand.apply(value.strip()).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? otherwise : List.copyOf(found);
  }

  private List<CodeFilter> filters() {
    List<CodeFilter> filters = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level.dimension() != Dimension.MONTH && parameters.containsKey(level.id())) {
        List<String> values = parameters.get(level.id());
        boolean excluded = isExclusion(level.id(), values);
        List<String> codes = new ArrayList<>();
        for (String value : withoutMark(values)) {
          if (value.contains("..")) {
            error(
                level.id(),
                "malformed_value",
                "les intervalles ne valent que pour month, quarter et year",
                "ranges are for month, quarter and year only");
          } else if (!value.matches("[A-Za-z0-9_]{1,64}|G:[a-z0-9_]{1,64}")) {
            error(
                level.id(),
                "malformed_value",
                "« %s » n'est pas un code ; voir /v1/dimensions/%s/codes"
                    .formatted(shown(value), level.id()),
                "\"%s\" is not a code; see /v1/dimensions/%s/codes"
                    .formatted(shown(value), level.id()));
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
    for (Level level : Level.of(Dimension.MONTH)) {
      if (parameters.containsKey(level.id())) {
        List<String> values = parameters.get(level.id());
        boolean excluded = isExclusion(level.id(), values);
        List<MonthFilter.Range> ranges = new ArrayList<>();
        for (String value : withoutMark(values)) {
          period(level.id(), level, value).ifPresent(ranges::add);
        }
        conditions.add(new MonthFilter.Condition(ranges, excluded));
      }
    }
    bound("from").ifPresent(range -> conditions.add(condition(range.first(), Optional.empty())));
    bound("to").ifPresent(range -> conditions.add(condition(Optional.empty(), range.last())));
    return new MonthFilter(conditions, number("last", 1, 1200));
  }

  private static MonthFilter.Condition condition(
      Optional<YearMonth> first, Optional<YearMonth> last) {
    return new MonthFilter.Condition(List.of(new MonthFilter.Range(first, last)), false);
  }

  /** {@code measure:operator:value}. */
  private Optional<Having> having(String value, List<Measure> measures) {
    String[] parts = value.split(":", -1);
    if (parts.length != 3) {
      error(
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
      unknownValue("having", parts[0], measures.stream().map(Measure::id).toList());
    }
    Optional<Having.Operator> operator = Having.Operator.find(parts[1]);
    if (operator.isEmpty()) {
      unknownValue(
          "having",
          parts[1],
          Arrays.stream(Having.Operator.values()).map(Having.Operator::id).toList());
    }
    boolean isNumber = DECIMAL.matcher(parts[2]).matches();
    if (!isNumber) {
      error(
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
      unknownValue(
          "sort",
          name,
          Stream.concat(groupBy.stream().map(Level::id), measures.stream().map(Measure::id))
              .toList());
      return Optional.empty();
    }
    return Optional.of(new SortKey(level, measure, descending));
  }

  private Optional<Cursor> cursor(AggregateQuery query) {
    Optional<String> text = single("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::decode);
    if (text.isPresent() && cursor.isEmpty()) {
      error(
          "cursor",
          "malformed_value",
          "n'est pas un curseur ; reprendre page.next_cursor ou links.next de la page précédente",
          "is no cursor; take page.next_cursor or links.next of the page before");
    } else if (cursor.isPresent()
        && (!cursor.get().isOf(query)
            || query.release().map(r -> !r.equals(cursor.get().release())).orElse(false))) {
      error(
          "cursor",
          "other_question",
          "ce curseur est celui d'une autre question ou version ; recommencer sans cursor",
          "this cursor is of another question or release; start again without cursor");
    }
    return cursor;
  }

  private Optional<String> release() {
    Optional<String> release = single("release");
    if (release.isPresent() && !isRelease(release.get())) {
      error(
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
    return single(name)
        .flatMap(
            value -> {
              for (Level level : Level.of(Dimension.MONTH)) {
                Optional<MonthFilter.Range> range = Periods.one(level, value);
                if (range.isPresent()) {
                  return range;
                }
              }
              return period(name, Level.MONTH_OF_PROCESSING, value);
            });
  }

  private Optional<MonthFilter.Range> period(String name, Level level, String value) {
    Optional<MonthFilter.Range> range = Periods.range(level, value);
    if (range.isEmpty()) {
      String example = Periods.example(level);
      error(
          name,
          "malformed_value",
          "« %s » n'est pas une période ; exemples : %s, %s..%s, ..%s"
              .formatted(shown(value), example, example, example, example),
          "\"%s\" is not a period; examples: %s, %s..%s, ..%s"
              .formatted(shown(value), example, example, example, example));
    }
    return range;
  }

  /** {@code !a,b} and {@code !a,!b} exclude; a mark on some values only is ambiguous. */
  private boolean isExclusion(String name, List<String> values) {
    boolean excluded = values.get(0).strip().startsWith("!");
    boolean mixed = !excluded && values.stream().anyMatch(value -> value.strip().startsWith("!"));
    if (mixed) {
      error(
          name,
          "malformed_value",
          "mélange de valeurs retenues et exclues : mettre ! devant la première valeur pour tout"
              + " exclure",
          "mixes kept and excluded values: put ! before the first value to exclude them all");
    }
    return excluded;
  }

  private static List<String> withoutMark(List<String> values) {
    return values.stream()
        .map(String::strip)
        .map(value -> value.startsWith("!") ? value.substring(1).strip() : value)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private <E extends Enum<E>> E choice(String name, E[] choices, E otherwise) {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    for (E choice : choices) {
      if (choice.name().equalsIgnoreCase(value.get())) {
        return choice;
      }
    }
    unknownValue(
        name,
        value.get(),
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList());
    return otherwise;
  }

  private OptionalInt number(String name, int least, int most) {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // said below, together with numbers out of range
    }
    error(
        name,
        "malformed_value",
        "doit être un nombre entier de %d à %d".formatted(least, most),
        "must be a whole number from %d to %d".formatted(least, most));
    return OptionalInt.empty();
  }

  private Optional<String> single(String name) {
    List<String> values =
        parameters.getOrDefault(name, List.of()).stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .distinct()
            .toList();
    if (values.size() > 1) {
      error(name, "too_many_values", "une seule valeur est possible", "takes one value only");
    }
    return values.stream().findFirst();
  }

  private void unknownValue(String parameter, String value, List<String> valid) {
    errors.add(QuestionError.unknownValue(parameter, value, valid));
  }

  private void error(String parameter, String code, String french, String english) {
    error(parameter, code, french, english, List.of());
  }

  private void error(
      String parameter, String code, String french, String english, List<String> didYouMean) {
    errors.add(new QuestionError(parameter, code, new Label(french, english), didYouMean));
  }

  /** Whether it looks like the id of a release. */
  static boolean isRelease(String value) {
    return RELEASE.matcher(value).matches();
  }
}
