package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a question would take: both months are six blocks, too few for rollups. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class DryRunApiTest {
  @Test
  void aDryRunSaysWhatTheAnswerWouldTakeAndHasNoFigures() {
    given()
        .get("/v1/aggregates?group_by=region&measures=charged,quantity&dry_run=true")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("dry_run", equalTo(true))
        .body("cached", equalTo(false))
        .body("max_rows", equalTo(6))
        .body("max_cells", equalTo(12))
        .body("max_units", equalTo(3))
        .body("scanned_rows", equalTo(6))
        .body("engine", equalTo("columns"))
        .body("sources.rollup", contains(nullValue()))
        .body("sources.imports", contains(2))
        .body("sources.rows", contains(6))
        .body("months", equalTo(2))
        .body("$", not(hasKey("data")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "measures=quantity",
        "group_by=region",
        "group_by=region,sex,service,month&limit=2",
        "group_by=service&totals=grand&measures=charged,reimbursed",
        "group_by=region,service,sex,age_band&totals=rollup",
        "group_by=region,sex&totals=rollup&month=2024-02",
        "totals=grand&month=2024-02",
        "group_by=region&from=2024-02&to=2024-02",
        "group_by=region&year=2024&quarter=2024-Q1&month=!2024-01",
        "group_by=region&region=76",
        "group_by=service&measures=charged&having=charged:ge:1&totals=grand",
      })
  void itsFiguresAreUpperBounds(String question) {
    JsonPath dryRun = json("/v1/aggregates?dry_run=true&" + question);
    JsonPath answer = json("/v1/aggregates?" + question);

    int rows = answer.getList("data").size();
    assertThat(dryRun.getLong("max_rows")).isGreaterThanOrEqualTo(rows);
    assertThat(dryRun.getLong("max_cells"))
        .isGreaterThanOrEqualTo((long) rows * answer.getMap("units").size());
    assertThat(dryRun.getLong("max_units"))
        .isGreaterThanOrEqualTo(1 + (dryRun.getLong("max_cells") > 0 ? 1 : 0));
    assertThat(dryRun.getInt("months")).isBetween(0, 2);
    assertThat(json(dryRun.getString("links.answer")).getList("data"))
        .isEqualTo(answer.getList("data"));
  }

  @Test
  void aValueThatIsNeitherTrueNorFalseIsRefused() {
    given()
        .header("Accept-Language", "en")
        .get("/v1/aggregates?dry_run=maybe")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].parameter", equalTo("dry_run"))
        .body("errors[0].detail", containsString("true, false"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dry_run=true",
        "dry_run=TRUE",
        "DRY_RUN=true",
        "dry_run=true,true",
        "dry_run=true&dry_run=true"
      })
  void itIsAskedForHoweverTheParameterIsWritten(String parameter) {
    given()
        .get("/v1/aggregates?" + parameter)
        .then()
        .statusCode(200)
        .body("dry_run", equalTo(true));
  }

  @Test
  void falseIsAnAnswer() {
    given().get("/v1/aggregates?dry_run=false").then().statusCode(200).body("$", hasKey("data"));
  }

  @Test
  void aPostedQuestionTakesABoolean() {
    for (String asked : new String[] {"true", "\"true\"", "[true]"}) {
      given()
          .contentType("application/json")
          .body("{\"group_by\":[\"region\"],\"dry_run\":" + asked + "}")
          .post("/v1/aggregates/query")
          .then()
          .statusCode(200)
          .body("dry_run", equalTo(true))
          .body("scanned_rows", equalTo(6));
    }
    given()
        .contentType("application/json")
        .body("{\"dry_run\":false}")
        .post("/v1/aggregates/query")
        .then()
        .statusCode(200)
        .body("$", hasKey("data"));
  }

  @Test
  void aQuestionWithoutMeaningHasNoDryRun() {
    given().get("/v1/aggregates?measures=average_charge&dry_run=true").then().statusCode(422);
    given().get("/v1/aggregates?release=2020-01-01.1&dry_run=true").then().statusCode(404);
    given().get("/v1/aggregates?nothing=1&dry_run=true").then().statusCode(400);
  }

  private static JsonPath json(String path) {
    return given().urlEncodingEnabled(false).get(path).then().statusCode(200).extract().jsonPath();
  }
}
