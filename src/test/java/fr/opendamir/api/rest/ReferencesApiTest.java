package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference tables through the API. */
@QuarkusTest
@WithTestResource(RateMonths.class)
class ReferencesApiTest {
  private static Response get(String path) {
    return given().urlEncodingEnabled(false).get("/v1/references" + path);
  }

  @Test
  void everyTableSaysWhereItComesFrom() {
    JsonPath list = get("?lang=en").jsonPath();
    assertThat(list.getList("data.id"))
        .isEqualTo(
            List.of(
                "population",
                "physicians",
                "regions",
                "insured_population",
                "gp_supply_2013",
                "household_income_2011"));
    for (String member : List.of("version", "vintage", "source", "licence", "notes", "label")) {
      assertThat(list.<String>getList("data." + member)).noneMatch(String::isBlank);
    }
  }

  @Test
  void aTableIsFilteredSortedAndPaged() {
    JsonPath first =
        get("/population?lang=en&year=2025&region=11&sort=-population&limit=3").jsonPath();
    assertThat(first.getList("data.population")).isEqualTo(List.of(1788676, 1709549, 1637644));
    assertThat(first.getList("data.region_label")).containsOnly("Île-de-France");
    assertThat(first.getInt("page.total")).isEqualTo(8);
    assertThat(first.getString("reference.version")).isEqualTo("2025.1");

    List<Object> all = new ArrayList<>(first.getList("data.population"));
    String next = first.getString("links.next");
    while (next != null) {
      JsonPath page = given().urlEncodingEnabled(false).get(next).jsonPath();
      all.addAll(page.getList("data.population"));
      next = page.getString("links.next");
    }
    assertThat(all).hasSize(8).contains(1202559);
    assertThat(get("/population?year=2025&region=!5&format=csv").asString().lines()).hasSize(97);
  }

  @Test
  void everyFormatHasTheTable() {
    for (String table :
        List.of(
            "population?year=2025",
            "physicians?year=2014&region=11",
            "regions?lang=en",
            "insured_population?year=2013&department=01",
            "gp_supply_2013?lang=en",
            "household_income_2011?lang=en")) {
      for (String format : List.of("json", "csv", "ndjson", "json-stat")) {
        Response response = get("/" + table + "&format=" + format);
        assertThat(response.statusCode()).as(table + format + response.asString()).isEqualTo(200);
        assertThat(response.asString()).isNotBlank();
      }
    }
  }

  @Test
  void anUnchangedTableIsNotSentAgain() {
    String tag = get("/population?format=csv").header("ETag");
    assertThat(
            given()
                .header("If-None-Match", tag)
                .get("/v1/references/population?format=csv")
                .statusCode())
        .isEqualTo(304);
    assertThat(get("/population?format=csv&year=2025").header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void mistakesAreExplained() {
    assertThat(get("/populations").statusCode()).isEqualTo(404);
    Response code = get("/population?region=12");
    assertThat(code.statusCode()).isEqualTo(400);
    assertThat(code.jsonPath().getString("errors[0].parameter")).isEqualTo("region");
    assertThat(get("/population?regoin=11").jsonPath().getString("errors[0].did_you_mean[0]"))
        .isEqualTo("region");
    assertThat(get("/population?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/population?cursor=x").statusCode()).isEqualTo(400);
    assertThat(get("/population?sort=people").statusCode()).isEqualTo(400);
  }
}
