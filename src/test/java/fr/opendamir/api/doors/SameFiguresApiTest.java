package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked, by whichever door, in whatever pages, from rollups, segments or blocks: the
 * figures are the sums of the blocks, digit by digit.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class SameFiguresApiTest {
  private static final int QUESTIONS = 300;
  private static final long SEED = 2027;

  /** Each file starts an engine twice: to write it, and to read it back. */
  private static final int QUESTIONS_OF_A_PARQUET_FILE = 5;

  private static final int MOST_PAGES = 4;
  private static final int MOST_CUBE_CELLS = 60_000;

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger fromRollups = new AtomicInteger();
  private final AtomicInteger fromBlocks = new AtomicInteger();
  private final AtomicInteger fromSegments = new AtomicInteger();
  private final AtomicInteger cubes = new AtomicInteger();
  private final AtomicInteger filled = new AtomicInteger();
  private final AtomicInteger suppressed = new AtomicInteger();
  private final AtomicInteger notDisclosed = new AtomicInteger();

  @Test
  void everyDoorTellsTheSumsOfTheBlocksDigitByDigit() {
    BlockTable table =
        BlockTable.read(
            ConfigProvider.getConfig().getValue(RolledUpMonths.BLOCKS_URL, String.class));
    assertThat(table.releases()).hasSize(3);

    SideBySide.check(
        Draws.sources(new Random(SEED), QUESTIONS),
        source -> {
          Random random = source.random();
          RandomQuestion question = RandomQuestion.draw(random, table);
          check(
              question,
              NaiveAnswer.of(question, table.blocks(question.release())),
              source.number(),
              random);
        });

    assertThat(fromRollups).as("questions answered from rollups alone").hasValueGreaterThan(60);
    assertThat(fromBlocks).as("questions answered from blocks alone").hasValueGreaterThan(5);
    assertThat(fromSegments).as("questions answered from larger rollups").hasValueGreaterThan(20);
    assertThat(cubes).as("questions answered as a cube").hasValueGreaterThan(150);
    assertThat(filled).as("rows of periods without figures").hasValueGreaterThan(100);
    assertThat(suppressed).as("rows that are suppressed").hasValueGreaterThan(10);
    assertThat(notDisclosed).as("rows of codes that are not disclosed").hasValueGreaterThan(10);
  }

  /**
   * Every question in pages of JSON, as CSV and as a cube; in one more of the other formats in
   * turn, which EveryFormatApiTest compares with JSON.
   */
  private void check(RandomQuestion question, List<FigureRow> expected, int turn, Random random) {
    List<String> levels = question.groupBy().stream().map(Level::id).toList();
    FigureReader reader = new FigureReader(http, base, levels, question.measures());
    String path = "/v1/aggregates?labels=id&" + question.parameters();
    count(expected);
    countSources(FigureReader.json(reader.get(path + "&dry_run=true")), path, expected.size());

    List<FigureRow> cells = cells(expected);
    List<FigureRow> paged = pages(reader, path, cells.size(), random);
    assertThat(FigureRow.counted(paged)).as(path).isEqualTo(FigureRow.counted(expected));
    assertThat(cells(paged)).as(path).isEqualTo(cells);
    assertThat(reader.csv(reader.get(path + "&format=csv"))).as(path).isEqualTo(expected);
    String whole = path + "&limit=10000";
    boolean isOnePage = cells.size() <= 10_000;
    if (turn % 3 == 0) {
      assertThat(reader.ndjson(reader.get(path + "&format=ndjson"))).as(path).isEqualTo(expected);
      if (isOnePage) {
        assertThat(reader.csv(reader.get(whole + "&format=csv"))).as(path).isEqualTo(expected);
      }
    } else if (turn % 3 == 1) {
      assertThat(reader.excelCsv(reader.get(path + "&dialect=excel-fr")))
          .as(path)
          .isEqualTo(expected);
      if (isOnePage) {
        assertThat(reader.ndjson(reader.get(whole + "&format=ndjson")))
            .as(path)
            .isEqualTo(expected);
      }
    } else {
      assertThat(reader.sdmx(reader.get(path + "&format=sdmx-csv")))
          .as(path)
          .isEqualTo(
              expected.stream()
                  .filter(row -> !FigureReader.repeatsAPeriod(levels, row.codes()))
                  .toList());
      checkNumbers(path, reader.xlsx(reader.bytes(path + "&format=xlsx")), expected);
    }
    if (turn % QUESTIONS_OF_A_PARQUET_FILE == 0) {
      checkNumbers(path, reader.parquet(reader.bytes(path + "&format=parquet")), expected);
    }
    if (isOnePage && cubeCells(question, expected) <= MOST_CUBE_CELLS) {
      cubes.incrementAndGet();
      assertThat(
              FigureRow.counted(
                  reader.jsonStat(FigureReader.json(reader.get(whole + "&format=json-stat")))))
          .as(path)
          .isEqualTo(FigureRow.counted(expected));
    }
  }

  /** Of formats that keep the value of a number, and not the zeros at its end. */
  private static void checkNumbers(String path, List<FigureRow> rows, List<FigureRow> expected) {
    assertThat(numbers(rows)).as(path).isEqualTo(numbers(expected));
  }

  private static List<FigureRow> numbers(List<FigureRow> rows) {
    return rows.stream()
        .map(
            row ->
                new FigureRow(
                    row.codes(),
                    row.values().stream()
                        .map(value -> value.map(BigDecimal::stripTrailingZeros))
                        .toList(),
                    row.status()))
        .toList();
  }

  private static List<FigureRow> cells(List<FigureRow> rows) {
    return rows.stream().filter(row -> !row.isTotal()).toList();
  }

  /** The rows of all pages, of a random size, each found by the link of the one before. */
  private static List<FigureRow> pages(FigureReader reader, String path, int total, Random random) {
    int least = Math.max(1, total / MOST_PAGES);
    String next = path + "&limit=" + Math.min(10_000, least + random.nextInt(least + 1));
    List<FigureRow> rows = new ArrayList<>();
    while (next != null) {
      JsonNode answer = FigureReader.json(reader.get(next));
      assertThat(answer.at("/page/total").asInt()).as(next).isEqualTo(total);
      rows.addAll(reader.json(answer));
      JsonNode link = answer.at("/links/next");
      assertThat(answer.at("/page/has_more").asBoolean()).isEqualTo(cells(rows).size() < total);
      next = link.isTextual() ? link.textValue() : null;
    }
    return rows;
  }

  private void countSources(JsonNode dryRun, String path, int rows) {
    assertThat(dryRun.get("max_rows").asLong())
        .as("max_rows of %s", path)
        .isGreaterThanOrEqualTo(Math.min(100, rows));
    boolean hasRollup = false;
    boolean hasBlocks = false;
    for (JsonNode source : dryRun.get("sources")) {
      hasRollup |= source.get("rollup").isTextual();
      hasBlocks |= source.get("rollup").isNull();
    }
    if (hasRollup && dryRun.get("engine").asText().equals("columns")) {
      fromSegments.incrementAndGet();
    } else if (hasRollup) {
      fromRollups.incrementAndGet();
    } else if (hasBlocks) {
      fromBlocks.incrementAndGet();
    }
  }

  private void count(List<FigureRow> rows) {
    count(filled, rows, row -> row.status().equals("empty"));
    count(suppressed, rows, row -> row.status().equals("suppressed"));
    count(notDisclosed, rows, row -> row.codes().contains("ND"));
  }

  private static void count(
      AtomicInteger counted, List<FigureRow> rows, Predicate<FigureRow> isOne) {
    counted.addAndGet((int) rows.stream().filter(isOne).count());
  }

  private static long cubeCells(RandomQuestion question, List<FigureRow> rows) {
    long cells = question.measures().size();
    for (int i = 0; i < question.groupBy().size(); i++) {
      int column = i;
      cells *= rows.stream().map(row -> row.codes().get(column)).distinct().count();
    }
    return cells;
  }
}
