package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.config.JsonConfig.jsonConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures are those of {@link ServedMonths}, added up by hand. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class AggregateApiTest {

  @Test
  void withoutParametersTheTotalOfEverythingIsReimbursed() {
    ask("")
        .body("data", hasSize(1))
        .body("data[0].reimbursed", equalTo(new BigDecimal("3331.01")))
        .body("data[0].status", equalTo("ok"))
        .body("page.total", equalTo(1))
        .body("page.has_more", equalTo(false))
        .body("units.reimbursed", equalTo("EUR"))
        .body("query.months", contains("2024-01", "2024-02"))
        .body("release.synthetic", equalTo(false))
        .body("disclosure.policy", equalTo("blocks-11.2"))
        .body("disclosure.threshold", equalTo(11))
        .body("attribution.source", containsString("Caisse nationale"))
        .body("warnings", empty());
  }

  @Test
  void groupsAreLabelledAndOrderedAndHoldWhatIsNotDisclosed() {
    ask("group_by=region&measures=charged,reimbursed&month=2024-01&sex=2&lang=en")
        .body("data.region", contains("11", "84", "ND"))
        .body(
            "data.region_label", contains("Île-de-France", "Auvergne-Rhône-Alpes", "Not disclosed"))
        .body(
            "data.charged",
            contains(new BigDecimal("600.50"), new BigDecimal("1000.07"), new BigDecimal("30.00")))
        .body(
            "data.reimbursed",
            contains(new BigDecimal("2420.00"), new BigDecimal("650.01"), new BigDecimal("21.00")));
    ask("group_by=region&measures=charged&month=2024-01&service=1110&lang=en")
        .body("data.region", contains("11", "ND"))
        .body("data.region_label", contains("Île-de-France", "Not disclosed"))
        .body("data.charged", contains(new BigDecimal("600.50"), new BigDecimal("30.00")))
        .body("disclosure.not_disclosed.region", equalTo(new BigDecimal("0.041064")));
  }

  @Test
  void aCellWhoseBlocksNearlyCancelIsSuppressedButCounts() {
    ask("group_by=region&measures=quantity,charged&service=3313")
        .body("data", hasSize(1))
        .body("data[0].region", equalTo("84"))
        .body("data[0].quantity", nullValue())
        .body("data[0].charged", nullValue())
        .body("data[0].status", equalTo("suppressed"));
    ask("group_by=service_kind&measures=charged&month=2024-01")
        .body("data.find { it.service_kind == 'care' }.charged", equalTo(new BigDecimal("730.57")));
  }

  @Test
  void levelsGroupAndFilter() {
    ask("group_by=service_group&measures=reimbursed&month=2024-01")
        .body(
            "data.service_group", contains("pharmacy", "consultations", "sick_and_parental_leave"))
        .body("data.status", contains("suppressed", "ok", "ok"));
    ask("group_by=quarter,year&service_kind=cash_benefit")
        .body("data.quarter", contains("2024-Q1"))
        .body("data.year", contains("2024"))
        .body("data[0].reimbursed", equalTo(new BigDecimal("2000.00")));
    ask("group_by=exemption_group&exemption_group=none&service=1110&month=2024-02")
        .body("data.exemption_group", contains("none"));
  }

  @Test
  void exclusionsAndAliasesWork() {
    ask("group_by=PRS_NAT&measures=FLT_REM_MNT&service=!3313,6111&month=2024-01")
        .body("data.service", contains("1110"))
        .body("data[0].reimbursed", equalTo(new BigDecimal("441.00")));
  }

  @Test
  void periodsAreMonthsRangesQuartersAndTheLastSoMany() {
    for (String period :
        List.of(
            "month=2024-02",
            "month=202402",
            "from=2024-02",
            "last=1",
            "month=2024-02..",
            "month=!..2024-01")) {
      ask("measures=charged&" + period)
          .body("data[0].charged", equalTo(new BigDecimal("1200.00")))
          .body("query.months", contains("2024-02"));
    }
    ask("quarter=2024-Q1&to=2024-01").body("query.months", contains("2024-01"));
    ask("year=2023")
        .body("data", empty())
        .body("page.total", equalTo(0))
        .body("warnings", hasItem(containsString("Aucun mois publié")));
  }

  @Test
  void derivedMeasuresCoverCareOnlyAndSaySo() {
    ask("measures=out_of_pocket,reimbursement_rate,excess_rate&month=2024-01&service=1110,6111")
        .body("data[0].out_of_pocket", equalTo(new BigDecimal("189.50")))
        .body("data[0].reimbursement_rate", equalTo(new BigDecimal("0.699445")))
        .body("warnings", hasItem(containsString("service_kind")));
    ask("measures=reimbursement_rate&service=6111").body("data[0].reimbursement_rate", nullValue());
  }

  @Test
  void averagesNeedOneServiceACell() {
    ask("group_by=region&service=1110&measures=average_charge,average_reimbursed&month=2024-01")
        .body("data.region", contains("11", "ND"))
        .body("data.average_charge", contains(new BigDecimal("30.03"), new BigDecimal("2.50")));
    refused(422, "group_by=region&measures=average_charge")
        .body("type", equalTo("/v1/problems/impossible-question"))
        .body("errors[0].code", equalTo("several_services"));
  }

  @Test
  void quantitiesOfSeveralServicesComeWithAWarning() {
    ask("measures=quantity").body("warnings", hasItem(containsString("prestations différentes")));
    ask("measures=quantity&service=1110").body("warnings", empty());
  }

  @Test
  void labelsCanBeIdsNamesOrBoth() {
    ask("group_by=region&labels=id&service=1110&month=2024-02")
        .body("data[0].region", equalTo("11"))
        .body("data[0].region_label", nullValue());
    ask("group_by=region&labels=name&service=1110&month=2024-02")
        .body("data[0].region", nullValue())
        .body("data[0].region_label", equalTo("Île-de-France"));
  }

  @Test
  void aLimitCutsAndSaysSo() {
    ask("group_by=service&limit=1&month=2024-01&sex=2")
        .body("data.service", contains("1110"))
        .body("page.total", equalTo(3))
        .body("page.has_more", equalTo(true));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithSuggestions() {
    refused(400, "group_by=regin&mesures=charged&month=20x&limit=0&last=a&region=1..3&labels=all")
        .body("type", equalTo("/v1/problems/malformed-question"))
        .body("errors.parameter", hasItem("mesures"))
        .body("errors.find { it.parameter == 'mesures' }.did_you_mean", contains("measures"))
        .body("errors.find { it.parameter == 'group_by' }.did_you_mean", contains("region"))
        .body("errors.find { it.parameter == 'month' }.code", equalTo("malformed_value"))
        .body("errors", hasSize(7))
        .body("request_id", notNullValue())
        .body("instance", equalTo("/v1/aggregates"));
  }

  @Test
  void messagesAreInTheLanguageAskedFor() {
    given()
        .header("Accept-Language", "en-GB,en;q=0.9")
        .get("/v1/aggregates?foo=1")
        .then()
        .statusCode(400)
        .body("title", equalTo("Malformed question"));
    given().get("/v1/aggregates?foo=1").then().body("title", equalTo("Question mal formée"));
    given()
        .header("Accept-Language", "en")
        .get("/v1/aggregates?group_by=sex")
        .then()
        .body("data[0].sex_label", matchesPattern("Male|Female"));
  }

  @Test
  void hostileValuesAreRefusedOrFindNothingAndNeverReachSql() {
    for (String value : List.of("1' OR '1'='1", "11;DROP TABLE", "\u0000", "é", "a".repeat(100))) {
      given()
          .queryParam("region", value)
          .get("/v1/aggregates")
          .then()
          .statusCode(400)
          .body("errors[0].code", equalTo("malformed_value"))
          .body("detail", not(containsString("SELECT")));
    }
    ask("region=77").body("data", empty()).body("warnings", hasItem(containsString("77")));
  }

  @Test
  void figuresAreNumbersWithTwoDecimalsAndNeverStrings() {
    String body = given().get("/v1/aggregates?measures=charged&month=2024-02").asString();
    assertThat(body).contains("\"charged\":1200.00,");
  }

  private static ValidatableResponse ask(String question) {
    return given()
        .config(
            RestAssured.config()
                .jsonConfig(jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL)))
        .get("/v1/aggregates" + (question.isEmpty() ? "" : "?" + question))
        .then()
        .statusCode(200)
        .contentType("application/json");
  }

  private static ValidatableResponse refused(int status, String question) {
    return given()
        .get("/v1/aggregates" + (question.isEmpty() ? "" : "?" + question))
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }
}
