package fr.opendamir.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostedQuestionTest {
  private static final List<String> MEMBERS =
      Stream.concat(
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
                  "filters",
                  "months",
                  "BEN_RES_REG",
                  "PRS_NAT",
                  "FLX_ANN_MOI",
                  "Region",
                  "LIMIT",
                  "foo",
                  ""),
              Arrays.stream(Level.values()).map(Level::id))
          .toList();

  private static final List<String> SHAPES =
      List.of(
          "null",
          "[]",
          "\"\"",
          "[\"\"]",
          "{}",
          "[null]",
          "[[]]",
          "[[\"11\"]]",
          "[{}]",
          "true",
          "false",
          "[true]",
          "0",
          "-0",
          "-0.0",
          "0e5",
          "1",
          "-1",
          "11",
          "11.0",
          "100.0",
          "1e2",
          "1E+2",
          "1.5",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "1e-999999999",
          "1e99999999999",
          "9".repeat(900),
          "9".repeat(5_000),
          "0." + "3".repeat(900),
          "\"11\"",
          "\"!11\"",
          "[\"!11\",\"84\"]",
          "[\"84\",\"!11\"]",
          "[\"!11\",\"!84\"]",
          "\"2024-01\"",
          "[\"2024-01\",\"2024-02\"]",
          "\"region\"",
          "[\"region\",\"sex\"]",
          "\"charged\"",
          "\"charged:ge:1\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\" \"",
          "\",\"",
          "[\" \",\"\"]",
          "[\"11\",null]",
          "[11,\"84\",true]",
          "{\"region\":\"11\"}",
          "{\"a\":{\"b\":[]}}",
          "{\"region\":null}",
          "{\"limit\":5}",
          "{\"region\":{}}",
          "{\"region\":1,\"region\":2}",
          "\"" + "x".repeat(3_000) + "\"",
          "[" + "\"11\",".repeat(3_000) + "\"84\"]",
          "[".repeat(900) + "]".repeat(900),
          "[".repeat(3_000) + "]".repeat(3_000),
          "NaN",
          "'11'",
          "05",
          "+5",
          "\"a;b\"",
          "tru");

  /** Every member with every shape, alone and beside others: a question, or told what it is not. */
  @Test
  void everyMemberOfEveryShapeIsAQuestionOrNamedInTheError() {
    Random random = new Random(9);
    int understood = 0;
    int refused = 0;
    for (int i = 0; i < MEMBERS.size() * SHAPES.size() * 3; i++) {
      int first = i % (MEMBERS.size() * SHAPES.size());
      List<String> members = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int member = 0; member <= i / (MEMBERS.size() * SHAPES.size()); member++) {
        String name = member == 0 ? MEMBERS.get(first % MEMBERS.size()) : pick(MEMBERS, random);
        String shape = member == 0 ? SHAPES.get(first / MEMBERS.size()) : pick(SHAPES, random);
        names.add(name);
        members.add("\"" + name + "\":" + shape);
      }
      String body = "{" + String.join(",", members) + "}";
      Optional<List<QuestionError>> errors = errors(body.getBytes(UTF_8));
      if (errors.isEmpty()) {
        understood++;
      } else {
        refused++;
        assertThat(errors.get()).as(shortened(body)).isNotEmpty().allMatch(e -> names(e, names));
      }
    }
    assertThat(understood).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }

  /** What is sent, what it means, the whole body, or what a member of filters is called. */
  private static boolean names(QuestionError error, List<String> names) {
    return Stream.concat(Stream.of("body", "region", "limit", "a", "month"), names.stream())
        .anyMatch(
            name ->
                name.equalsIgnoreCase(error.parameter())
                    || Level.find(name).map(Level::id).equals(Optional.of(error.parameter())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "null",
        "true",
        "1",
        "\"region\"",
        "{}{}",
        "{} {}",
        "{}]",
        "{},",
        "{}x",
        "{\"region\":\"11\"}{\"region\":\"84\"}",
        "\0",
        "\0\0\0{",
        "{\"region\"}",
        "{region:11}",
        "\ufeff",
        "\ufeff[]",
        "// {}",
        "{}//",
        "{\"region\":\"11\",}"
      })
  void whatIsNotOneObjectIsToldSo(String body) {
    assertThat(errors(body.getBytes(UTF_8)).orElseThrow())
        .extracting(QuestionError::parameter)
        .containsExactly("body");
  }

  @Test
  void bytesThatAreNoTextAreToldSoToo() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      errors(bytes); // whatever it says, it fails with nothing else
    }
    assertThat(errors(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0})).isPresent();
    assertThat(errors(new byte[0])).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void aByteOrderMarkIsNoPartOfTheQuestion(String charset) {
    byte[] body = "\ufeff{\"region\":\"11\"}".getBytes(Charset.forName(charset));

    assertThat(PostedQuestion.parameters(body)).isEqualTo(Map.of("region", List.of("11")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"limit\":null,\"region\":null,\"lang\":null} | {}",
        "{\"limit\":100.0} | {\"limit\":100}",
        "{\"limit\":1e2} | {\"limit\":\"100\"}",
        "{\"limit\":[7]} | {\"limit\":7.0}",
        "{\"limit\":[null,7,\"\"]} | {\"limit\":7}",
        "{\"region\":11.0} | {\"region\":\"11\"}",
        "{\"age_band\":-0} | {\"age_band\":\"0\"}",
        "{\"age_band\":-0.0} | {\"age_band\":\"0\"}",
        "{\"age_band\":0e5} | {\"age_band\":\"0\"}",
        "{\"region\":[11,\"84\",null]} | {\"region\":\"84,11\"}",
        "{\"region\":[]} | {}",
        "{\"region\":[\"\"]} | {}",
        "{\"region\":[null]} | {}",
        "{\"region\":\"11\",\"BEN_RES_REG\":84} | {\"region\":[\"84\",\"11\"]}",
        "{\"REGION\":\"11\",\"region\":[]} | {\"region\":11}",
        "{\"year\":2024.0} | {\"year\":\"2024\"}",
        "{\"month\":202401} | {\"month\":\"2024-01\"}",
        "{\"group_by\":[],\"having\":[],\"sort\":[]} | {}",
        "{\"filters\":{\"region\":[\"11\"]}} | {\"region\":\"11\"}",
        "{\"filters\":{\"region\":\"!11\"},\"region\":\"!84\"} | {\"region\":[\"!11\",\"!84\"]}",
        "{\"filters\":null} | {}",
        "{\"filters\":{}} | {}",
        "{\"months\":[\"2024-01\"]} | {\"month\":\"2024-01\"}",
        "{\"months\":[\"2024-01\"],\"month\":null} | {}",
        "{\"months\":[\"2024-01\"],\"year\":2024} | {\"year\":\"2024\"}",
        "{\"months\":[\"2024-01\"],\"last\":1} | {\"last\":1}",
        "{\"months\":[]} | {}",
      })
  void theSameQuestionInOtherWords(String body, String same) {
    assertThat(question(body)).isEqualTo(question(same));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"region\":\"11\",\"region\":\"84\"} | region",
        "{\"limit\":1,\"limit\":1} | limit",
        "{\"limit\":1,\"LIMIT\":2} | limit",
        "{\"filters\":{\"region\":1,\"region\":2}} | region",
        "{\"filters\":{\"limit\":1}} | limit",
        "{\"filters\":[]} | filters",
        "{\"filters\":\"region\"} | filters",
        "{\"filters\":{\"region\":{\"in\":[1]}}} | region",
        "{\"region\":[\"!11\",\"84\"]} | region",
        "{\"region\":[\"84\",\"!11\"]} | region",
        "{\"region\":\"!11\",\"BEN_RES_REG\":\"84\"} | region",
        "{\"region\":\"!11\",\"filters\":{\"region\":\"84\"}} | region",
        "{\"month\":[\"!2024-01\",\"2024-02\"]} | month",
        "{\"region\":[[\"11\"]]} | region",
        "{\"group_by\":{}} | group_by",
        "{\"limit\":1e400} | limit",
        "{\"limit\":100.5} | limit",
        "{\"dry_run\":2} | dry_run",
        "{\"region\":true,\"foo\":1} | foo",
      })
  void whatIsWrongIsNamed(String body, String member) {
    assertThat(errors(body.getBytes(UTF_8)).orElseThrow())
        .extracting(QuestionError::parameter)
        .containsExactly(member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "1.0", "\"yes\"", "[true]"})
  void aDryRunIsAskedForByATruth(String value) {
    Map<String, List<String>> sent =
        PostedQuestion.parameters(("{\"dry_run\":" + value + "}").getBytes(UTF_8));

    assertThat(QuestionParser.asksForDryRun(sent)).isTrue();
  }

  /** The question of an answer is the question that was answered, whatever there is in it. */
  @Test
  void theQuestionOfAnAnswerCanBePostedAsItIs() throws IOException {
    Random random = new Random(10);
    JsonMapper mapper = new JsonMapper();
    for (int i = 0; i < 2_000; i++) {
      Question asked = question(random);
      AggregateResult answer = ExampleAnswers.answer(asked);
      byte[] json = ExampleAnswers.bytes(answer, "json");
      JsonNode posted = mapper.readTree(json).get("query");

      Question understood = question(posted.toString());

      assertThat(understood).as("%s", posted).isEqualTo(asked);
      assertThat(CanonicalQuestion.path(ExampleAnswers.answer(understood)))
          .isEqualTo(CanonicalQuestion.path(answer));
      if (answer.nextCursor().isPresent()) {
        ((com.fasterxml.jackson.databind.node.ObjectNode) posted)
            .put("cursor", answer.nextCursor().get());
        Question next = question(posted.toString());
        AggregateResult page = ExampleAnswers.answer(next);
        JsonNode again = mapper.readTree(ExampleAnswers.bytes(page, "json")).get("query");
        assertThat(question(again.toString())).as("%s", again).isEqualTo(next);
      }
    }
  }

  private static Question question(Random random) {
    List<String> parts = new ArrayList<>();
    for (String part :
        List.of(
            "\"group_by\":[\"region\",\"sex\"]",
            "\"measures\":[\"charged\",\"quantity\",\"reimbursement_rate\"]",
            "\"region\":[11,84]",
            "\"service\":[\"!1110\",\"!G:pharmacy\"]",
            "\"exemption_group\":\"ND\"",
            "\"having\":[\"charged:ge:1000000\",\"quantity:lt:1.50\"]",
            "\"sort\":[\"-charged\",\"region\"]",
            "\"totals\":\"" + pick(List.of("none", "grand", "rollup"), random) + "\"",
            "\"labels\":\"" + pick(List.of("id", "name", "both"), random) + "\"",
            "\"lang\":\"" + pick(List.of("en", "fr-CA"), random) + "\"",
            "\"limit\":" + (1 + random.nextInt(10_000)),
            "\"release\":\"2024-04-02.1\"",
            "\"month\":[\""
                + pick(
                    List.of(
                        "2024-01..2024-02",
                        "!2024-01",
                        "2024-01..",
                        "..2024-02",
                        "2024-01\",\"2024-02",
                        "!..2023-12\",\"!2024-02"),
                    random)
                + "\"]",
            "\"year\":\"" + pick(List.of("2024", "!2023", "2023..2024"), random) + "\"",
            "\"quarter\":\"2024-Q1\"",
            "\"from\":\"2024-01\"",
            "\"to\":\"2024\"",
            "\"last\":" + (1 + random.nextInt(3)))) {
      if (random.nextInt(3) == 0) {
        parts.add(part);
      }
    }
    boolean isGrouped = parts.stream().anyMatch(part -> part.startsWith("\"group_by\""));
    boolean isMeasured = parts.stream().anyMatch(part -> part.startsWith("\"measures\""));
    parts.removeIf(
        part ->
            (part.startsWith("\"sort\"") && !(isGrouped && isMeasured))
                || (part.startsWith("\"having\"") && !isMeasured));
    return question("{" + String.join(",", parts) + "}");
  }

  /** A body has room for thousands of members: they are counted, and not looked at. */
  @Test
  void membersAreBoundedWhereverTheyAre() {
    String members =
        IntStream.range(0, 8_000)
            .mapToObj(i -> "\"m" + i + "\":1")
            .collect(Collectors.joining(","));
    String months =
        IntStream.range(0, 101).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
    for (String body :
        List.of(
            "{" + members + "}",
            "{\"filters\":{" + members + "}}",
            "{\"filters\":{\"filters\":{" + months + "}}}")) {
      List<QuestionError> errors = errors(body.getBytes(UTF_8)).orElseThrow();
      assertThat(errors).hasSize(1);
      assertThat(errors.get(0).code()).isEqualTo("too_many_values");
      assertThat(errors.get(0).detail().en()).contains("at most 100 parameters");
    }
  }

  @Test
  void errorsOfABodyAreToldUpToTheirBound() {
    String body = "{\"region\":[" + "[],".repeat(9_999) + "[]]}";
    List<QuestionError> errors = errors(body.getBytes(UTF_8)).orElseThrow();
    assertThat(errors).hasSize(50);
    assertThat(errors.get(49).code()).isEqualTo("more_errors");
  }

  private static Question question(String body) {
    return QuestionParser.parse(PostedQuestion.parameters(body.getBytes(UTF_8)), Language.FR)
        .inFormat(false);
  }

  private static Optional<List<QuestionError>> errors(byte[] body) {
    QuestionException refused =
        catchThrowableOfType(
            QuestionException.class,
            () -> QuestionParser.parse(PostedQuestion.parameters(body), Language.FR));
    return Optional.ofNullable(refused).map(QuestionException::errors);
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
