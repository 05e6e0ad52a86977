package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.SideBySide;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * Every format has the codes, labels, figures and marks of JSON, and those that say something of
 * the answer say the same, for random questions with rates and comparisons too.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class EveryFormatApiTest {
  private static final int QUESTIONS = 60;
  private static final long SEED = 21;

  /** More rows are one page no longer. */
  private static final int MOST_ROWS = 5_000;

  private static final Set<String> PERIODS = Set.of("month", "quarter", "year");

  private static final Map<String, String> MARKS =
      Map.of(
          "suppressed", "Q",
          "no_denominator", "M",
          "not_published", "L",
          "provisional", "P",
          "empty", "O",
          "ok", "M"); // a quotient of nothing

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Integer> met = new ConcurrentSkipListMap<>();

  /**
   * An answer as JSON has it.
   *
   * @param levels of the grouping
   */
  private record Asked(
      String path,
      boolean isFrench,
      List<String> levels,
      JsonNode answer,
      List<Map<String, String>> rows) {
    Set<String> figures() {
      return rows.stream()
          .flatMap(row -> row.keySet().stream())
          .filter(name -> !name.endsWith("status") && !levels.contains(name.replace("_label", "")))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  @Test
  void everyFormatTellsWhatJsonTells() {
    BlockTable table =
        BlockTable.read(
            ConfigProvider.getConfig().getValue(RolledUpMonths.BLOCKS_URL, String.class));
    Random seeds = new Random(SEED);
    for (int missing = QUESTIONS; missing > 0; ) {
      missing -=
          Collections.frequency(
              SideBySide.results(
                  Draws.sources(seeds, missing), source -> check(table, source.random())),
              true);
    }
    assertThat(met)
        .containsKeys("ok", "suppressed", "provisional", "no_denominator", "not_published", "empty")
        .containsKeys("ND", "_T", "coverage", "compared")
        .allSatisfy((what, count) -> assertThat(count).as(what).isGreaterThan(10));
  }

  /** Returns false for a question whose answer is more than a page, or nothing. */
  private boolean check(BlockTable table, Random random) {
    String parameters = new RandomFileQuestion(random, table).draw();
    boolean isFrench = random.nextBoolean();
    String path = "/v1/aggregates?" + parameters + "&lang=" + (isFrench ? "fr" : "en");
    FigureReader reader = new FigureReader(http, base, List.of(), List.of());
    JsonNode answer = FigureReader.json(reader.get(path + "&labels=both&limit=10000"));
    List<Map<String, String>> rows = AnswerFiles.json(answer.get("data"));
    if (rows.isEmpty() || rows.size() > MOST_ROWS) {
      return false;
    }
    List<String> levels = new ArrayList<>();
    answer.at("/query/group_by").forEach(level -> levels.add(level.textValue()));
    Asked asked = new Asked(path, isFrench, levels, answer, rows);
    count(asked);
    String limit = random.nextBoolean() ? "&limit=10000" : "&limit=all";
    String labels = List.of("both", "name", "id").get(random.nextInt(3));
    for (String format : AnswerFiles.FORMATS) {
      byte[] file = reader.bytes(path + limit + "&labels=" + labels + "&format=" + format);
      List<Map<String, String>> expected =
          AnswerFiles.asIn(format, withLabels(asked, labels), asked.figures());
      List<Map<String, String>> read = AnswerFiles.read(format, file, asked.figures());
      read.forEach(row -> checkStart(row, row.remove("period_start")));
      assertThat(read).as(path + " as " + format).isEqualTo(expected);
      assertThat(read.get(0).keySet()).containsExactlyElementsOf(expected.get(0).keySet());
      checkDescription(asked, format, file);
    }
    checkSdmx(asked, reader.get(path + limit + "&labels=both&format=sdmx-csv"));
    return true;
  }

  /** The first day of the finest period of a row lies in its other periods too. */
  private static void checkStart(Map<String, String> row, String start) {
    List<String> periods =
        PERIODS.stream().filter(level -> !row.getOrDefault(level, "_T").equals("_T")).toList();
    if (start != null && periods.isEmpty()) {
      assertThat(start).isEmpty();
    } else if (start != null) {
      periods.forEach(
          level -> assertThat(Workbooks.period(level, start)).isEqualTo(row.get(level)));
    }
  }

  private static List<Map<String, String>> withLabels(Asked asked, String labels) {
    return asked.rows().stream()
        .map(
            row -> {
              Map<String, String> kept = new LinkedHashMap<>(row);
              if (labels.equals("name")) {
                kept.keySet().removeAll(asked.levels());
              } else if (labels.equals("id")) {
                kept.keySet().removeIf(name -> name.endsWith("_label"));
              }
              return kept;
            })
        .toList();
  }

  private void count(Asked asked) {
    for (Map<String, String> row : asked.rows()) {
      Stream.concat(
              Stream.of(row.get("status"), row.getOrDefault("compared_status", "not_compared")),
              asked.levels().stream()
                  .map(row::get)
                  .filter(code -> code.equals("ND") || code.equals("_T")))
          .forEach(what -> met.merge(what, 1, Integer::sum));
    }
    met.merge("coverage", asked.answer().at("/rates/coverage").size(), Integer::sum);
    met.merge("compared", asked.answer().at("/query").has("compare") ? 1 : 0, Integer::sum);
  }

  /** Coverage, shares that are not disclosed, and warnings. */
  private static void checkDescription(Asked asked, String format, byte[] file) {
    List<String> warnings = new ArrayList<>();
    asked.answer().get("warnings").forEach(text -> warnings.add(text.textValue()));
    Map<String, String> coverage = new TreeMap<>();
    asked
        .answer()
        .at("/rates/coverage")
        .properties()
        .forEach(one -> coverage.put("rates.coverage." + one.getKey(), one.getValue().asText()));
    coverage.values().removeIf("null"::equals);
    Map<String, String> shares = new TreeMap<>();
    for (Map.Entry<String, JsonNode> level :
        asked.answer().at("/disclosure/not_disclosed").properties()) {
      level
          .getValue()
          .properties()
          .forEach(
              share ->
                  shares.put(level.getKey() + ", " + share.getKey(), share.getValue().asText()));
    }
    if (format.equals("xlsx")) {
      List<List<String>> about =
          Workbooks.sheets(file).get(asked.isFrench() ? "Lisez-moi" : "Read me");
      assertThat(starting(about, "rates.coverage.", "rates.coverage.")).isEqualTo(coverage);
      assertThat(starting(about, asked.isFrench() ? "Part ND : " : "Share ND: ", ""))
          .isEqualTo(shares);
      assertThat(
              about.stream()
                  .filter(
                      line -> line.get(0).equals(asked.isFrench() ? "Avertissement" : "Warning"))
                  .map(line -> line.get(1)))
          .containsExactlyElementsOf(warnings);
    } else if (format.equals("parquet")) {
      Map<String, String> about = ParquetRows.metadata(file);
      assertThat(about).containsAllEntriesOf(coverage);
      shares.forEach(
          (name, share) ->
              assertThat(about).containsEntry("not_disclosed." + name.replace(", ", "."), share));
      assertThat(about).containsEntry("warnings", String.join("\n", warnings));
    }
  }

  private static Map<String, String> starting(
      List<List<String>> lines, String prefix, String replacement) {
    return lines.stream()
        .filter(line -> line.get(0).startsWith(prefix))
        .collect(
            Collectors.toMap(
                line -> replacement + line.get(0).substring(prefix.length()),
                line -> line.get(1),
                (one, other) -> other,
                TreeMap::new));
  }

  /** Lines with a label in each cell, one for each figure of a row. */
  private static void checkSdmx(Asked asked, String file) {
    List<Map<String, String>> lines = AnswerFiles.csv(file);
    List<Map<String, String>> rows =
        asked.rows().stream()
            .filter(
                row ->
                    !FigureReader.repeatsAPeriod(
                        asked.levels(), asked.levels().stream().map(row::get).toList()))
            .toList();
    assertThat(lines).as(asked.path()).hasSize(rows.size() * asked.figures().size());
    int next = 0;
    for (Map<String, String> row : rows) {
      for (String figure : asked.figures()) {
        checkSdmx(asked, row, figure, plain(lines.get(next++)));
      }
    }
  }

  /** By the identifiers of the components, whose names follow them. */
  private static Map<String, String> plain(Map<String, String> line) {
    Map<String, String> plain = new LinkedHashMap<>();
    line.forEach((name, cell) -> plain.put(name.replaceFirst(": .*", ""), cell));
    return plain;
  }

  private static void checkSdmx(
      Asked asked, Map<String, String> row, String figure, Map<String, String> line) {
    String what = asked.path() + " " + line;
    String mark = mark(row, figure);
    assertThat(line.get("MEASURE")).as(what).startsWith(figure + ": ");
    assertThat(line.get("OBS_VALUE")).as(what).isEqualTo(row.get(figure));
    assertThat(line.get("OBS_STATUS")).as(what).startsWith(mark + ": ");
    assertThat(line.get("CONF_STATUS")).as(what).startsWith(mark.equals("Q") ? "C: " : "F: ");
    for (String level : asked.levels()) {
      if (PERIODS.contains(level)) {
        assertThat(FigureReader.period(level, line.get("TIME_PERIOD")))
            .as(what)
            .isEqualTo(row.get(level));
      } else {
        assertThat(line.get(level.toUpperCase(Locale.ROOT)))
            .as(what)
            .isEqualTo(row.get(level).replace(':', '-') + ": " + row.get(level + "_label"));
      }
    }
  }

  /** The reason of a missing value is that of its period; a change has that of the first. */
  private static String mark(Map<String, String> row, String figure) {
    String asked = row.get("status");
    String compared = row.getOrDefault("compared_status", "ok");
    boolean isOfBoth = figure.endsWith("_change") || figure.endsWith("_change_rate");
    if (!row.get(figure).isEmpty() && !asked.equals("provisional")) {
      return asked.equals("empty") ? "I" : "A";
    }
    String reason =
        figure.endsWith("_compared") || (isOfBoth && asked.equals("ok")) ? compared : asked;
    return row.get(figure).isEmpty() ? MARKS.get(reason) : reason.equals("provisional") ? "P" : "A";
  }
}
