package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons of {@link TwoYears} with an earlier period, with the arithmetic. */
@QuarkusTest
@WithTestResource(TwoYears.class)
class ComparisonApiTest {
  private static final String FIRST_QUARTER =
      "group_by=month,region&month=2024-01..2024-03&compare=previous_year";

  /** Of Île-de-France, 1 January of a year and of the next added up: twice the mean of the year. */
  private static final long PEOPLE_OF_2023 = 12_407_359 + 12_430_351;

  private static final long PEOPLE_OF_2024 = 12_430_351 + 12_450_849;

  private static Response ask(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?lang=en&labels=id&" + parameters);
  }

  private static JsonPath answer(String parameters) {
    Response response = ask(parameters);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return json(response);
  }

  private static JsonPath json(Response response) {
    return JsonPath.with(response.asString())
        .using(
            io.restassured.path.json.config.JsonPathConfig.jsonPathConfig()
                .numberReturnType(
                    io.restassured.path.json.config.JsonPathConfig.NumberReturnType.BIG_DECIMAL));
  }

  /** The rows as text: codes, value, compared, change, rate of change, status, compared status. */
  private static List<String> rows(JsonPath answer, String measure, String... levels) {
    List<String> rows = new ArrayList<>();
    for (Map<String, Object> row : answer.<Map<String, Object>>getList("data")) {
      List<String> cells = new ArrayList<>();
      for (String level : levels) {
        cells.add(String.valueOf(row.get(level)));
      }
      for (String suffix : List.of("", "_compared", "_change", "_change_rate")) {
        cells.add(String.valueOf(row.get(measure + suffix)));
      }
      cells.add(String.valueOf(row.get("status")));
      cells.add(String.valueOf(row.get("compared_status")));
      rows.add(String.join(" ", cells));
    }
    return rows;
  }

  private static BigDecimal rate(long change, long before) {
    return BigDecimal.valueOf(change).divide(BigDecimal.valueOf(before), 6, RoundingMode.HALF_UP);
  }

  @Test
  void everyRowHasTheSameMonthOfTheYearBeforeBesideIt() {
    JsonPath answer = answer(FIRST_QUARTER);

    assertThat(rows(answer, "reimbursed", "month", "region"))
        .containsExactly(
            // 10 of 40 millions more.
            "2024-01 11 50000000.00 40000000.00 10000000.00 0.250000 ok ok",
            // Suppressed now, and shown then.
            "2024-01 84 null 600.00 null null suppressed ok",
            "2024-02 11 55000000.00 50000000.00 5000000.00 0.100000 ok ok",
            // Nothing then: everything is new, and no rate.
            "2024-02 24 420.00 0.00 420.00 null ok ok",
            // Shown now, and suppressed then.
            "2024-02 84 1000.00 null null null ok suppressed",
            "2024-03 11 30000000.00 45000000.00 -15000000.00 -0.333333 ok ok",
            // Nothing now: all of it is gone.
            "2024-03 93 0.00 330.00 -330.00 -1.000000 ok ok");
    assertThat(answer.<String>getList("comparison.months"))
        .containsExactly("2023-01", "2023-02", "2023-03");
    assertThat(answer.<String>getList("comparison.not_published")).isEmpty();
    assertThat(answer.<Object>get("comparison.months_earlier")).isEqualTo(12);
    assertThat(answer.getString("query.compare")).isEqualTo("previous_year");
    assertThat(answer.getString("links.self")).contains("compare=previous_year");
    assertThat(answer.getString("units.reimbursed_change")).isEqualTo("EUR");
    assertThat(answer.getString("units.reimbursed_change_rate")).isEqualTo("ratio");
  }

  @Test
  void aPeriodWithoutItsCounterpartSaysSo() {
    JsonPath months = answer("group_by=month&region=11&compare=previous_year&totals=grand");

    assertThat(rows(months, "reimbursed", "month"))
        .containsExactly(
            "2023-01 40000000.00 null null null ok not_published",
            "2023-02 50000000.00 null null null ok not_published",
            "2023-03 45000000.00 null null null ok not_published",
            "2024-01 50000000.00 40000000.00 10000000.00 0.250000 ok ok",
            "2024-02 55000000.00 50000000.00 5000000.00 0.100000 ok ok",
            "2024-03 30000000.00 45000000.00 -15000000.00 -0.333333 ok ok",
            "2024-04 42000000.00 null null null ok not_published",
            "_T 312000000.00 null null null ok not_published");
    assertThat(months.<String>getList("warnings"))
        .anyMatch(
            text ->
                text.startsWith("Not compared (not_published)")
                    && text.contains("2024-04 (2023-04)"));
    // The second quarter of 2024 has no counterpart; a part of the first would look like a change.
    assertThat(
            rows(
                answer("group_by=year&year=2024&region=11&compare=previous_year"),
                "reimbursed",
                "year"))
        .containsExactly("2024 177000000.00 null null null ok not_published");
  }

  @Test
  void totalsAreComparedWithTheTotalsOfTheMonthsBefore() {
    // 135,000,420 + 1,000 + 50 that are suppressed, and 135,000,600 + 330 + 50.
    assertThat(
            rows(
                answer(
                    "group_by=month,region&month=2024-01..2024-03&compare=previous_year"
                        + "&totals=rollup&having=reimbursed:gt:40000000"),
                "reimbursed",
                "month",
                "region"))
        .containsExactly(
            "2024-01 11 50000000.00 40000000.00 10000000.00 0.250000 ok ok",
            "2024-01 _T 50000050.00 40000600.00 9999450.00 "
                + rate(999_945_000, 4_000_060_000L)
                + " ok ok",
            "2024-02 11 55000000.00 50000000.00 5000000.00 0.100000 ok ok",
            "2024-02 _T 55001420.00 50000050.00 5001370.00 "
                + rate(500_137_000, 5_000_005_000L)
                + " ok ok",
            "_T _T 135001470.00 135000980.00 490.00 " + rate(49_000, 13_500_098_000L) + " ok ok");
  }

  @Test
  void thePeriodBeforeIsTheMonthTheQuarterOrTheYearBefore() {
    assertThat(
            rows(
                answer("group_by=month&region=11&from=2024-02&to=2024-04&compare=previous_period"),
                "reimbursed",
                "month"))
        .containsExactly(
            "2024-02 55000000.00 50000000.00 5000000.00 0.100000 ok ok",
            "2024-03 30000000.00 55000000.00 -25000000.00 -0.454545 ok ok",
            "2024-04 42000000.00 30000000.00 12000000.00 0.400000 ok ok");
    JsonPath quarters =
        answer("group_by=quarter&region=11&quarter=2024-Q1,2024-Q2&compare=previous_period");
    // Of the second quarter there is April, which is compared with January.
    assertThat(rows(quarters, "reimbursed", "quarter"))
        .containsExactly(
            "2024-Q1 135000000.00 null null null ok not_published",
            "2024-Q2 42000000.00 50000000.00 -8000000.00 -0.160000 ok ok");
    assertThat(quarters.<String>getList("warnings"))
        .contains(
            "2024-Q2: some of the months only; they are compared with the same months, 3 months"
                + " earlier.");
    assertThat(
            rows(
                answer("group_by=year&region=11&month=2024-01..2024-03&compare=previous_period"),
                "reimbursed",
                "year"))
        .containsExactly("2024 135000000.00 135000000.00 0.00 0.000000 ok ok");
  }

  @ParameterizedTest
  @CsvSource({
    "quarter=2024-Q1&compare=previous_year, 135000000.00 135000000.00 0.00 0.000000 ok ok",
    "month=2024-03..2024-04&compare=previous_period,"
        + " 72000000.00 105000000.00 -33000000.00 -0.314286 ok ok",
    "last=2&compare=previous_period, 72000000.00 105000000.00 -33000000.00 -0.314286 ok ok",
    "last=1&compare=previous_year, 42000000.00 null null null ok not_published"
  })
  void onePeriodInTheFilterIsEnough(String question, String row) {
    assertThat(rows(answer("region=11&" + question), "reimbursed")).containsExactly(row);
  }

  @Test
  void ratesAreDividedByThePopulationOfTheirOwnPeriod() {
    JsonPath answer =
        answer(
            "group_by=month,region&month=2024-01&measures=reimbursed_per_inhabitant,"
                + "reimbursement_rate&compare=previous_year");
    BigDecimal now = perInhabitant(50_000_000, PEOPLE_OF_2024);
    BigDecimal then = perInhabitant(40_000_000, PEOPLE_OF_2023);
    BigDecimal change = now.subtract(then);

    assertThat(now).isEqualTo("48.23");
    assertThat(then).isEqualTo("38.65");
    assertThat(rows(answer, "reimbursed_per_inhabitant", "region").get(0))
        .isEqualTo(
            "11 48.23 38.65 9.58 " + change.divide(then, 6, RoundingMode.HALF_UP) + " ok ok");
    // 50 of 72, and 40 of 60 millions: points, and their change in proportion.
    assertThat(rows(answer, "reimbursement_rate", "region").get(0))
        .isEqualTo("11 0.694444 0.666667 0.027777 0.041665 ok ok");
    assertThat(
            rows(
                answer(
                    "region=99&month=2024-01&measures=charged_per_inhabitant,charged"
                        + "&compare=previous_year&group_by=month"),
                "charged_per_inhabitant"))
        .isEmpty();
  }

  private static BigDecimal perInhabitant(long amountOfAMonth, long twiceTheMean) {
    return BigDecimal.valueOf(24 * amountOfAMonth)
        .divide(BigDecimal.valueOf(twiceTheMean), 2, RoundingMode.HALF_UP);
  }

  @Test
  void rowsAreSortedAndKeptByWhatTheyShow() {
    assertThat(
            rows(
                answer(FIRST_QUARTER + "&sort=-reimbursed_change_rate,-reimbursed_compared"),
                "reimbursed",
                "month",
                "region"))
        .extracting(row -> row.substring(0, 10))
        .containsExactly(
            "2024-01 11",
            "2024-02 11",
            "2024-03 11",
            "2024-03 93",
            // Without a rate: by the value then, and last what has none.
            "2024-01 84",
            "2024-02 24",
            "2024-02 84");
    assertThat(
            answer(FIRST_QUARTER + "&having=reimbursed_change:lt:0&sort=reimbursed_change")
                .<String>getList("data.region"))
        .containsExactly("11", "93");
    assertThat(
            answer(FIRST_QUARTER + "&having=reimbursed_compared:eq:0")
                .<String>getList("data.region"))
        .containsExactly("24");
    assertThat(
            answer(FIRST_QUARTER + "&having=reimbursed_change_rate:ge:0.25")
                .<String>getList("data.month"))
        .containsExactly("2024-01");
  }

  @Test
  void everyFormatHasTheSameFigures() {
    String csv = ask(FIRST_QUARTER + "&format=csv").asString();
    assertThat(csv.lines().limit(3))
        .containsExactly(
            "month,region,reimbursed,reimbursed_compared,reimbursed_change,reimbursed_change_rate,"
                + "status,compared_status",
            "2024-01,11,50000000.00,40000000.00,10000000.00,0.250000,ok,ok",
            "2024-01,84,,600.00,,,suppressed,ok");
    assertThat(ask(FIRST_QUARTER + "&format=ndjson").asString().lines().toList().get(4))
        .isEqualTo(
            "{\"month\":\"2024-02\",\"region\":\"84\",\"reimbursed\":1000.00,"
                + "\"reimbursed_compared\":null,\"reimbursed_change\":null,"
                + "\"reimbursed_change_rate\":null,\"status\":\"ok\","
                + "\"compared_status\":\"suppressed\"}");
    JsonPath cube =
        json(ask("group_by=month,region&last=4&compare=previous_year&format=json-stat"));
    assertThat(cube.<Object>get("size").toString()).isEqualTo("[4, 4, 4]");
    // Region 84: suppressed in January of 2024, and in February of 2023; April has no counterpart.
    assertThat(cube.<Map<String, String>>get("status"))
        .isEqualTo(
            Map.of(
                "4", "C", "6", "C", "7", "C", "21", "C", "22", "C", "23", "C", "49", "L", "50", "L",
                "51", "L"));
    assertThat(cube.<String>getList("dimension.measure.category.index"))
        .containsExactly(
            "reimbursed", "reimbursed_compared", "reimbursed_change", "reimbursed_change_rate");
  }

  @Test
  void pagesStreamsAndPostedQuestionsAgree() {
    List<String> all = ask(FIRST_QUARTER + "&format=csv&limit=all").asString().lines().toList();
    List<String> pages = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response page = ask(FIRST_QUARTER + "&limit=3" + cursor);
      pages.addAll(json(page).getList("data.region"));
      String next = json(page).getString("page.next_cursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    assertThat(all).hasSize(8);
    assertThat(pages).containsExactly("11", "84", "11", "24", "84", "11", "93");

    String posted =
        given()
            .contentType("application/json")
            .body(
                "{\"group_by\":[\"month\",\"region\"],\"month\":\"2024-01..2024-03\","
                    + "\"compare\":\"previous_year\",\"labels\":\"id\",\"format\":\"csv\"}")
            .post("/v1/aggregates/query")
            .asString();
    assertThat(posted.lines().toList()).isEqualTo(all);

    String other = ask("group_by=month,region&month=2024-01..2024-03&limit=3").asString();
    String cursorOfOther = JsonPath.with(other).getString("page.next_cursor");
    assertThat(ask(FIRST_QUARTER + "&cursor=" + cursorOfOther).statusCode()).isEqualTo(400);
  }

  @Test
  void bothPeriodsArePaidFor() {
    JsonPath one = answer("group_by=month,region&month=2024-01..2024-03&dry_run=true");
    JsonPath both = answer(FIRST_QUARTER + "&dry_run=true");
    JsonPath then = answer("group_by=month,region&month=2023-01..2023-03&dry_run=true");

    assertThat(both.getLong("scanned_rows"))
        .isEqualTo(one.getLong("scanned_rows") + then.getLong("scanned_rows"));
    assertThat(both.<Boolean>getList("sources.compared")).contains(true, false);
    assertThat(ask(FIRST_QUARTER).header("ETag"))
        .isNotEqualTo(ask("group_by=month,region&month=2024-01..2024-03").header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({
    "group_by=region&compare=previous_year, 400, compare, no_period",
    "group_by=region&from=2024-01&compare=previous_year, 400, compare, no_period",
    "group_by=year%2Cmonth&compare=previous_year, 400, compare, several_periods",
    "group_by=month&compare=last_year, 400, compare, unknown_value",
    "group_by=month&sort=reimbursed_change, 400, sort, unknown_value",
    "group_by=month&compare=previous_year&having=charged_change:gt:0, 400, having, unknown_value",
  })
  void whatCannotBeComparedSaysWhatCan(String question, int status, String parameter, String code) {
    Response refused = ask(question);

    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.jsonPath().getString("errors[0].parameter")).isEqualTo(parameter);
    assertThat(refused.jsonPath().getString("errors[0].code")).isEqualTo(code);
  }
}
