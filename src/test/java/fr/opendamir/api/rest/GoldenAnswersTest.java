package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes and headers of answers in every format, which may change on purpose only: what differs
 * is written to {@code target/golden-answers}, from where it is copied to the resources of this
 * test.
 */
class GoldenAnswersTest {
  private static final Path FOUND = Path.of("target", "golden-answers");

  private static final AnswerTables TABLES = new AnswerTables(ExampleAnswers.CATALOG);

  private static final List<Measure> ALL_MEASURES =
      Stream.of(Measure.values()).filter(measure -> !measure.isRate()).toList();

  static Stream<Arguments> answers() {
    return Map.of(
            "page", ExampleAnswers.twoByTwo(LabelStyle.BOTH),
            "codes", ExampleAnswers.twoByTwo(LabelStyle.ID),
            "labels", ExampleAnswers.twoByTwo(LabelStyle.NAME),
            "empty", empty(),
            "total", total(),
            "totals", totals(),
            "filtered", filtered(),
            "strange", strange(),
            "difference", difference())
        .entrySet()
        .stream()
        .flatMap(
            answer ->
                Formats.ALL.stream()
                    .filter(AnswerFormat::isReproducible)
                    .map(
                        format ->
                            Arguments.of(answer.getKey(), format.id(), answer.getValue(), format)));
  }

  static Stream<Arguments> streams() {
    return answers().filter(answer -> ((AnswerFormat) answer.get()[3]).isStreamable());
  }

  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("answers")
  void anAnswerIsWrittenAsItWas(String name, String id, AggregateResult answer, AnswerFormat format)
      throws IOException {
    EncodedAnswer written =
        new AnswerWriter(TABLES).write(AnswerWriter.key(answer.planned(), format), answer, format);

    requireGolden(name + "." + format.fileExtension(), written.body(false));
    if (name.equals("page") || name.equals("difference")) {
      requireGolden(name + "." + id + ".headers", headers(written));
    }
  }

  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource("streams")
  void rowsThatAreStreamedAreTheSameBytesHoweverTheyAreCut(
      String name, String id, AggregateResult answer, AnswerFormat format) throws IOException {
    for (int size = 1; size <= answer.rows().size() + 1; size++) {
      RowEncoder encoder = format.encoder(TABLES.streamed(answer));
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int from = 0; from < answer.rows().size(); from += size) {
        int to = Math.min(answer.rows().size(), from + size);
        stream.writeBytes(encoder.write(AnswerTables.rows(answer.rows().subList(from, to))));
      }
      stream.writeBytes(encoder.end());
      requireGolden(name + "." + format.fileExtension(), stream.toByteArray());
    }
  }

  private static byte[] headers(EncodedAnswer answer) {
    return answer.headers().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void requireGolden(String name, byte[] bytes) throws IOException {
    String found = new String(bytes, StandardCharsets.UTF_8);
    Files.createDirectories(FOUND);
    try (InputStream golden = GoldenAnswersTest.class.getResourceAsStream("golden/" + name)) {
      String expected =
          golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      if (golden == null || !found.equals(expected)) {
        Files.write(FOUND.resolve(name), bytes);
      }
      assertThat(golden).as(name).isNotNull();
      assertThat(found).as(name).isEqualTo(expected);
    }
  }

  private static AggregateResult empty() {
    return ExampleAnswers.answer(
        ExampleAnswers.query(
            List.of(Level.REGION, Level.QUARTER),
            List.of(Measure.CHARGED),
            LabelStyle.BOTH,
            Language.FR));
  }

  /** Every kind of figure, of both signs, and one that does not exist. */
  private static AggregateResult total() {
    return ExampleAnswers.answer(
        ExampleAnswers.query(List.of(), ALL_MEASURES, LabelStyle.BOTH, Language.FR),
        ExampleAnswers.row(
            List.of(),
            "-42",
            "92233720368547758.07",
            "0.00",
            "-0.01",
            "1E+3",
            "10.10",
            "1234567.80",
            "-1234567.80",
            "0.750000",
            "1E-6",
            null,
            "22.50"));
  }

  private static AggregateResult totals() {
    return ExampleAnswers.answer(
        question("group_by=region,month", "totals=rollup", "measures=charged,excess_rate"),
        ExampleAnswers.row(List.of("11", "2024-02"), "1.10", "0.100000"),
        ExampleAnswers.suppressed(List.of("11", "2024-01"), 2),
        ExampleAnswers.row(List.of("11", "_T"), "2.20", "0.200000"),
        ExampleAnswers.row(List.of("ND", "2024-01"), "3.30", null),
        ExampleAnswers.row(List.of("ND", "_T"), "3.30", null),
        ExampleAnswers.row(List.of("_T", "_T"), "5.50", "0.300000"));
  }

  private static AggregateResult filtered() {
    return ExampleAnswers.answer(
        question(
            "group_by=service,year,sex",
            "measures=reimbursed,average_charge",
            "region=!11,84",
            "age_band=20",
            "month=2024-01..2024-02,..2023-12",
            "last=3",
            "having=reimbursed:ge:1000000",
            "sort=-reimbursed,sex",
            "limit=2",
            "labels=name",
            "lang=en",
            "release=2024-04-02.1"),
        ExampleAnswers.row(List.of("3313", "2024", "1"), "2000000.00", "7.12"),
        ExampleAnswers.row(List.of("G:pharmacy", "2023", "ND"), "1000000.00", null));
  }

  /** Codes are kept as the files write them, so a strange one may hold anything. */
  private static AggregateResult strange() {
    List<ResultRow> rows =
        Stream.of(
                "été \"10\", ou",
                "a;b'c d",
                "à\nb\r",
                "#x",
                " x ",
                "\t",
                "\\",
                "",
                "'",
                "𝄞 é",
                "\u0001",
                "</script>",
                "\u2028",
                "=1+1",
                "1,5",
                "x".repeat(200))
            .map(code -> ExampleAnswers.row(List.of(code), "1.00"))
            .toList();
    return ExampleAnswers.answer(
        ExampleAnswers.query(
            List.of(Level.INSURANCE), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.FR),
        Optional.empty(),
        rows);
  }

  private static AggregateResult difference() {
    return ExampleAnswers.answer(
        ExampleAnswers.query(
            List.of(Level.SEX), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.EN),
        Optional.of(ExampleAnswers.release("2024-03-05.1")),
        List.of(ExampleAnswers.row(List.of("1"), "-10.00")));
  }

  private static Question question(String... parameters) {
    return QuestionParser.parse(
            Stream.of(parameters)
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1]))),
            Language.FR)
        .inFormat(false);
  }
}
