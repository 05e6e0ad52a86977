package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that would scan too much, over seven blocks of which six are of one month. */
@QuarkusTest
@TestProfile(TooLargeApiTest.FewRows.class)
@QuarkusTestResource(value = ServedMonths.class, restrictToAnnotatedClass = true)
public class TooLargeApiTest {
  /** One row less than a question over both months of {@link ServedMonths} scans. */
  public static final class FewRows implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("opendamir.query.max-scanned-rows", "5");
    }
  }

  private static final String BOTH_MONTHS = "/v1/aggregates?group_by=region,service&sex=!9";

  @Test
  void theProblemSaysHowLargeTheQuestionIsInEitherLanguage() {
    ask(BOTH_MONTHS + "&lang=en", "en")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("type", equalTo("/v1/problems/too-large-question"))
        .body("title", equalTo("Question too large"))
        .body("status", equalTo(413))
        .body("scanned_rows", equalTo(6))
        .body("max_scanned_rows", equalTo(5))
        .body("detail", containsString("6 rows to scan, at most 5"))
        .body("suggestions[0].change", containsString("the last 1 month"));
    ask(BOTH_MONTHS, "fr")
        .then()
        .statusCode(413)
        .body("title", equalTo("Question trop grande"))
        .body("detail", containsString("6 lignes à parcourir, 5 au plus"))
        .body("suggestions[0].change", containsString("dernier"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=region,service",
        "group_by=service,region&sort=service,-charged&measures=charged,quantity&totals=rollup",
        "group_by=service&measures=average_charge,charged&having=charged:ge:1&sort=-average_charge",
        "measures=average_charge&service=1110",
        "group_by=exemption&region=11,84&labels=id&limit=3",
        "from=2024-01&to=2024-02&group_by=region",
        "year=2024&quarter=2024-Q1&from=2024-01&group_by=region",
      })
  void everySuggestionIsAnsweredWhenFollowed(String question) {
    for (String path :
        List.of("/v1/aggregates?" + question, "/v1/aggregates?dry_run=true&" + question)) {
      List<String> followed =
          ask(path, "fr").then().statusCode(413).extract().path("suggestions.href");

      assertThat(followed).isNotEmpty().doesNotHaveDuplicates();
      for (String href : followed) {
        given().urlEncodingEnabled(false).get(href).then().statusCode(200);
        int scanned =
            given()
                .urlEncodingEnabled(false)
                .get(href + "&dry_run=true")
                .then()
                .statusCode(200)
                .extract()
                .path("scanned_rows");
        assertThat(scanned).as(href).isBetween(1, 5);
      }
    }
  }

  @Test
  void aPostedQuestionIsRefusedTheSame() {
    given()
        .contentType("application/json")
        .header("Accept-Language", "en")
        .body("{\"group_by\":[\"region\",\"service\"]}")
        .post("/v1/aggregates/query")
        .then()
        .statusCode(413)
        .body("scanned_rows", equalTo(6))
        .body("instance", equalTo("/v1/aggregates/query"));
    given()
        .contentType("application/json")
        .body("{\"group_by\":[\"region\"],\"dry_run\":true}")
        .post("/v1/aggregates/query")
        .then()
        .statusCode(413);
  }

  @Test
  void aQuestionOfAsManyRowsAsAreAllowedIsAnswered() {
    ask("/v1/aggregates?group_by=region&month=2024-01", "fr").then().statusCode(200);
    ask("/v1/aggregates?group_by=region&last=1", "fr").then().statusCode(200);
  }

  private static Response ask(String path, String language) {
    return given().urlEncodingEnabled(false).header("Accept-Language", language).get(path);
  }
}
