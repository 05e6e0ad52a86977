package fr.opendamir.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a question, and what is wrong with what is none. */
class QuestionLanguageTest {

  static Stream<String> parameters() {
    return Stream.concat(
        Stream.of(
            "group_by",
            "measures",
            "having",
            "sort",
            "totals",
            "labels",
            "lang",
            "limit",
            "cursor",
            "release",
            "format",
            "dry_run",
            "from",
            "to",
            "last",
            "BEN_RES_REG"),
        Arrays.stream(Level.values()).map(Level::id));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void aBlankValueIsAnAbsentParameter(String name) {
    for (String blank : List.of("", " ", ",", " , ,", "\t", "\u2003")) {
      Question query = parse(Map.of(name, List.of(blank)));
      assertThat(query).as("%s='%s'", name, blank).isEqualTo(parse(Map.of()));
      assertThat(query.months().parameters()).isEmpty();
      assertThat(parse(Map.of(name, List.of(blank, "", blank)))).isEqualTo(parse(Map.of()));
    }
  }

  /** Every way to write a list that keeps 11 and excludes 84 or the reverse, in every order. */
  @Test
  void marksOfExclusionAreForAllValuesOrNone() {
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      Level level = Draws.some(List.of(Level.values()), 1, random).get(0);
      List<Boolean> marks = new ArrayList<>();
      List<String> lists = new ArrayList<>();
      for (int list = 0; list <= random.nextInt(4); list++) {
        boolean isMarked = random.nextBoolean();
        boolean isMarkedThroughout = random.nextBoolean();
        marks.add(isMarked);
        List<String> values = new ArrayList<>();
        for (int value = 0; value <= random.nextInt(3); value++) {
          String mark = isMarked && (value == 0 || isMarkedThroughout) ? "!" : "";
          values.add(blank(random) + mark + blank(random) + code(level, random) + blank(random));
        }
        if (random.nextInt(4) == 0) {
          values.add(random.nextInt(values.size() + 1), blank(random));
        }
        lists.add(String.join(",", values));
      }
      Collections.shuffle(lists, random);
      Map<String, List<String>> sent = Map.of(level.id(), lists);
      if (marks.contains(true) && marks.contains(false)) {
        refused++;
        assertThat(errors(sent)).as("%s", sent).extracting("parameter").contains(level.id());
      } else {
        Question query = parse(sent);
        boolean isExcluded =
            query.filters().isEmpty()
                ? query.months().conditions().get(0).excluded()
                : query.filters().get(0).excluded();
        assertThat(isExcluded).as("%s", sent).isEqualTo(marks.get(0));
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  private static String blank(Random random) {
    return List.of("", "", " ", "  ").get(random.nextInt(4));
  }

  private static String code(Level level, Random random) {
    return switch (level) {
      case MONTH_OF_PROCESSING, CARE_MONTH -> "2024-0" + (1 + random.nextInt(9));
      case QUARTER, CARE_QUARTER -> "2024-Q" + (1 + random.nextInt(4));
      case YEAR, CARE_YEAR -> String.valueOf(2020 + random.nextInt(9));
      default -> String.valueOf(random.nextInt(99));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "region=84,!11",
        "region=!11,84,!93",
        "region=!11,!84,93",
        "region=11&BEN_RES_REG=!84",
        "month=2024-01&month=!2024-02",
        "quarter=!2024-Q1&quarter=2024-Q2",
        "year=2024,!2023",
        "region=!",
        "region=!,11",
        "region=!11,!",
        "month=!",
        "region=!!11",
      })
  void otherMarksAreRefused(String question) {
    assertThat(errors(Draws.parameters(question)))
        .extracting("code")
        .containsOnly("malformed_value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=2024-05&to=2024-01 | from | 2024-01",
        "from=2025&to=2024-Q4 | from | 2024-Q4",
        "month=2024-12..2024-01 | month | 2024-01..2024-12",
        "month=2024-01,2024-12 .. 2024-02 | month | 2024-02..2024-12",
        "quarter=2024-Q4..2024-Q1 | quarter | 2024-Q1..2024-Q4",
        "year=!2025..2024 | year | 2024..2025",
        "year=2023&month=2024-01 | month |",
        "quarter=2024-Q1&to=2023 | quarter |",
        "month=2024-01&year=!2024 | month |",
        "from=2024-05&month=..2024-04 | month |",
        "having=reimbursed:gt:100&having=reimbursed:lt:50 | having |",
        "having=reimbursed:eq:1,reimbursed:ne:1.00 | having |",
        "having=reimbursed:gt:5&having=reimbursed:lt:5 | having |",
      })
  void contradictionsAreErrorsWithTheWayOut(String question, String parameter, String meant) {
    List<QuestionError> errors = errors(Draws.parameters(question));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).parameter()).isEqualTo(parameter);
    assertThat(errors.get(0).code()).isEqualTo("contradiction");
    assertThat(errors.get(0).didYouMean()).isEqualTo(meant == null ? List.of() : List.of(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2024-05&to=2024-05",
        "from=2024-Q2&to=2024-05",
        "month=!2024-01&year=2024",
        "having=reimbursed:ge:5&having=reimbursed:le:5",
        "having=reimbursed:gt:5&having=reimbursed:lt:5.000001",
        "having=reimbursed:ne:5&having=reimbursed:ne:6",
        "having=reimbursed:lt:-999999999999999&having=reimbursed:ne:5",
        "month=!9999-12&year=2024..",
        "month=!0000-01&year=..2024",
      })
  void whatOnlyLooksLikeOneIsNone(String question) {
    assertThat(parse(Draws.parameters(question))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region=11;84 | region | 11,84",
        "group_by=region;month=2024-01 | group_by | region&month=2024-01",
        "limit=5;6 | limit | 5,6",
        "having=reimbursed:ge:1;quantity:ge:1 | having | reimbursed:ge:1,quantity:ge:1",
        "month=2024-01;2024-02 | month | 2024-01,2024-02",
        "cursor=a;b | cursor | a,b",
      })
  void aSemicolonSeparatesNothing(String question, String parameter, String meant) {
    List<QuestionError> errors = errors(Draws.parameters(question));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).parameter()).isEqualTo(parameter);
    assertThat(errors.get(0).didYouMean()).containsExactly(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "region[], region",
    "region[0], region",
    "Region[12], region",
    "BEN_RES_REG[], region",
    "group_by[0], group_by",
    "filter[region], region",
    "filters[region][], region",
    "region[][], region",
    "month[gte], month",
    "foo[], ",
    "[], ",
    "[region], ",
    "region[, region",
  })
  void namesWithBracketsSayWhatToWrite(String name, String meant) {
    QuestionError error = errors(Map.of(name, List.of("11", "84"))).get(0);

    assertThat(error.code()).isEqualTo("unknown_parameter");
    assertThat(error.didYouMean()).isEqualTo(meant == null ? error.didYouMean() : List.of(meant));
    if (meant != null && name.endsWith("]")) {
      assertThat(error.detail().en()).contains(meant + "=11,84");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utm_source",
        "UTM_Campaign",
        "utm_",
        "fbclid",
        "gclid",
        "_",
        "gbraid",
        "wbraid",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "_ga",
        "dclid",
        "yclid"
      })
  void whatOthersAddToLinksIsIgnored(String name) {
    assertThat(parse(Map.of(name, List.of("x;y", "!"), "region", List.of("11"))))
        .isEqualTo(parse(Map.of("region", List.of("11"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"utm", "utmsource", "__", "fbclid2", "ref", "a_", "cb", "timestamp"})
  void everythingElseStaysAnError(String name) {
    assertThat(errors(Map.of(name, List.of(""))))
        .extracting("code")
        .containsExactly("unknown_parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "TRUE, true",
    "1, true",
    "yes, true",
    "on, true",
    "false, false",
    "0, false",
    "No, false",
    "off, false",
    "'', false",
    "'true,true', true",
    "' 1 ', true"
  })
  void aFlagIsWrittenInManyWays(String value, boolean isAsked) {
    Map<String, List<String>> sent = Map.of("Dry_Run", List.of(value));
    parse(sent);
    assertThat(QuestionParser.asksForDryRun(sent)).isEqualTo(isAsked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "oui", "-1", "true,false", "null", "tru"})
  void orNot(String value) {
    assertThat(errors(Map.of("dry_run", List.of(value))))
        .extracting("parameter")
        .contains("dry_run");
  }

  @ParameterizedTest
  @CsvSource({
    "en, EN",
    "EN, EN",
    "en-GB, EN",
    "en_US, EN",
    "En-gb, EN",
    "fr, FR",
    "fr_FR, FR",
    "fr-CA, FR",
    "FR-BE, FR",
    "en-Latn-GB, EN"
  })
  void aLanguageIsKnownByItsPrimarySubtag(String tag, Language language) {
    Language other = language == Language.FR ? Language.EN : Language.FR;
    assertThat(QuestionParser.parse(Map.of("lang", List.of(tag)), other).language())
        .isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "english", "e", "en;q=0.5", "en-", "-en", "en--GB", "eng", "*"})
  void orIsRefused(String tag) {
    assertThat(errors(Map.of("lang", List.of(tag)))).extracting("parameter").containsOnly("lang");
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "100.0, 100", "'7.00', 7", "' 7 ', 7", "'5,5', 5", "00010, 10"})
  void wholeNumbersMayHaveZerosAfterThePoint(String value, int limit) {
    assertThat(parse(Map.of("limit", List.of(value))).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100.5", "1e2", "0", "-1", "10001", "9999999999999", "1.", ".5", "٣"})
  void orAreRefused(String value) {
    assertThat(errors(Map.of("limit", List.of(value))))
        .extracting("parameter")
        .containsOnly("limit");
  }

  @Test
  void dateErrorsNameWhatWorks() {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    sent.put("month", List.of("2024-10-01"));
    sent.put("quarter", List.of("T1 2024"));
    sent.put("from", List.of("janvier 2024"));
    sent.put("to", List.of("2024Q5"));

    assertThat(errors(sent))
        .extracting("parameter", "didYouMean")
        .containsExactly(
            tuple("month", List.of("2024-10")),
            tuple("quarter", List.of("2024-Q1")),
            tuple("from", List.of("2024-01")),
            tuple("to", List.of("2024-Q4")));
  }

  @Test
  void namesOfPeriodsAreKeptForMessagesAndNothingElse() {
    Question one = parse(Draws.parameters("year=2024"));
    Question other = parse(Draws.parameters("month=2024-01..2024-12"));

    assertThat(one.months().parameters()).containsExactly("year");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.months()).hasToString(other.months().toString());
  }

  @Test
  void codesThatCannotBeSeenOrSeparateAreNoCodes() {
    for (String code : List.of("\0", "11\n84", "1\u202e1", "a".repeat(65), "1!1")) {
      assertThatThrownBy(() -> parse(Map.of("region", List.of(code))))
          .as(code)
          .isInstanceOf(QuestionException.class);
    }
  }

  private static Question parse(Map<String, List<String>> parameters) {
    return QuestionParser.parse(parameters, Language.FR);
  }

  private static List<QuestionError> errors(Map<String, List<String>> parameters) {
    QuestionException refused =
        catchThrowableOfType(QuestionException.class, () -> parse(parameters));
    assertThat(refused).as("%s", parameters).isNotNull();
    return refused.errors();
  }
}
