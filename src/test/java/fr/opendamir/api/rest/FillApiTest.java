package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows for periods of {@link TwoYears} in which a region has no figures. */
@QuarkusTest
@WithTestResource(TwoYears.class)
class FillApiTest {
  private static final String QUESTION = "group_by=month,region&month=2024-01..2024-03&fill=";

  private static final List<String> ZERO =
      List.of(
          "2024-01,11,50000000.00,ok",
          "2024-01,24,0.00,empty",
          "2024-01,84,,suppressed",
          "2024-02,11,55000000.00,ok",
          "2024-02,24,420.00,ok",
          "2024-02,84,1000.00,ok",
          "2024-03,11,30000000.00,ok",
          "2024-03,24,0.00,empty",
          "2024-03,84,0.00,empty");

  private static Response ask(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?lang=en&labels=id&" + parameters);
  }

  private static List<String> csv(String parameters) {
    Response response = ask(parameters + "&format=csv");
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response.asString().lines().skip(1).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&limit=all", "&limit=9"})
  void everyGroupHasARowForEveryPeriod(String limit) {
    assertThat(csv(QUESTION + "zero" + limit)).containsExactlyElementsOf(ZERO);
    assertThat(csv(QUESTION + "null" + limit))
        .containsExactlyElementsOf(
            ZERO.stream().map(row -> row.replace(",0.00,empty", ",,empty")).toList());
  }

  @Test
  void periodsAreFilledBeforePagesAreCut() {
    List<String> months = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page = ask(QUESTION + "zero&limit=4" + cursor).jsonPath();
      assertThat(page.getInt("page.total")).isEqualTo(9);
      assertThat(page.getString("query.fill")).isEqualTo("zero");
      months.addAll(page.getList("data.month"));
      String next = page.getString("page.next_cursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    assertThat(months).hasSize(9).isSorted();
    assertThat(csv(QUESTION + "zero&having=reimbursed:le:420"))
        .containsExactly(
            "2024-01,24,0.00,empty",
            "2024-02,24,420.00,ok",
            "2024-03,24,0.00,empty",
            "2024-03,84,0.00,empty");
    assertThat(csv(QUESTION + "null&sort=reimbursed&limit=2"))
        .containsExactly("2024-02,24,420.00,ok", "2024-02,84,1000.00,ok");
  }

  @Test
  void totalsStayWhatTheyAre() {
    String rollup =
        "group_by=region,month&region=24,84&month=2024-01..2024-03&totals=rollup&fill=zero";
    assertThat(csv(rollup))
        .containsExactly(
            "24,2024-01,0.00,empty",
            "24,2024-02,420.00,ok",
            "24,2024-03,0.00,empty",
            "24,_T,420.00,ok",
            "84,2024-01,,suppressed",
            "84,2024-02,1000.00,ok",
            "84,2024-03,0.00,empty",
            "84,_T,1050.00,ok",
            "_T,_T,1470.00,ok");
    // March has a total of no region.
    assertThat(csv(rollup.replace("region,month", "month,region")))
        .contains("2024-03,24,0.00,empty", "2024-03,84,0.00,empty", "2024-03,_T,0.00,empty")
        .hasSize(3 * 3 + 1);
  }

  @Test
  void aSumOfNothingIsZeroAndAQuotientOfNothingIsNull() {
    assertThat(
            csv(
                "group_by=month&region=84&from=2024-02&to=2024-03&fill=zero"
                    + "&measures=quantity,out_of_pocket,reimbursement_rate,reimbursed_per_inhabitant"))
        .containsExactly("2024-02,50,500.00,0.666667,0.00,ok", "2024-03,0,0.00,,0.00,empty");
    assertThat(
            csv(
                "group_by=month&region=84&from=2024-02&to=2024-03&fill=null"
                    + "&measures=quantity,reimbursed_per_inhabitant"))
        .containsExactly("2024-02,50,0.00,ok", "2024-03,,,empty");
  }

  @Test
  void comparisonsAreFilledOnBothSides() {
    assertThat(csv("group_by=month,region&last=2&fill=zero&compare=previous_year"))
        .containsExactly(
            "2024-03,11,30000000.00,45000000.00,-15000000.00,-0.333333,ok,ok",
            "2024-03,93,0.00,330.00,-330.00,-1.000000,ok,ok",
            "2024-04,11,42000000.00,,,,ok,not_published",
            "2024-04,93,0.00,,,,empty,not_published");
    assertThat(
            csv(
                "group_by=month,region&month=2024-02..2024-03&region=24,93&fill=null"
                    + "&compare=previous_year"))
        .containsExactly(
            "2024-02,24,420.00,0.00,420.00,,ok,ok",
            "2024-02,93,,,,,empty,empty",
            "2024-03,24,,,,,empty,empty",
            "2024-03,93,0.00,330.00,-330.00,-1.000000,ok,ok");
  }

  @Test
  void periodsOfCareAreFilledToo() {
    // All lines of the fixture were processed in the month of care or later, by month of
    // processing.
    List<String> open = csv("group_by=care_month&region=84&year=2024");
    List<String> filled = csv("group_by=care_month&region=84&year=2024&fill=zero");

    assertThat(open).isNotEmpty();
    assertThat(filled).containsAll(open);
    assertThat(filled.stream().filter(row -> !row.endsWith(",0.00,empty")))
        .containsExactlyElementsOf(open);
    assertThat(
            filled.stream().map(row -> row.substring(0, 7)).filter(code -> code.startsWith("20")))
        .containsExactly(
            "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03",
            "2024-04");
    assertThat(csv("group_by=care_month&care_lag=12_plus&fill=zero"))
        .isEqualTo(csv("group_by=care_month&care_lag=12_plus"));
  }

  @Test
  void aCubeSaysWhatItsGapsAre() {
    JsonPath open = ask(QUESTION.replace("&fill=", "") + "&format=json-stat").jsonPath();
    assertThat(open.getList("size")).isEqualTo(List.of(3, 3, 1));
    assertThat(open.getMap("value")).hasSize(6);
    assertThat(open.getString("note[0]")).startsWith("A cell without value or status has no row");
    JsonPath filled = ask(QUESTION + "null&format=json-stat").jsonPath();
    assertThat(filled.getMap("value")).hasSize(9);
    // Regions in the order of rows: 11, 24, 84.
    assertThat(filled.<Map<String, String>>get("status"))
        .isEqualTo(Map.of("1", "O", "2", "C", "7", "O", "8", "O"));
    assertThat(filled.<Object>get("note")).isNull();
    assertThat(
            ask(QUESTION + "zero&format=json-stat").jsonPath().<Map<String, String>>get("status"))
        .isEqualTo(Map.of("1", "I", "2", "C", "7", "I", "8", "I"));
  }

  @Test
  void postedQuestionsAndGraphqlFillToo() {
    String posted =
        given()
            .contentType("application/json")
            .body(
                "{\"group_by\":[\"month\",\"region\"],\"month\":\"2024-01..2024-03\","
                    + "\"fill\":\"zero\",\"labels\":\"id\",\"format\":\"csv\"}")
            .post("/v1/aggregates/query")
            .asString();
    assertThat(posted.lines().skip(1)).containsExactlyElementsOf(ZERO);
    JsonPath nodes =
        given()
            .contentType("application/json")
            .body(
                Map.of(
                    "query",
                    "{spending(fill:ZERO filter:{month:{from:\"2024-01\" to:\"2024-03\"}})"
                        + "{totalCount nodes{month region{code} status}}}"))
            .post("/graphql")
            .jsonPath();
    assertThat(nodes.getInt("data.spending.totalCount")).isEqualTo(9);
    assertThat(nodes.getList("data.spending.nodes.status"))
        .containsExactly("OK", "EMPTY", "SUPPRESSED", "OK", "OK", "OK", "OK", "EMPTY", "EMPTY");
  }

  @Test
  void filledRowsArePaidFor() {
    JsonPath dry = ask(QUESTION + "zero&dry_run=true").jsonPath();
    JsonPath open = ask(QUESTION.replace("&fill=", "") + "&dry_run=true").jsonPath();

    assertThat(dry.getLong("max_rows")).isEqualTo(3 * open.getLong("scanned_rows"));
    assertThat(dry.getLong("scanned_rows")).isEqualTo(open.getLong("scanned_rows"));
  }

  @ParameterizedTest
  @CsvSource({
    "group_by=region&fill=zero, fill, no_period",
    "group_by=year%2Cmonth&fill=zero, fill, several_periods",
    "group_by=month%2Ccare_month&fill=zero, fill, several_periods",
    "group_by=month&fill=one, fill, unknown_value",
  })
  void whatCannotBeFilledSaysWhy(String question, String parameter, String code) {
    Response refused = ask(question);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getString("errors[0].parameter")).isEqualTo(parameter);
    assertThat(refused.jsonPath().getString("errors[0].code")).isEqualTo(code);
  }
}
