package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class VocabularyApiTest {

  @Test
  void dimensionsAndTheirLevelsAreDescribed() {
    given()
        .get("/v1/dimensions?lang=en")
        .then()
        .statusCode(200)
        .body("data", hasSize(22))
        .body("data.id", hasItems("month", "quarter", "service_group", "complementary_cover"))
        .body("data.find { it.id == 'service' }.damir", equalTo("PRS_NAT"))
        .body(
            "data.find { it.id == 'service' }.coarser_levels",
            contains("service_group", "service_kind"));
    given().get("/v1/dimensions/BEN_RES_REG").then().body("id", equalTo("region"));
    given()
        .get("/v1/dimensions/departement")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("/v1/dimensions"));
  }

  @Test
  void codesAreSearchedWhateverCaseAccentsAndWordOrder() {
    given()
        .queryParam("search", "ALPES auvergne")
        .get("/v1/dimensions/region/codes")
        .then()
        .statusCode(200)
        .body("data.code", contains("84"));
    given()
        .queryParam("search", "ile de france")
        .get("/v1/dimensions/region/codes")
        .then()
        .body("data.code", contains("11"));
    given()
        .get("/v1/dimensions/service/codes?search=3313")
        .then()
        .body("data[0].service_group", equalTo("pharmacy"));
    given()
        .get("/v1/dimensions/region/codes?search=zzz")
        .then()
        .body("total", equalTo(0))
        .body("data", empty());
    given()
        .get("/v1/dimensions/sex/codes?lang=en")
        .then()
        .body("data.code", hasItems("1", "2", "ND"))
        .body("data.find { it.code == 'ND' }.label", equalTo("Not disclosed"));
  }

  @Test
  void searchesAreAFewWords() {
    for (String search : List.of("a ".repeat(900), "ab cd ef ".repeat(22), "a".repeat(201))) {
      given()
          .queryParam("search", search)
          .get("/v1/dimensions/service/codes?lang=en")
          .then()
          .statusCode(400)
          .body("errors[0].parameter", equalTo("search"))
          .body("errors[0].detail", containsString("at most 20 words"));
    }
  }

  /** Lists are free and come from memory; a search that finds very much is paid for. */
  @Test
  void onlySearchesThatFindMuchAreCharged() {
    assertThat(charged("/v1/dimensions/service/codes")).isFalse();
    assertThat(charged("/v1/dimensions/service/codes?search=GP")).isFalse();
    assertThat(charged("/v1/dimensions/service/codes?search=a")).isTrue();
  }

  private static boolean charged(String address) {
    return given()
        .get(address)
        .then()
        .statusCode(200)
        .extract()
        .header("RateLimit")
        .contains("burst");
  }

  @Test
  void vocabularyIsRevalidated() {
    for (String address :
        List.of(
            "/v1/dimensions",
            "/v1/dimensions/region",
            "/v1/dimensions/region/codes",
            "/v1/measures",
            "/v1/measures/charged",
            "/v1/releases",
            "/v1/releases/latest",
            "/v1/disclosure")) {
      Headers headers = given().get(address).then().statusCode(200).extract().headers();
      assertThat(headers.getValues("Vary")).as(address).hasSize(1);
      assertThat(headers.getValue("Cache-Control")).as(address).startsWith("public, max-age=300");
      assertThat(headers.hasHeaderWithName("Last-Modified")).as(address).isFalse();

      Headers unchanged =
          given()
              .header("If-None-Match", headers.getValue("ETag"))
              .get(address)
              .then()
              .statusCode(304)
              .header("ETag", headers.getValue("ETag"))
              .extract()
              .headers();
      assertThat(unchanged.getValues("Vary")).as(address).hasSize(1);
      String other = given().get(address + "?lang=en").header("ETag");
      assertThat(other).as(address).isNotEqualTo(headers.getValue("ETag"));
    }
  }

  @Test
  void vocabularyIsTheSameCompressedOrNot() throws IOException {
    for (String address :
        List.of(
            "/v1/dimensions",
            "/v1/measures",
            "/v1/releases",
            "/v1/releases/latest",
            "/v1/dimensions/service/codes?format=csv")) {
      byte[] compressed = body(address, "gzip");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
          .as(address)
          .isNotEmpty()
          .isEqualTo(body(address, "identity"));
    }
  }

  private static byte[] body(String address, String coding) {
    return given()
        .config(
            RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
        .header("Accept-Encoding", coding)
        .get(address)
        .then()
        .statusCode(200)
        .header("Content-Encoding", coding.equals("gzip") ? equalTo("gzip") : nullValue())
        .extract()
        .asByteArray();
  }

  @Test
  void periodsAreThoseThatArePublished() {
    given()
        .get("/v1/dimensions/month/codes")
        .then()
        .body("data.code", contains("2024-01", "2024-02"));
    given().get("/v1/dimensions/quarter/codes").then().body("data.code", contains("2024-Q1"));
  }

  @Test
  void measuresAreDefined() {
    given()
        .get("/v1/measures?lang=en")
        .then()
        .statusCode(200)
        .body("data", hasSize(20))
        .body("data.find { it.id == 'charged' }.damir", equalTo("FLT_PAI_MNT"))
        .body("data.find { it.id == 'out_of_pocket' }.scope", equalTo("care,participation"));
    given().get("/v1/measures/quantity").then().body("unit", equalTo("acts"));
    given().get("/v1/measures/PRS_PAI_MNT").then().statusCode(404);
  }

  @Test
  void releasesNameTheirFilesAndTheirProtection() {
    String id =
        given()
            .get("/v1/releases")
            .then()
            .statusCode(200)
            .body("data", hasSize(1))
            .extract()
            .path("data[0].id");
    given()
        .get("/v1/releases/" + id)
        .then()
        .statusCode(200)
        .body("months.month", contains("2024-01", "2024-02"))
        .body("months[0].source_file", equalTo("A202401.csv"))
        .body("months[0]", hasKey("source_sha256"))
        .body("months[0].source_sha256", nullValue())
        .body("months[0].lines", equalTo(6))
        .body("months[0].policy", equalTo("blocks-12"))
        .body("months[1].totals.charged", equalTo(1200.00f))
        .body("months[0].not_disclosed.region", notNullValue())
        .body("synthetic", equalTo(false))
        .body("attribution.last_update", notNullValue());
    given().get("/v1/releases/latest").then().body("id", equalTo(id));
    given().get("/v1/releases/2001-01-01.1").then().statusCode(404);
  }

  @Test
  void theContractNamesEveryParameter() {
    given()
        .accept("application/json")
        .get("/openapi?format=json")
        .then()
        .statusCode(200)
        .body("openapi", containsString("3.1"))
        .body(
            "paths.'/v1/aggregates'.get.parameters.name",
            hasItems("group_by", "measures", "from", "service_group", "complementary_cover"))
        .body("paths.keySet()", hasItem("/v1/releases/{id}"));
  }

  @Test
  void unknownAddressesMethodsAndFormatsAreProblems() {
    given().get("/v2/aggregates").then().statusCode(404).contentType("application/problem+json");
    given().delete("/v1/aggregates").then().statusCode(405).contentType("application/problem+json");
    given().accept("image/png").get("/v1/measures").then().statusCode(406);
    given()
        .get("/v1/problems/not-found?lang=en")
        .then()
        .statusCode(200)
        .body("title", equalTo("Not found"));
  }

  @Test
  void everyAnswerCarriesARequestId() {
    given().get("/v1/measures").then().header("X-Request-Id", notNullValue());
    given()
        .header("X-Request-Id", "my-request-42")
        .get("/nowhere")
        .then()
        .header("X-Request-Id", equalTo("my-request-42"))
        .body("request_id", equalTo("my-request-42"));
  }
}
