package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.api.doors.FigureReader;
import fr.opendamir.api.doors.FigureRow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of totals among those of {@link ServedMonths}. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class TotalsApiTest {
  private static final List<String> MEASURES = List.of("charged", "quantity");

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void theGrandTotalComesAfterAllCodes() {
    assertThat(ask("totals=grand", "region"))
        .containsExactly(
            ok("1800.50", 460, "11"),
            suppressed("84"),
            ok("30.00", 12, "ND"),
            ok("1930.57", 477, "_T"));
  }

  @Test
  void aRollupHasTheTotalsOfTheFirstLevelsToo() {
    assertThat(ask("totals=rollup", "region", "service"))
        .containsExactly(
            ok("1800.50", 60, "11", "1110"),
            ok("0.00", 400, "11", "6111"),
            ok("1800.50", 460, "11", "_T"),
            suppressed("84", "3313"),
            suppressed("84", "_T"),
            ok("30.00", 12, "ND", "1110"),
            ok("30.00", 12, "ND", "_T"),
            ok("1930.57", 477, "_T", "_T"));
  }

  @Test
  void withOneLevelARollupIsTheGrandTotal() {
    assertThat(ask("totals=rollup", "region")).isEqualTo(ask("totals=grand", "region"));
  }

  @Test
  void withoutLevelsTheOnlyRowIsTheTotal() {
    assertThat(ask("totals=grand"))
        .containsExactly(ok("1930.57", 477))
        .isEqualTo(ask("totals=none"));
    assertThat(ask("totals=rollup&region=76")).isEmpty();
    assertThat(ask("totals=grand&region=76", "region")).isEmpty();
  }

  /** Whatever the totals leave out of sight, they tell no more than a coarser question does. */
  @ParameterizedTest
  @CsvSource({
    "region, service, ''",
    "region, sex, service=3313",
    "sex, region, service=3313&month=2024-01",
    "month, region, service=3313",
    "service_group, sex, region=84",
    "year, service_kind, region=!11",
    "quarter, month, ''",
  })
  void rowsOfTotalsAreTheRowsOfCoarserQuestions(String first, String second, String filter) {
    List<FigureRow> rollup = ask("totals=rollup&" + filter, first, second);

    List<FigureRow> expected = new ArrayList<>(ask(filter, first, second));
    ask(filter, first).forEach(row -> expected.add(with(row, List.of(row.codes().get(0), "_T"))));
    ask(filter).forEach(row -> expected.add(with(row, List.of("_T", "_T"))));
    assertThat(rollup).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ask("totals=grand&" + filter, first, second))
        .containsExactlyInAnyOrderElementsOf(
            rollup.stream().filter(row -> Collections.frequency(row.codes(), "_T") != 1).toList());
  }

  @Test
  void conditionsKeepCellsAndLeaveTotalsOfEverything() {
    assertThat(ask("totals=grand&having=charged:ge:1000", "region"))
        .containsExactly(ok("1800.50", 460, "11"), ok("1930.57", 477, "_T"));
    assertThat(ask("totals=grand&having=charged:ge:999999", "region"))
        .containsExactly(ok("1930.57", 477, "_T"));
    assertThat(ask("totals=rollup&having=charged:ge:1000", "region", "service"))
        .as("totals of no cell that is kept are left out")
        .containsExactly(
            ok("1800.50", 60, "11", "1110"),
            ok("1800.50", 460, "11", "_T"),
            ok("1930.57", 477, "_T", "_T"));
  }

  @Test
  void codesInDescendingOrderStillHaveTheirTotalsLast() {
    assertThat(ask("totals=rollup&sort=-region,-service", "region", "service"))
        .extracting(FigureRow::codes)
        .containsExactly(
            List.of("ND", "1110"),
            List.of("ND", "_T"),
            List.of("84", "3313"),
            List.of("84", "_T"),
            List.of("11", "6111"),
            List.of("11", "1110"),
            List.of("11", "_T"),
            List.of("_T", "_T"));
    assertThat(ask("totals=grand&sort=-charged", "region"))
        .extracting(FigureRow::codes)
        .containsExactly(List.of("_T"), List.of("11"), List.of("ND"), List.of("84"));
  }

  /** A total is with the first cell that it is of, and takes the place of none. */
  @ParameterizedTest
  @CsvSource({
    "1, ''", "2, ''", "3, ''", "7, ''",
    "1, &sort=-charged", "2, &sort=-charged", "3, &sort=-region,service", "1, &sort=quantity",
    "1, &having=charged:ge:100", "2, &having=charged:ge:100&sort=-charged",
        "1, &having=charged:ge:1e9"
  })
  void pagesHaveTheRowsOfTheWholeAndAreCutByCells(int limit, String more) {
    for (String totals : List.of("none", "grand", "rollup")) {
      String question = "totals=" + totals + more.replace("1e9", "999999999");
      FigureReader reader = reader("region", "service");
      List<FigureRow> whole = ask(question, "region", "service");
      List<FigureRow> cells = ask(question.replace(totals, "none"), "region", "service");
      List<FigureRow> paged = new ArrayList<>();
      String next = path(question + "&limit=" + limit, "region", "service");
      while (next != null) {
        JsonNode answer = FigureReader.json(reader.get(next));
        assertThat(answer.at("/page/total").asInt()).as(next).isEqualTo(cells.size());
        List<FigureRow> page = reader.json(answer);
        long cellsOfPage = page.stream().filter(row -> !row.isTotal()).count();
        next = answer.at("/links/next").textValue();
        assertThat(answer.at("/page/has_more").asBoolean()).isEqualTo(next != null);
        assertThat(cellsOfPage).isEqualTo(Math.min(limit, cells.size() - cellsIn(paged)));
        paged.addAll(page);
      }
      assertThat(paged).containsExactlyInAnyOrderElementsOf(whole);
      assertThat(paged.stream().filter(row -> !row.isTotal())).isEqualTo(cells);
      if (!totals.equals("none")) {
        assertThat(
                reader.json(
                    FigureReader.json(
                        reader.get(path(question + "&limit=1", "region", "service")))))
            .as("the first page")
            .extracting(FigureRow::codes)
            .contains(List.of("_T", "_T"));
      }
    }
  }

  private static long cellsIn(List<FigureRow> rows) {
    return rows.stream().filter(row -> !row.isTotal()).count();
  }

  @Test
  void everyFormatHasTheTotals() {
    FigureReader reader = reader("region", "service");
    List<FigureRow> rows = ask("totals=rollup", "region", "service");
    String path = path("totals=rollup", "region", "service");

    assertThat(reader.csv(reader.get(path + "&format=csv"))).isEqualTo(rows);
    assertThat(reader.ndjson(reader.get(path + "&format=ndjson"))).isEqualTo(rows);
    assertThat(reader.jsonStat(FigureReader.json(reader.get(path + "&format=json-stat"))))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void totalsAreLabelled() {
    String path = "/v1/aggregates?group_by=region&totals=grand&labels=both&lang=en";
    assertThat(reader("region").get(path)).contains("\"region\":\"_T\",\"region_label\":\"Total\"");
    assertThat(reader("region").get(path + "&format=json-stat")).contains("\"_T\":\"Total\"");
  }

  @Test
  void anAverageOverSeveralServicesIsNoFigure() {
    FigureReader reader =
        new FigureReader(http, base, List.of("service", "region"), List.of("average_charge"));
    String path =
        "/v1/aggregates?group_by=service,region&measures=average_charge&labels=id&totals=rollup";
    List<FigureRow> rows = reader.json(FigureReader.json(reader.get(path)));

    assertThat(rows)
        .contains(
            average("30.01", "1110", "11"),
            average("25.42", "1110", "_T"),
            average(null, "_T", "_T"));
    // Of one service the total has an average as well.
    assertThat(reader.json(FigureReader.json(reader.get(path + "&service=1110"))))
        .contains(average("25.42", "1110", "_T"), average("25.42", "_T", "_T"));
    assertThat(reader.json(FigureReader.json(reader.get(path + "&sort=-average_charge"))))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  private static FigureRow average(String value, String... codes) {
    return new FigureRow(
        List.of(codes), List.of(Optional.ofNullable(value).map(BigDecimal::new)), "ok");
  }

  private List<FigureRow> ask(String parameters, String... levels) {
    FigureReader reader = reader(levels);
    return reader.json(FigureReader.json(reader.get(path(parameters, levels))));
  }

  private FigureReader reader(String... levels) {
    return new FigureReader(http, base, List.of(levels), MEASURES);
  }

  private static String path(String parameters, String... levels) {
    return "/v1/aggregates?labels=id&measures=%s&group_by=%s&%s"
        .formatted(String.join(",", MEASURES), String.join(",", levels), parameters);
  }

  private static FigureRow with(FigureRow row, List<String> codes) {
    return new FigureRow(codes, row.values(), row.status());
  }

  private static FigureRow ok(String charged, long quantity, String... codes) {
    return new FigureRow(
        List.of(codes),
        List.of(Optional.of(new BigDecimal(charged)), Optional.of(BigDecimal.valueOf(quantity))),
        "ok");
  }

  private static FigureRow suppressed(String... codes) {
    return new FigureRow(List.of(codes), List.of(Optional.empty(), Optional.empty()), "suppressed");
  }
}
