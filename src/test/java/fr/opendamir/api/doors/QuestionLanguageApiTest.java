package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of questions at every door: addresses, bodies, differences, GraphQL. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class QuestionLanguageApiTest {
  private static final String POSTED = "/v1/aggregates/query";
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "region=05 | region | unknown_value | 5",
        "region=11,05 | region | unknown_value | 5",
        "region=!94 | region | unknown_value | 93",
        "region=_T | region | unknown_value |",
        "sex=femme | sex | unknown_value | 2",
        "service=nd | service | unknown_value | ND",
        "region=!11&region=84 | region | malformed_value |",
        "region=84&region=!11 | region | malformed_value |",
        "region=84,!11 | region | malformed_value |",
        "BEN_RES_REG=%2011&region=!%2084 | region | malformed_value |",
        "month=2024-01&month=!2024-02 | month | malformed_value |",
        "region=! | region | malformed_value |",
        "month=2024-12..2024-01 | month | contradiction | 2024-01..2024-12",
        "from=2024-02&to=2024-01 | from | contradiction | 2024-01",
        "from=2030-01 | from | not_published |",
        "last=1&month=2024-01 | last | contradiction |",
        "service=3313&service_group=consultations | service | contradiction |",
        "month=2024-01-15 | month | malformed_value | 2024-01",
        "quarter=T1%202024 | quarter | malformed_value | 2024-Q1",
        "group_by=region;month=2024-01 | group_by | malformed_value | region&month=2024-01",
        "group_by=region%3Bsex | group_by | malformed_value | region,sex",
        "region[]=11 | region[] | unknown_parameter | region",
        "region%5B0%5D=11 | region[0] | unknown_parameter | region",
      })
  void whatIsWrongIsToldInTheSameWayByAddressHeadAndDifference(
      String question, String parameter, String code, String meant) {
    String release = release();
    for (String path :
        List.of("/v1/aggregates?", "/v1/releases/" + release + "/diff/" + release + "?")) {
      var refused =
          given()
              .urlEncodingEnabled(false)
              .get(path + question.replace("[", "%5B").replace("]", "%5D"))
              .then()
              .statusCode(400)
              .contentType("application/problem+json")
              .body("errors.parameter", contains(parameter))
              .body("errors.code", contains(code));
      if (meant != null) {
        refused.body("errors[0].did_you_mean[0]", equalTo(meant));
      }
    }
    for (String suffix : List.of("", "&format=csv&limit=all", "&dry_run=1", "&format=ndjson")) {
      given()
          .urlEncodingEnabled(false)
          .head("/v1/aggregates?" + question.replace("[", "%5B").replace("]", "%5D") + suffix)
          .then()
          .statusCode(400);
      given()
          .urlEncodingEnabled(false)
          .header("If-None-Match", "*")
          .get("/v1/aggregates?" + question.replace("[", "%5B").replace("]", "%5D") + suffix)
          .then()
          .statusCode(400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"region\":[\"!11\",\"84\"]} | region | malformed_value",
        "{\"region\":[\"84\",\"!11\"]} | region | malformed_value",
        "{\"region\":\"05\"} | region | unknown_value",
        "{\"region\":5.5} | region | malformed_value",
        "{\"region\":true} | region | unknown_value",
        "{\"month\":{}} | month | malformed_value",
        "{\"limit\":1e400} | limit | malformed_value",
        "{\"year\":2023} | year | not_published",
        "{\"region\":\"11;84\"} | region | malformed_value",
        "{\"region\":1,\"region\":2} | region | malformed_value",
        "{} {} | body | malformed_value",
        "[] | body | malformed_value",
      })
  void whatIsWrongIsToldOfBodies(String body, String parameter, String code) {
    given()
        .contentType("application/json")
        .body(body)
        .post(POSTED)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.parameter", contains(parameter))
        .body("errors.code", contains(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=region&measures=charged",
        "group_by=region,sex&measures=charged,quantity&sort=-charged,sex&totals=rollup&limit=2",
        "group_by=service&measures=charged&having=charged:ge:1&having=charged:lt:100000",
        "group_by=service&service=!3313,6111&month=2024-01&labels=id&lang=en",
        "group_by=month&region=11&last=1",
        "group_by=month&month=!2024-01",
        "group_by=month&year=2024&quarter=2024-Q1&from=2024-01",
        "group_by=month&month=2024-02,2024-01&lang=en-GB",
        "group_by=region&region=ND,11&service=G:pharmacy,1110",
        "group_by=region&release={release}",
        "lang=",
      })
  void theQuestionOfAnAnswerGivesTheSameAnswerWhenPosted(String question) throws IOException {
    String address = "/v1/aggregates?" + question.replace("{release}", release());
    int pages = 0;
    while (address != null) {
      String body = get(address).then().statusCode(200).extract().asString();
      JsonNode answer = JSON.readTree(body);
      Response posted =
          given().contentType("application/json").body(answer.get("query").toString()).post(POSTED);

      assertThat(posted.asString()).isEqualTo(body);
      assertThat(posted.header("Content-Location"))
          .isEqualTo(answer.at("/links/self").asText() + "&format=json");
      address = answer.at("/links/next").textValue();
      pages++;
    }
    assertThat(pages).isPositive();
  }

  @Test
  void blankParametersChangeNothing() {
    Response plain = get("/v1/aggregates?group_by=region");
    Response blank =
        get(
            "/v1/aggregates?group_by=region&month=&region=,&having=&limit=&format=&cursor=&release="
                + "&sort=%20&totals=&labels=&lang=&dry_run=&from=&to=&last=&measures=&sex");

    assertThat(blank.statusCode()).isEqualTo(200);
    assertThat(blank.asString()).isEqualTo(plain.asString());
    assertThat(blank.header("ETag")).isEqualTo(plain.header("ETag"));
    get("/v1/aggregates?format=&format=csv")
        .then()
        .statusCode(200)
        .contentType("text/csv;charset=UTF-8");
    String release = release();
    get("/v1/releases/" + release + "/diff/" + release + "?release=&dry_run=")
        .then()
        .statusCode(200)
        .body("data", empty());
  }

  @Test
  void whatOthersAddToLinksLeavesNoTrace() {
    Response plain = get("/v1/aggregates?group_by=region");
    Response followed =
        get(
            "/v1/aggregates?group_by=region&utm_source=a;b&UTM_x=%C3%A9&fbclid=!&gclid=1&_=2"
                + "&msclkid=3&mc_eid=4");

    assertThat(followed.asString()).isEqualTo(plain.asString()).doesNotContain("utm");
    assertThat(followed.header("ETag")).isEqualTo(plain.header("ETag"));
    get("/v1/aggregates?group_by=region&utmsource=a").then().statusCode(400);
  }

  @ParameterizedTest
  @CsvSource({"en-GB, Overseas", "EN, Overseas", "fr_FR, outre-mer", "fr-CA, outre-mer"})
  void languagesAreKnownByTheirPrimarySubtag(String tag, String label) {
    given()
        .header("Accept-Language", "de")
        .get("/v1/dimensions/region/codes?search=5&lang=" + tag)
        .then()
        .statusCode(200)
        .body("data.label", hasItem(containsString(label)));
    get("/v1/aggregates?lang=" + tag)
        .then()
        .statusCode(200)
        .body("query.lang", equalTo(tag.substring(0, 2).toLowerCase(java.util.Locale.ROOT)));
    get("/v1/aggregates?foo=1&lang=" + tag)
        .then()
        .statusCode(400)
        .body("title", label.equals("Overseas") ? equalTo("Malformed question") : not("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "TRUE", "on"})
  void dryRunsAreAskedForInManyWays(String value) {
    get("/v1/aggregates?dry_run=" + value).then().statusCode(200).body("dry_run", equalTo(true));
  }

  @Test
  void codesThatExistAndHaveNoRowsAreAnEmptyAnswer() {
    get("/v1/aggregates?region=76").then().statusCode(200).body("data", empty());
    get("/v1/aggregates?region=76&format=csv&group_by=region")
        .then()
        .statusCode(200)
        .body(equalTo("region,region_label,reimbursed,status\r\n"));
    get("/v1/aggregates?service=G:pharmacy&sex=NR").then().statusCode(200).body("data", empty());
  }

  @Test
  void blankTextsOfGraphqlAreAbsentToo() {
    given()
        .contentType("application/json")
        .body(
            "{\"query\":\"{spending(filter:{month:{from:\\\"\\\",to:\\\" \\\"}},after:\\\"\\\","
                + "release:\\\"\\\"){totalCount}}\"}")
        .post("/graphql")
        .then()
        .statusCode(200)
        .body("data.spending.totalCount", equalTo(1));
  }

  private static Response get(String address) {
    return given().config(RestAssured.config()).urlEncodingEnabled(false).get(address);
  }

  private static String release() {
    return get("/v1/releases/latest").path("id");
  }
}
