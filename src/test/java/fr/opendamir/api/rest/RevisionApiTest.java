package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.config.JsonConfig.jsonConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Earlier releases, what changed between two, and the policy they were made by. */
@QuarkusTest
@WithTestResource(RevisedMonth.class)
class RevisionApiTest {

  @Test
  void aDifferenceHearsItsFormatInAnyCaseAndHasNoDryRun() {
    String difference = "/v1/releases/" + first() + "/diff/" + second() + "?measures=charged";
    assertThat(given().get(difference + "&FORMAT=csv").asString()).startsWith("charged,status");
    assertThat(given().get("/v1/aggregates?FORMAT=CSV").asString()).startsWith("reimbursed,status");
    given()
        .get(difference + "&dry_run=true")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("dry_run"));
  }

  @Test
  void anEarlierReleaseAnswersAsItDid() {
    ask("/v1/aggregates?group_by=region&measures=charged&release=" + first())
        .body("data.region", contains("11", "84"))
        .body("data.charged", contains(money("600.50"), money("1000.07")))
        .body("release.id", equalTo(first()))
        .body("links.self", containsString("release=" + first()));
    ask("/v1/aggregates?group_by=region&measures=charged")
        .body("data.region", contains("11", "84", "ND"))
        .body("data.charged", contains(money("1050.50"), money("1000.07"), money("360.00")))
        .body("release.id", equalTo(second()))
        .body("disclosure.not_disclosed.region.charged", equalTo(money("0.149342")));
  }

  @Test
  void theDifferenceListsWhatChangedByTheGroupingAskedFor() {
    ask(difference(first(), second()) + "?group_by=region,service&measures=quantity,charged")
        .body("data.region", contains("11", "ND"))
        .body("data.service", contains("1110", "1110"))
        .body("data.quantity", contains(15, 12))
        .body("data.charged", contains(money("450.00"), money("360.00")))
        .body("difference.from.id", equalTo(first()))
        .body("difference.to.id", equalTo(second()))
        .body("disclosure", not(hasKey("not_disclosed")))
        .body("links.self", matchesPattern("/v1/releases/.*/diff/.*group_by=region,service.*"));
    ask(difference(second(), first()) + "?measures=charged,out_of_pocket")
        .body("data.charged", contains(money("-810.00")))
        .body("data.out_of_pocket", contains(money("-243.00")));
  }

  @Test
  void aDifferenceThatIsKnownIsNotSentAgain() {
    String address = difference(first(), second()) + "?group_by=region&measures=charged";
    Response known = given().get(address);
    for (String name : List.of("ETag", "Last-Modified")) {
      given()
          .header(name.equals("ETag") ? "If-None-Match" : "If-Modified-Since", known.header(name))
          .get(address)
          .then()
          .statusCode(304)
          .header("ETag", equalTo(known.header("ETag")));
    }
    given().header("If-None-Match", "\"x\"").get(address).then().statusCode(200);
  }

  @Test
  void whatDidNotChangeIsLeftOut() {
    ask(difference(first(), second()) + "?group_by=service&service=3313").body("data", empty());
    ask(difference(first(), first()) + "?group_by=region").body("data", empty());
    ask(difference(first(), second()) + "?region=76").body("data", empty());
    given()
        .get(difference(first(), second()) + "?month=2023-01")
        .then()
        .statusCode(400)
        .body("errors[0].code", equalTo("not_published"));
  }

  @Test
  void releasesTellHowTheyCameAbout() {
    ask("/v1/releases")
        .body("data", hasSize(2))
        .body("data[0].months[0].revisions", equalTo(1))
        .body("data[0].months[0].blocks", equalTo(4))
        .body("data[0].months[0].source_file", equalTo("A202401-corrected.csv"))
        .body("data[0].months[0].totals.charged", equalTo(money("2410.57")))
        .body("data[0].smallest_block", equalTo(12))
        .body("data[0].not_disclosed.region.charged", equalTo(money("0.149342")))
        .body("data[1].months[0].revisions", equalTo(0))
        .body("data[1].months[0].totals.charged", equalTo(money("1600.57")));
  }

  @Test
  void aReleaseThatIsNotServedIsSaidToBe() {
    for (String path :
        List.of(
            "/v1/aggregates?release=2020-01-01.1",
            difference("2020-01-01.1", second()),
            difference(first(), "nonsense"))) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("type", equalTo("/v1/problems/release-not-served"))
          .body("errors[0].detail", containsString("/v1/releases"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "2024-01", "1;DROP TABLE", "2024-01-01.1,2024-01-01.2"})
  void aReleaseParameterThatIsNoneIsRefused(String release) {
    given()
        .queryParam("release", release)
        .get("/v1/aggregates")
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem("release"));
  }

  @Test
  void aDifferenceTakesNoReleaseAndNoQuotient() {
    given()
        .get(difference(first(), second()) + "?release=" + first())
        .then()
        .statusCode(400)
        .body("errors[0].parameter", equalTo("release"));
    given()
        .get(difference(first(), second()) + "?measures=reimbursement_rate")
        .then()
        .statusCode(422)
        .body("errors[0].code", equalTo("not_a_sum"));
  }

  @Test
  void thePolicyInForceIsADocument() {
    ask("/v1/disclosure?lang=en")
        .body("policy.id", equalTo("blocks-12"))
        .body("policy.sha256", matchesPattern("[0-9a-f]{64}"))
        .body("policy.threshold", equalTo(11))
        .body("policy.acts_per_person.nursing", equalTo(15))
        .body("policy.counts_per_person.hospital_stays", equalTo(1))
        .body("policy.lines_per_person", equalTo(3))
        .body("policy.services_per_person", equalTo(3))
        .body("policy.largest_share", equalTo(85))
        .body("policy.components.id", contains("differences", "excess_fees"))
        .body("policy.components[0].formula", containsString("reimbursement_base"))
        .body("policy.components[1].label", equalTo("Excess fees"))
        .body("policy.components[1].formula", equalTo("excess_fees"))
        .body("policy.exemption_classes.exempt", hasItems("10", "42", "92"))
        .body("policy.exemption_classes.not_exempt", contains("0", "41", "43", "45", "47", "56"))
        .body("policy.tariff_changes.service_group", hasItem("consultations"))
        .body("policy.tariff_changes.month", hasItem("2024-12"))
        .body("policy.dimensions", hasSize(12))
        .body("policy.recodings", hasSize(greaterThan(5)))
        .body("policy.loss_bounds.refuse_above", equalTo(money("0.15")))
        .body("rule", containsString("at least 11 contributors"))
        .body("reserved_codes.code", contains("ND", "NR", "G:<group>"))
        .body("reserved_codes[0].label", equalTo("Not disclosed"))
        .body("cost.release", equalTo(second()))
        .body("cost.not_disclosed.region.charged", equalTo(money("0.149342")));
    ask("/v1/disclosure")
        .body("reserved_codes[0].label", equalTo("Non diffusé"))
        .body("policy.components[1].label", equalTo("Dépassements d'honoraires"));
    String methodology =
        given()
            .get("/v1/disclosure/methodology")
            .then()
            .statusCode(200)
            .contentType("text/markdown")
            .extract()
            .asString();
    assertThat(methodology).contains("# Méthodologie", "# Methodology", "blocks-12");
  }

  /** In whatever dimension the detail is given up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "care_lag",
        "region",
        "age_band",
        "sex",
        "service",
        "service_group",
        "service_kind",
        "provider_specialty",
        "provider_activity",
        "exemption",
        "exemption_group",
        "insurance",
        "facility_type",
        "supplement",
        "complementary_cover"
      })
  void whatIsNotDisclosedIsLabelledInBothLanguages(String dimension) {
    for (String[] expected :
        List.of(new String[] {"fr", "Non diffusé"}, new String[] {"en", "Not disclosed"})) {
      ask("/v1/dimensions/" + dimension + "/codes?lang=" + expected[0])
          .body("data.find { it.code == 'ND' }.label", equalTo(expected[1]));
    }
  }

  private static String difference(String from, String to) {
    return "/v1/releases/" + from + "/diff/" + to;
  }

  private static String first() {
    return given().get("/v1/releases").then().extract().path("data[1].id");
  }

  private static String second() {
    return given().get("/v1/releases").then().extract().path("data[0].id");
  }

  private static BigDecimal money(String value) {
    return new BigDecimal(value);
  }

  private static ValidatableResponse ask(String path) {
    return given()
        .config(
            RestAssured.config()
                .jsonConfig(jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL)))
        .get(path)
        .then()
        .statusCode(200);
  }
}
