package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.testing.Draws;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every list of a question is taken at its bound, and refused with one value more. */
class QuestionBoundTest {
  private static final List<String> MEASURES =
      Arrays.stream(Measure.values()).map(Measure::id).toList();

  /** A list, what makes its values, and parameters that these need. */
  private record Listed(
      String parameter, QuestionBound bound, IntFunction<String> value, String besides) {
    @Override
    public String toString() {
      return parameter;
    }
  }

  static Stream<Listed> lists() {
    String all =
        "group_by=month,region,sex,service,age_band,insurance&measures=" + joined(MEASURES);
    return Stream.concat(
        Stream.of(
            new Listed(
                "group_by", QuestionBound.GROUP_BY, i -> List.of(Level.values()).get(i).id(), ""),
            new Listed(
                "measures",
                QuestionBound.MEASURES,
                i -> i < MEASURES.size() ? MEASURES.get(i) : "FLT_REM_MNT",
                ""),
            new Listed(
                "sort",
                QuestionBound.SORT,
                i ->
                    Stream.concat(
                            Stream.of("month,region,sex,service,age_band,insurance".split(",", -1)),
                            Stream.concat(MEASURES.stream(), Stream.of("-region")))
                        .toList()
                        .get(i),
                all),
            new Listed("having", QuestionBound.HAVING, i -> "reimbursed:ge:" + i, "")),
        Arrays.stream(Level.values())
            .map(level -> new Listed(level.id(), bound(level), i -> code(level, i), "")));
  }

  private static QuestionBound bound(Level level) {
    if (level.isCarePeriod()) {
      return QuestionBound.CARE_PERIODS;
    }
    return level.dimension() == Dimension.MONTH ? QuestionBound.PERIODS : QuestionBound.CODES;
  }

  private static String code(Level level, int i) {
    return switch (level) {
      case MONTH_OF_PROCESSING, CARE_MONTH -> "%04d-%02d".formatted(1000 + i / 12, 1 + i % 12);
      case QUARTER, CARE_QUARTER -> "%04d-Q%d".formatted(1000 + i / 4, 1 + i % 4);
      case YEAR, CARE_YEAR -> String.valueOf(1000 + i);
      default -> "c" + i;
    };
  }

  @ParameterizedTest
  @MethodSource("lists")
  void oneMoreThanTheBoundIsRefusedNamingListCountAndBound(Listed listed) {
    Random random = new Random(15);
    int most = listed.bound().most();
    for (int draw = 0; draw < 5; draw++) {
      assertThat(parse(sent(listed, most, random))).as("%s values", most).isNotNull();

      List<QuestionError> errors = errors(sent(listed, most + 1, random));

      assertThat(errors).hasSize(1);
      assertThat(errors.get(0).parameter()).isEqualTo(listed.parameter());
      assertThat(errors.get(0).code()).isEqualTo("too_many_values");
      for (String text : List.of(errors.get(0).detail().fr(), errors.get(0).detail().en())) {
        assertThat(text).contains(String.valueOf(most)).contains(String.valueOf(most + 1));
      }
    }
  }

  /** In some order, commas or repeated parameters, some values twice, under any name. */
  private static Map<String, List<String>> sent(Listed listed, int count, Random random) {
    List<String> values =
        new ArrayList<>(IntStream.range(0, count).mapToObj(listed.value()).toList());
    values.addAll(Draws.some(values, Math.min(3, count), random));
    Collections.shuffle(values, random);
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < values.size(); ) {
      int to = Math.min(values.size(), from + 1 + random.nextInt(values.size()));
      parts.add(joined(values.subList(from, to)));
      from = to;
    }
    Map<String, List<String>> sent = new LinkedHashMap<>();
    if (!listed.besides().isEmpty()) {
      sent.putAll(Draws.parameters(listed.besides()));
    }
    sent.put(listed.parameter(), parts);
    return sent;
  }

  @Test
  void theSameValueCountsOnceUpToTwiceTheBound() {
    int most = 2 * QuestionBound.CODES.most();
    assertThat(parse(Map.of("region", List.of("11,".repeat(most)))).filters().get(0).codes())
        .containsExactly("11");
    assertThat(errors(Map.of("region", List.of("11,".repeat(most + 1)))).get(0).detail().en())
        .contains("4001", "2000 codes");
  }

  @Test
  void codesAndPeriodsAreBoundedInAllToo() {
    Map<String, List<String>> codes = new TreeMap<>();
    int each = QuestionBound.CODES.most();
    codes.put("region", List.of(values("r", each)));
    codes.put("service", List.of(values("s", each)));
    assertThat(parse(codes).filters()).hasSize(2);
    codes.put("sex", List.of("1"));
    assertThat(errors(codes).get(0).detail().en())
        .contains("4001", "4000 codes in all filters together");

    Map<String, List<String>> periods = new TreeMap<>();
    periods.put("year", List.of("1000..,".repeat(3) + joined(years(200))));
    periods.put("month", List.of(months(99)));
    assertThat(parse(periods)).isNotNull();
    periods.put("quarter", List.of("2024-Q1"));
    assertThat(errors(periods).get(0).detail().en()).contains("301", "300 periods in all");
  }

  @Test
  void namesOfParametersAreBoundedBeforeAnyOfThemIsLookedAt() {
    Map<String, List<String>> sent = new TreeMap<>();
    for (int i = 0; i < QuestionBound.PARAMETERS.most(); i++) {
      sent.put("utm_" + i, List.of("x"));
    }
    assertThat(parse(sent)).isNotNull();
    for (int i = 0; i < 8_000; i++) {
      sent.put("x" + i, List.of("x"));
    }

    List<QuestionError> errors = errors(sent);

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).detail().en()).contains("8100", "100 parameters");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void parametersOfOneValueMayBeRepeatedAFewTimes(Language language) {
    int most = QuestionBound.REPEATS.most();
    Map<String, List<String>> sent = Map.of("limit", Collections.nCopies(most, "5"));
    assertThat(QuestionParser.parse(sent, language).limit()).isEqualTo(5);
    assertThat(errors(Map.of("limit", Collections.nCopies(most + 1, "5"))))
        .extracting(QuestionError::code)
        .containsExactly("too_many_values");
  }

  /**
   * Whatever is wrong and however often: no more errors than anybody reads, the last of them so.
   */
  @Test
  void errorsAreToldUpToTheirBound() {
    int most = QuestionBound.ERRORS.most();
    for (int wrong : List.of(most, most + 1, 99)) {
      Map<String, List<String>> sent = new TreeMap<>();
      IntStream.range(0, wrong)
          .forEach(i -> sent.put("region" + (char) ('a' + i % 26) + (i / 26), List.of("1")));
      List<QuestionError> errors = errors(sent);
      assertThat(errors).hasSize(most);
      assertThat(errors.get(most - 1).code())
          .isEqualTo(wrong > most ? "more_errors" : "unknown_parameter");
      assertThat(errors.subList(0, 10)).noneMatch(error -> error.didYouMean().isEmpty());
      assertThat(errors.subList(10, most)).allMatch(error -> error.didYouMean().isEmpty());
    }
    List<QuestionError> codes = errors(Map.of("region", List.of(badCodes(999))));
    assertThat(codes).hasSize(most);
    assertThat(codes.get(most - 1).code()).isEqualTo("more_errors");
  }

  @Test
  void aCursorDoesNotLeadBeyondWhatAnAnswerCanHave() {
    Question query = parse(Map.of("group_by", List.of("region")));
    String cursor = Cursor.after(query, "2025-11-03.1", QuestionBound.OFFSET.most()).encode();
    assertThat(parse(Map.of("group_by", List.of("region"), "cursor", List.of(cursor))).offset())
        .isEqualTo(100_000_000);
    for (long offset : List.of(QuestionBound.OFFSET.most() + 1L, 999_999_999_999L)) {
      String far = Cursor.after(query, "2025-11-03.1", offset).encode();
      QuestionError error =
          errors(Map.of("group_by", List.of("region"), "cursor", List.of(far))).get(0);
      assertThat(error.parameter()).isEqualTo("cursor");
      assertThat(error.detail().en()).contains("100000000");
    }
    String text = "2025-11-03.1/1000000000000/1";
    assertThat(
            errors(
                Map.of(
                    "cursor",
                    List.of(
                        Base64.getUrlEncoder()
                            .encodeToString(text.getBytes(StandardCharsets.US_ASCII))))))
        .hasSize(1);
  }

  /** Each condition more would multiply the ranges of those before it. */
  @Test
  void rangesThatOverlapDoNotMultiply() {
    Map<String, List<String>> sent = new TreeMap<>();
    sent.put("month", List.of("2000-01..2024-12" + ranges(99)));
    sent.put("quarter", List.of("2000-Q1..2024-Q4" + quarterRanges(99)));
    sent.put("year", List.of("2001..2023,2002..2022,2003.."));

    MonthFilter months = parse(sent).months();

    assertThat(months.conditions().get(0).ranges()).hasSizeLessThan(300);
    assertThat(months.select(List.of(YearMonth.of(2010, 5)))).hasSize(1);
    assertThat(months.select(List.of(YearMonth.of(2000, 5)))).isEmpty();
  }

  private static String ranges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ",%04d-01..2024-11".formatted(1900 + i))
        .reduce("", String::concat);
  }

  private static String quarterRanges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ",%04d-Q1..2024-Q3".formatted(1900 + i))
        .reduce("", String::concat);
  }

  private static String badCodes(int count) {
    return joined(IntStream.range(0, count).mapToObj(i -> "a!" + i).toList());
  }

  private static List<String> years(int count) {
    return IntStream.range(0, count).mapToObj(i -> String.valueOf(1500 + i)).toList();
  }

  private static String months(int count) {
    return joined(
        IntStream.range(0, count)
            .mapToObj(i -> code(Level.MONTH_OF_PROCESSING, 6000 + i))
            .toList());
  }

  private static String values(String prefix, int count) {
    return joined(IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
  }

  private static String joined(List<String> values) {
    return String.join(",", values);
  }

  private static Question parse(Map<String, List<String>> parameters) {
    return QuestionParser.parse(parameters, Language.FR);
  }

  private static List<QuestionError> errors(Map<String, List<String>> parameters) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> parse(parameters));
    assertThat(refused).as("%s", parameters.keySet()).isNotNull();
    return refused.errors();
  }
}
