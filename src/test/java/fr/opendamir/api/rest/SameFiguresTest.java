package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.format.Formats;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every format carries identical figures: random answers are written in each and read back, with
 * their decimals, by readers that share no code with the writers.
 */
class SameFiguresTest {
  private static final List<Level> LEVELS =
      List.of(Level.REGION, Level.INSURANCE, Level.SERVICE_GROUP);
  private static final List<Measure> MEASURES =
      List.of(Measure.CHARGED, Measure.QUANTITY, Measure.EXCESS_RATE);
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** What a reader learns of a row besides its codes; no value where the format has none. */
  private record Figures(List<Optional<BigDecimal>> values, boolean suppressed) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyFormatCarriesTheSameFigures(long seed) throws IOException {
    AggregateResult answer = randomAnswer(new Random(seed));
    Map<List<String>, Figures> expected = new HashMap<>();
    for (ResultRow row : answer.rows()) {
      expected.put(
          row.codes(),
          new Figures(row.values().stream().map(Optional::ofNullable).toList(), row.suppressed()));
    }

    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(fromJson(answer)).isEqualTo(expected);
    assertThat(fromNdjson(answer)).isEqualTo(expected);
    assertThat(fromCsv(answer)).isEqualTo(expected);
    assertThat(fromJsonStat(answer)).isEqualTo(expected);
    assertThat(fromExcelCsv(answer)).isEqualTo(expected);
    assertThat(withoutZeros(fromParquet(answer))).isEqualTo(withoutZeros(expected));
    assertThat(withoutZeros(fromXlsx(answer))).isEqualTo(withoutZeros(expected));
  }

  private static AggregateResult randomAnswer(Random random) {
    Set<List<String>> cells = new LinkedHashSet<>();
    while (cells.size() < 200) {
      List<String> codes = new ArrayList<>();
      for (Level level : LEVELS) {
        List<CodeEntry> list = ExampleAnswers.CATALOG.codes(level);
        int chosen = random.nextInt(list.size() + 1);
        codes.add(chosen == list.size() ? "ND" : list.get(chosen).code());
      }
      cells.add(codes);
    }
    return ExampleAnswers.answer(
        ExampleAnswers.query(LEVELS, MEASURES, LabelStyle.BOTH, Language.FR),
        Optional.empty(),
        cells.stream().map(codes -> randomRow(codes, random)).toList());
  }

  private static ResultRow randomRow(List<String> codes, Random random) {
    if (random.nextInt(5) == 0) {
      return new ResultRow(codes, Collections.nCopies(MEASURES.size(), null), true);
    }
    List<BigDecimal> values = new ArrayList<>();
    for (Measure measure : MEASURES) {
      // From a few cents to 18 digits of cents, of both signs; ratios as exact as doubles are.
      long most = measure.decimals() == 6 ? 1_000_000_000_000_000L : 1_000_000_000_000_000_000L;
      long digits = (random.nextLong() >> random.nextInt(60)) % most;
      values.add(random.nextInt(8) == 0 ? null : BigDecimal.valueOf(digits, measure.decimals()));
    }
    return new ResultRow(codes, values, false);
  }

  private static Map<List<String>, Figures> fromJson(AggregateResult answer) throws IOException {
    byte[] text = ExampleAnswers.bytes(answer, "json");
    Map<List<String>, Figures> found = new HashMap<>();
    MAPPER.readTree(text).get("data").forEach(row -> add(found, row));
    return found;
  }

  private static Map<List<String>, Figures> fromNdjson(AggregateResult answer) throws IOException {
    byte[] text = ExampleAnswers.bytes(answer, "ndjson");
    Map<List<String>, Figures> found = new HashMap<>();
    for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        add(found, MAPPER.readTree(line));
      }
    }
    return found;
  }

  private static void add(Map<List<String>, Figures> found, JsonNode row) {
    List<String> codes = LEVELS.stream().map(level -> row.get(level.id()).textValue()).toList();
    List<Optional<BigDecimal>> values =
        MEASURES.stream().map(measure -> number(row.get(measure.id()))).toList();
    Figures before =
        found.put(codes, new Figures(values, row.get("status").textValue().equals("suppressed")));
    assertThat(before).isNull();
  }

  private static Map<List<String>, Figures> fromCsv(AggregateResult answer) throws IOException {
    return fromCsv(ExampleAnswers.bytes(answer, "csv"), CsvSchema.emptySchema().withHeader());
  }

  /** Amounts have decimal commas, so no text but a figure has a comma between digits. */
  private static Map<List<String>, Figures> fromExcelCsv(AggregateResult answer)
      throws IOException {
    byte[] bytes =
        new AnswerTables(ExampleAnswers.CATALOG).write(answer, Formats.DIALECTS.get("excel-fr"));
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).startsWith("\uFEFFregion;region_label;");
    return fromCsv(
        text.substring(1)
            .replaceAll("(?<=;-?[0-9]{1,18}),(?=[0-9]+;)", ".")
            .getBytes(StandardCharsets.UTF_8),
        CsvSchema.emptySchema().withHeader().withColumnSeparator(';'));
  }

  private static Map<List<String>, Figures> fromParquet(AggregateResult answer) {
    return figures(ParquetRows.rows(ExampleAnswers.bytes(answer, "parquet")));
  }

  private static Map<List<String>, Figures> fromXlsx(AggregateResult answer) {
    return figures(Workbooks.rows(ExampleAnswers.bytes(answer, "xlsx")));
  }

  /** Spreadsheets do not keep the zeros at the end of a decimal. */
  private static Map<List<String>, Figures> withoutZeros(Map<List<String>, Figures> figures) {
    Map<List<String>, Figures> without = new HashMap<>();
    figures.forEach(
        (codes, row) ->
            without.put(
                codes,
                new Figures(
                    row.values().stream()
                        .map(value -> value.map(SameFiguresTest::withoutZeros))
                        .toList(),
                    row.suppressed())));
    return without;
  }

  private static BigDecimal withoutZeros(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Map<List<String>, Figures> fromCsv(byte[] text, CsvSchema schema)
      throws IOException {
    return figures(
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(schema)
            .<Map<String, String>>readValues(text)
            .readAll());
  }

  private static Map<List<String>, Figures> figures(List<Map<String, String>> rows) {
    Map<List<String>, Figures> found = new HashMap<>();
    for (Map<String, String> row : rows) {
      List<Optional<BigDecimal>> values =
          MEASURES.stream()
              .map(measure -> row.get(measure.id()))
              .map(cell -> Optional.of(cell).filter(c -> !c.isEmpty()).map(BigDecimal::new))
              .toList();
      Figures before =
          found.put(
              LEVELS.stream().map(level -> row.get(level.id())).toList(),
              new Figures(values, row.get("status").equals("suppressed")));
      assertThat(before).isNull();
    }
    return found;
  }

  /** Walks through every cell of the cube in row-major order. */
  private static Map<List<String>, Figures> fromJsonStat(AggregateResult answer)
      throws IOException {
    JsonNode dataset = MAPPER.readTree(ExampleAnswers.bytes(answer, "json-stat"));
    List<List<String>> cells = List.of(List.of());
    for (JsonNode id : dataset.get("id")) {
      if (!id.textValue().equals("measure")) {
        cells = product(cells, dataset.at("/dimension/" + id.textValue() + "/category/index"));
      }
    }
    int position = 0;
    Map<List<String>, Figures> found = new HashMap<>();
    for (List<String> codes : cells) {
      List<Optional<BigDecimal>> values = new ArrayList<>();
      boolean suppressed = false;
      boolean present = false;
      for (int i = 0; i < MEASURES.size(); i++) {
        String cell = String.valueOf(position++);
        present |= dataset.get("value").has(cell);
        suppressed |= dataset.get("status").path(cell).asText().equals("C");
        values.add(number(dataset.get("value").path(cell)));
      }
      if (present) {
        found.put(codes, new Figures(values, suppressed));
      }
    }
    return found;
  }

  private static List<List<String>> product(List<List<String>> heads, JsonNode codes) {
    List<List<String>> product = new ArrayList<>();
    for (List<String> head : heads) {
      for (JsonNode code : codes) {
        List<String> longer = new ArrayList<>(head);
        longer.add(code.textValue());
        product.add(longer);
      }
    }
    return product;
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
  }
}
