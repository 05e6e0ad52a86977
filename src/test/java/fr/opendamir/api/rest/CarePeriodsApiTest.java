package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods of care of {@link CareMonths}, with the arithmetic. */
@QuarkusTest
@WithTestResource(CareMonths.class)
class CarePeriodsApiTest {
  private static Response ask(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?lang=en&labels=id&" + parameters);
  }

  private static JsonPath answer(String parameters) {
    Response response = ask(parameters);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response.jsonPath();
  }

  /** Each row as {@code code=reimbursed}. */
  private static List<String> rows(JsonPath answer, String level) {
    List<String> rows = new ArrayList<>();
    for (Map<String, Object> row : answer.<Map<String, Object>>getList("data")) {
      rows.add(
          row.get(level)
              + "="
              + new BigDecimal(row.get("reimbursed").toString())
                  .stripTrailingZeros()
                  .toPlainString());
    }
    return rows;
  }

  @Test
  void aMonthOfCareIsTheSumOfWhatItsLagsProcessed() {
    // 2024-03: 6,000 of March, 2,000 of April, 1,000, 500, 300 and 200 of August.
    // 2023-12: without the 6,000 of December, which is not published.
    assertThat(rows(answer("group_by=care_month&totals=grand"), "care_month"))
        .containsExactly(
            "older=4000", // (400 + 100) * 8
            "2023-08=200",
            "2023-09=500",
            "2023-10=1000",
            "2023-11=2000",
            "2023-12=4000",
            "2024-01=10000",
            "2024-02=10000",
            "2024-03=10000",
            "2024-04=9800",
            "2024-05=9500",
            "2024-06=9000",
            "2024-07=8000",
            "2024-08=6000",
            "unknown=7200",
            "_T=91200"); // 11,400 * 8
  }

  @Test
  void quartersAndYearsSettleAsMuchAsTheLagPermits() {
    assertThat(rows(answer("group_by=care_quarter"), "care_quarter"))
        .containsExactly(
            "older=4000",
            "2023-Q3=700",
            "2023-Q4=7000",
            "2024-Q1=30000",
            "2024-Q2=28300",
            "2024-Q3=14000",
            "unknown=7200");
    // A lag of 6 to 11 months, processed from January to June: 6 * 400 of 2023. In July and August
    // it is of one year or the other.
    assertThat(rows(answer("group_by=care_year"), "care_year"))
        .containsExactly("2023=10100", "2024=72300", "older=1600", "unknown=7200");
    assertThat(rows(answer("group_by=care_year&month=2024-06"), "care_year"))
        .containsExactly("2023=400", "2024=10000", "older=100", "unknown=900");
  }

  @Test
  void filtersSortAndConditionsTakePeriodsOfCare() {
    assertThat(
            rows(answer("group_by=care_month&care_month=2024-06..&month=2024-07.."), "care_month"))
        .isEqualTo(
            rows(
                answer("group_by=care_month&care_month=2024-06..2024-08&month=2024-07.."),
                "care_month"))
        .isNotEmpty();
    assertThat(rows(answer("group_by=care_year&care_month=!..2024-12"), "care_year"))
        .isEqualTo(rows(answer("group_by=care_year&care_month=older,unknown"), "care_year"))
        .isNotEmpty();
    assertThat(rows(answer("group_by=month&care_month=2024-03..2024-04"), "month"))
        .containsExactly(
            "2024-03=6000",
            "2024-04=8000",
            "2024-05=3000",
            "2024-06=1500",
            "2024-07=800",
            "2024-08=500");
    assertThat(
            rows(
                answer(
                    "group_by=care_month&care_year=2024&having=reimbursed:lt:9500&sort=-care_month"),
                "care_month"))
        .containsExactly("2024-08=6000", "2024-07=8000", "2024-06=9000");
    assertThat(rows(answer("group_by=care_year&care_month=!older,unknown"), "care_year"))
        .containsExactly("2023=7700", "2024=72300");
  }

  @Test
  void graphqlHasTheSameFiguresAndLabels() {
    String query =
        "{ spending(filter: { careMonth: { from: \"2024-06\", to: \"2024-07\" } }) { nodes"
            + " { careMonth { code label(lang: FR) } careYear { code } reimbursed status }"
            + " completeness { dimension code measure share } notSettled { code share }"
            + " measuredOn { dimension periods } } }";
    JsonPath answer =
        given()
            .contentType("application/json")
            .body(Map.of("query", query))
            .post("/graphql")
            .jsonPath();

    assertThat(answer.getList("data.spending.nodes.careMonth.code"))
        .isEqualTo(List.of("2024-06", "2024-07"));
    assertThat(answer.getList("data.spending.nodes.careMonth.label"))
        .isEqualTo(List.of("juin 2024", "juillet 2024"));
    assertThat(answer.getList("data.spending.nodes.careYear.code"))
        .isEqualTo(List.of("2024", "2024"));
    assertThat(answer.getList("data.spending.nodes.reimbursed").toString())
        .isEqualTo("[9000.0, 8000.0]");
    assertThat(answer.getList("data.spending.nodes.status"))
        .isEqualTo(List.of("PROVISIONAL", "PROVISIONAL"));
    assertThat(
            answer.<Map<String, Object>>getList("data.spending.completeness").stream()
                .filter(share -> share.get("code").equals("2024-07"))
                .map(share -> share.get("dimension") + " " + share.get("share")))
        .containsExactly("CARE_MONTH 0.8");
    assertThat(answer.getList("data.spending.notSettled.code"))
        .isEqualTo(List.of("older", "unknown", "older", "unknown"));
    assertThat(answer.<Object>get("data.spending.measuredOn[0]"))
        .isEqualTo(
            Map.of("dimension", "CARE_MONTH", "periods", List.of("2024-01", "2024-02", "2024-03")));
  }

  @Test
  void periodsThatAreNotFilledSayHowCompleteTheyAre() {
    JsonPath answer = answer("group_by=care_month&totals=grand");

    Map<String, Map<String, Object>> shares = answer.getMap("care_periods.completeness.care_month");
    // 6,000, 2,000, 1,000, 500, 300, 200 of 10,000; 2023-12 lacks the first step, 2024-08 the
    // others
    assertThat(shares.keySet())
        .containsExactly(
            "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-04", "2024-05", "2024-06",
            "2024-07", "2024-08");
    assertThat(shares.values().stream().map(of -> of.get("reimbursed").toString()))
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.4", "0.98", "0.95", "0.9", "0.8", "0.6");
    assertThat(answer.getList("care_periods.measured_on.care_month"))
        .isEqualTo(List.of("2024-01", "2024-02", "2024-03"));
    // 98 % is not less than 98 %.
    assertThat(statuses(answer, "care_month", "provisional"))
        .containsExactly(
            "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-05", "2024-06", "2024-07",
            "2024-08");
    assertThat(statuses(answer, "care_month", "ok"))
        .containsExactly("older", "2024-01", "2024-02", "2024-03", "2024-04", "unknown", "_T");
    // 4,000 and 7,200 of 91,200
    assertThat(answer.getString("care_periods.not_settled.care_month.older.reimbursed"))
        .isEqualTo("0.04386");
    assertThat(answer.getString("care_periods.not_settled.care_month.unknown.reimbursed"))
        .isEqualTo("0.078947");
    assertThat(answer.getList("warnings").toString()).contains("Provisional", "2024-05, 2024-06");
    assertThat(answer("group_by=care_lag").getMap("")).doesNotContainKey("care_periods");
  }

  @Test
  void completenessIsOfTheMonthsOfTheQuestion() {
    JsonPath answer =
        answer("group_by=care_month&month=2024-03..2024-04&measures=charged,quantity");

    // 2024-03: steps 0 and 1; of acts each lag has 100 of 600.
    assertThat(answer.getString("care_periods.completeness.care_month.2024-03.charged"))
        .isEqualTo("0.8");
    assertThat(answer.getString("care_periods.completeness.care_month.2024-03.quantity"))
        .isEqualTo("0.333333");
    assertThat(statuses(answer, "care_month", "ok")).containsExactly("older", "unknown");
  }

  @Test
  void aQuarterIsMeasuredOnOneAndAYearOnNone() {
    JsonPath quarters = answer("group_by=care_quarter");
    assertThat(quarters.getString("care_periods.completeness.care_quarter.2024-Q2.reimbursed"))
        .isEqualTo("0.943333"); // 28,300 of 30,000
    assertThat(statuses(quarters, "care_quarter", "ok"))
        .containsExactly("older", "2024-Q1", "unknown");

    JsonPath years = answer("group_by=care_year");
    assertThat(years.<Map<String, Object>>get("care_periods.completeness.care_year.2024"))
        .containsEntry("reimbursed", null);
    assertThat(statuses(years, "care_year", "provisional")).containsExactly("2023", "2024");
    assertThat(years.getList("warnings").toString()).contains("all 18 months of processing");

    JsonPath both = answer("group_by=care_year,care_month&care_month=2024-03,2024-08,older");
    assertThat(statuses(both, "care_month", "ok")).containsExactly("2024-03", "older");
    assertThat(statuses(both, "care_month", "provisional")).containsExactly("older", "2024-08");
  }

  @Test
  void everyFormatMarksProvisionalRows() {
    String question = "group_by=care_month&care_month=2024-03,2024-08&format=";

    assertThat(ask(question + "csv").asString())
        .isEqualToNormalizingNewlines(
            "care_month,reimbursed,status\n2024-03,10000.00,ok\n2024-08,6000.00,provisional\n");
    assertThat(ask(question + "ndjson").asString().lines().skip(1))
        .containsExactly(
            "{\"care_month\":\"2024-08\",\"reimbursed\":6000.00,\"status\":\"provisional\"}");
    JsonPath cube = ask(question + "json-stat").jsonPath();
    assertThat(cube.getMap("status")).isEqualTo(Map.of("1", "P"));
    assertThat(cube.getMap("value")).hasSize(2);
    assertThat(cube.getMap("extension.care_periods.completeness.care_month"))
        .containsKey("2024-08");
  }

  @Test
  void theReleaseHasTheTableByMonthsAfterTheEnd() {
    JsonPath table = given().get("/v1/releases/latest/completeness").jsonPath();

    assertThat(table.getList("levels.level"))
        .isEqualTo(List.of("care_month", "care_quarter", "care_year"));
    assertThat(table.getList("levels[0].steps.months_after_end"))
        .isEqualTo(List.of(0, 1, 2, 3, 4, 5));
    assertThat(table.getList("levels[0].steps.received.reimbursed").toString())
        .isEqualTo("[0.6, 0.2, 0.1, 0.05, 0.03, 0.02]");
    assertThat(table.getList("levels[0].steps.received_in_all.reimbursed").toString())
        .isEqualTo("[0.6, 0.8, 0.9, 0.95, 0.98, 1]");
    assertThat(table.getList("levels[1].measured_on")).isEqualTo(List.of("2024-Q1"));
    assertThat(table.getList("levels[2].steps")).isEmpty();
    assertThat(given().get("/v1/releases/2020-01-01.1/completeness").statusCode()).isEqualTo(404);
  }

  private static List<String> statuses(JsonPath answer, String level, String status) {
    return answer.<Map<String, Object>>getList("data").stream()
        .filter(row -> row.get("status").equals(status))
        .map(row -> row.get(level).toString())
        .toList();
  }

  @Test
  void theVocabularyListsThePeriodsThatTheReleaseHas() {
    JsonPath codes = given().get("/v1/dimensions/care_quarter/codes?lang=fr").jsonPath();

    assertThat(codes.getList("data.code"))
        .isEqualTo(
            List.of(
                "older", "unknown", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "ND",
                "NR"));
    assertThat(codes.getList("data.label")).contains("T1 2024");
    JsonPath level = given().get("/v1/dimensions/care_month?lang=en").jsonPath();
    assertThat(level.getString("dimension")).isEqualTo("care_lag");
    assertThat(level.getString("label")).isEqualTo("Month of care");
    assertThat(given().get("/v1/dimensions/care_lag").jsonPath().getList("coarser_levels"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group_by=care_month&measures=reimbursed_per_inhabitant | group_by | no_denominator | month",
        "group_by=care_year&measures=charged_per_inhabitant | group_by | no_denominator | year",
        "care_quarter=2024-Q1&measures=reimbursed_per_inhabitant | care_quarter | no_denominator |",
        "care_month=2020-01 | care_month | not_published |",
      })
  void whatCannotBeAnsweredSaysWhatCan(
      String parameters, String parameter, String code, String meant) {
    Response response = ask(parameters);

    assertThat(response.statusCode()).isIn(400, 422);
    assertThat(response.jsonPath().getString("errors[0].parameter")).isEqualTo(parameter);
    assertThat(response.jsonPath().getString("errors[0].code")).isEqualTo(code);
    if (meant != null) {
      assertThat(response.jsonPath().getList("errors[0].did_you_mean")).isEqualTo(List.of(meant));
      answer(parameters.replaceFirst("care_[a-z]+", meant));
    }
  }
}
