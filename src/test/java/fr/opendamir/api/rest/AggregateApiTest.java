package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.config.JsonConfig.jsonConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
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
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        .body("disclosure.policy", equalTo("blocks-12"))
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
        .body("disclosure.not_disclosed.region.charged", equalTo(new BigDecimal("0.041064")));
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
    refused(400, "year=2023")
        .body("errors[0].parameter", equalTo("year"))
        .body("errors[0].code", equalTo("not_published"))
        .body("errors[0].detail", containsString("2024-01..2024-02"));
    ask("measures=charged&month=2024-02,2030-01")
        .body("data[0].charged", equalTo(new BigDecimal("1200.00")))
        .body("warnings", hasItem(containsString("Aucun mois n'est publié dans 2030-01")));
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

  /** 3313 has a net quantity of 5: it is suppressed, and comes last whatever its amounts are. */
  @Test
  void rowsAreOrderedByWhatTheyShow() {
    String question = "group_by=service&measures=reimbursed&month=2024-01&sort=";
    ask(question + "-reimbursed").body("data.service", contains("6111", "1110", "3313"));
    ask(question + "reimbursed").body("data.service", contains("1110", "6111", "3313"));
    ask(question + "-service").body("data.service", contains("6111", "3313", "1110"));
    ask("group_by=service,region&measures=charged&month=2024-01&sort=-region,-charged")
        .body("data.region", contains("ND", "84", "11", "11"))
        .body("query.sort", contains("-region", "-charged"))
        .body("links.self", containsString("sort=-region,-charged"));
    ask("group_by=service&measures=reimbursement_rate,charged&month=2024-01&sort=-reimbursement_rate")
        .body("data.service", contains("1110", "3313", "6111"));
  }

  @Test
  void conditionsCompareWhatRowsShow() {
    String question = "group_by=service&measures=reimbursed,quantity&month=2024-01&having=";
    ask(question + "reimbursed:ge:1000")
        .body("data.service", contains("6111"))
        .body("page.total", equalTo(1));
    ask(question + "reimbursed:lt:1000").body("data.service", contains("1110"));
    ask(question + "reimbursed:eq:441.00&having=quantity:gt:10")
        .body("data.service", contains("1110"))
        .body("query.having", contains("reimbursed:eq:441", "quantity:gt:10"));
    ask(question + "reimbursed:ne:441").body("data.service", contains("6111"));
    ask(question + "quantity:gt:1000000").body("data", empty()).body("page.total", equalTo(0));
    ask("measures=charged,excess_rate&month=2024-01&having=excess_rate:le:0.5")
        .body("data", hasSize(1));
  }

  @Test
  void ordersAndConditionsThatMakeNoSenseAreRefused() {
    refused(400, "group_by=region&sort=charged")
        .body("errors[0].parameter", equalTo("sort"))
        .body("errors[0].detail", containsString("region, reimbursed"));
    for (String having :
        List.of(
            "reimbursed", "charged:ge:1", "reimbursed:over:1", "reimbursed:ge:1e3", "a:b:c:d")) {
      refused(400, "having=" + having).body("errors.parameter", hasItem("having"));
    }
  }

  @Test
  void answersComeInFourFormats() {
    String question = "/v1/aggregates?group_by=region&measures=charged&month=2024-01&service=1110";
    String csv =
        given()
            .accept("text/csv")
            .get(question)
            .then()
            .statusCode(200)
            .contentType("text/csv;charset=UTF-8")
            .header("X-Release", matchesPattern("\\d{4}-\\d{2}-\\d{2}\\.\\d+"))
            .header("Vary", "Accept, Accept-Language, Accept-Encoding")
            .extract()
            .asString();
    assertThat(csv)
        .isEqualTo(
            """
            region,region_label,charged,status\r
            11,Île-de-France,600.50,ok\r
            ND,Non diffusé,30.00,ok\r
            """);
    String lines = given().get(question + "&format=ndjson").then().extract().asString();
    assertThat(lines.lines())
        .hasSize(2)
        .first()
        .isEqualTo(
            "{\"region\":\"11\",\"region_label\":\"Île-de-France\",\"charged\":600.50,\"status\":\"ok\"}");
    given()
        .get(question + "&format=json-stat")
        .then()
        .statusCode(200)
        .body("class", equalTo("dataset"))
        .body("id", contains("region", "measure"))
        .body("size", contains(2, 1));
    given().accept("application/xml").get(question).then().statusCode(406);
    refused(400, "format=jsn").body("errors[0].did_you_mean", hasItem("json"));
  }

  @Test
  void pagesOfAnySizeAddUpToTheWholeAnswer() {
    String question = "group_by=service,region,sex&measures=charged&month=2024-01&sort=-charged";
    List<List<Object>> whole = rows("/v1/aggregates?" + question);
    assertThat(whole).hasSizeGreaterThan(3);
    for (int limit = 1; limit <= whole.size() + 1; limit++) {
      List<List<Object>> paged = new ArrayList<>();
      String next = "/v1/aggregates?" + question + "&limit=" + limit;
      while (next != null) {
        paged.addAll(rows(next));
        next = given().urlEncodingEnabled(false).get(next).then().extract().path("links.next");
      }
      assertThat(paged).as("limit %d", limit).isEqualTo(whole);
    }
  }

  private static List<List<Object>> rows(String path) {
    List<Map<String, Object>> data =
        given()
            .urlEncodingEnabled(false)
            .get(path)
            .then()
            .statusCode(200)
            .body("release.id", notNullValue())
            .extract()
            .path("data");
    return data.stream().map(row -> List.copyOf(Arrays.asList(row.values().toArray()))).toList();
  }

  @Test
  void aCursorBelongsToItsQuestionAndRelease() {
    String cursor =
        ask("group_by=service&limit=1&month=2024-01")
            .body("page.next_cursor", notNullValue())
            .extract()
            .path("page.next_cursor");
    ask("group_by=service&limit=5&month=2024-01&lang=en&cursor=" + cursor)
        .body("data", hasSize(2))
        .body("page.has_more", equalTo(false))
        .body("page.next_cursor", nullValue())
        .body("links.next", nullValue());
    for (String other :
        List.of(
            "group_by=region&month=2024-01&cursor=" + cursor,
            "group_by=service&month=2024-01&release=2020-01-01.1&cursor=" + cursor,
            "group_by=service&cursor=abc",
            "group_by=service&cursor=" + cursor + "x")) {
      refused(400, other).body("errors.parameter", hasItem("cursor"));
    }
  }

  @Test
  void anAnswerThatIsKnownIsNotSentAgain() {
    String question = "/v1/aggregates?group_by=region&measures=charged&month=2024-01";
    Response first = given().get(question);
    String etag = first.header("ETag");
    assertThat(etag).matches("\"[0-9a-f]{32}-gzip\""); // RestAssured accepts gzip
    assertThat(first.header("Cache-Control")).contains("public", "max-age=300", "stale-if-error");
    assertThat(first.header("Last-Modified")).endsWith("GMT");
    for (String same :
        List.of(
            question,
            "/v1/aggregates?month=2024-01&measures=FLT_PAI_MNT&group_by=BEN_RES_REG",
            question + "&lang=fr&labels=both&limit=100&group_by=region")) {
      given()
          .header("If-None-Match", "\"other\", " + etag)
          .get(same)
          .then()
          .statusCode(304)
          .header("ETag", etag)
          .body(emptyString());
    }
    for (String other :
        List.of(question + "&lang=en", question + "&format=csv", question + "&limit=5")) {
      given().header("If-None-Match", etag).get(other).then().statusCode(200);
    }
    given().head(question).then().statusCode(200).header("ETag", etag).body(emptyString());
    given()
        .get(question + "&release=" + first.path("release.id"))
        .then()
        .header("Cache-Control", containsString("immutable"));
  }

  @Test
  void aQuestionCanBePosted() {
    String address =
        given()
            .contentType("application/json")
            .body(
                """
                {"group_by":["region"],"measures":"charged","month":"2024-01","service":[1110],
                 "limit":1,"lang":"en"}
                """)
            .post("/v1/aggregates/query")
            .then()
            .statusCode(200)
            .body("data.region", contains("11"))
            .body("page.total", equalTo(2))
            .extract()
            .header("Content-Location");
    given()
        .urlEncodingEnabled(false)
        .get(address)
        .then()
        .statusCode(200)
        .body("data.region_label", contains("Île-de-France"));
    for (String body :
        List.of("", "[]", "{", "{\"group_by\":{}}", "{\"limit\":0}", "{\"foo\":1}")) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/v1/aggregates/query")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
    given().contentType("text/plain").body("x").post("/v1/aggregates/query").then().statusCode(415);
    given().get("/v1/aggregates/query").then().statusCode(405);
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
    ask("region=76").body("data", empty()).body("page.total", equalTo(0));
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
