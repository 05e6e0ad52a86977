package fr.opendamir.api.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.opendamir.api.rest.ServedMonths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer tells browsers: who may read it, and what it must never be taken for. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class ResponseHeadersApiTest {
  private static final String QUESTION = "/v1/aggregates?group_by=region";
  private static final String ORIGIN = "https://example.org";
  private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

  @ParameterizedTest
  @ValueSource(
      strings = {
        QUESTION,
        QUESTION + "&format=csv&limit=all",
        "/v1/aggregates?nonsense=1",
        "/v1/measures",
        "/v1/nope",
        "/openapi",
        "/graphql?query=%7Bmeasures%7Bid%7D%7D",
        "/graphql?query=%7Bnonsense%7D",
        "/graphql/schema.graphql",
        "/",
        "/nope",
        "/graphiql/",
        "/graphiql/graphiql.min.js",
      })
  void everyAnswerHasThemOnceAndNothingTellsWhoServes(String path) {
    for (int i = 0; i < 2; i++) { // computed, then kept
      Response answer = request().header("Origin", ORIGIN).get(path);
      for (String name :
          List.of(
              "X-Content-Type-Options",
              "Referrer-Policy",
              "Content-Security-Policy",
              "Cross-Origin-Resource-Policy",
              "X-Request-Id")) {
        assertThat(answer.headers().getValues(name)).as(name).hasSize(1);
      }
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src", "frame-ancestors 'none'");
      assertThat(names(answer))
          .doesNotContain("server", "x-powered-by", "strict-transport-security", "set-cookie");
    }
  }

  @Test
  void dataMayBeReadByScriptsOfAnyOriginAndPagesMayNot() {
    for (String path :
        List.of(QUESTION, "/v1/nope", "/nope", "/openapi", "/graphql/schema.graphql")) {
      Response answer = request().header("Origin", ORIGIN).get(path);
      assertReadableByScripts(answer);
      assertThat(answer.header("Content-Security-Policy")).isEqualTo(OF_DATA);
    }
    for (String path : List.of("/", "/graphiql/", "/graphiql/nope.js")) {
      Response answer = request().header("Origin", ORIGIN).get(path);
      assertThat(answer.header("Access-Control-Allow-Origin")).as(path).isNull();
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }
  }

  /** Caches give one reader's answer to the next: it must not depend on who asked first. */
  @Test
  void theAnswerIsTheSameWithAndWithoutAnOriginAndVaryIsNotEnlarged() {
    Response without = request().get(QUESTION);
    Response with = request().header("Origin", ORIGIN).get(QUESTION);
    assertThat(withoutIds(with)).isEqualTo(withoutIds(without));
    assertThat(with.headers().getValues("Vary"))
        .containsExactly("Accept, Accept-Language, Accept-Encoding");
  }

  /** They would give one reader's allowance to the next. */
  @ParameterizedTest
  @ValueSource(strings = {"Via", "CDN-Loop"})
  void whatSharedCachesMayKeepTellsThemNothingOfTheCaller(String name) {
    String tag = request().get(QUESTION).header("ETag");
    for (String path : List.of(QUESTION, "/graphql?query=%7Bmeasures%7Bid%7D%7D", "/graphiql/")) {
      Response answer = request().header(name, "1.1 cache").get(path);
      assertThat(answer.header("Cache-Control")).contains("public");
      assertThat(names(answer))
          .noneMatch(header -> header.contains("ratelimit"))
          .doesNotContain("x-request-id");
    }
    Response unchanged =
        request().header(name, "1.1 cache").header("If-None-Match", tag).get(QUESTION);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(names(unchanged)).doesNotContain("ratelimit", "x-request-id");
    for (String path : List.of("/nope", "/v1/limits", QUESTION + "&dry_run=true")) {
      assertThat(names(request().header(name, "1.1 cache").get(path)))
          .contains("ratelimit", "x-request-id");
    }
    assertThat(names(request().get(QUESTION))).contains("ratelimit", "x-request-id");
  }

  @Test
  void postsAndAnswersWithoutBodyAreReadableToo() {
    Response first = request().get(QUESTION);
    Response unchanged = request().header("If-None-Match", first.header("ETag")).get(QUESTION);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertReadableByScripts(unchanged);
    assertReadableByScripts(request().head(QUESTION));
    for (String body : List.of("{\"group_by\":\"region\"}", "{\"nonsense\":1}", "{")) {
      assertReadableByScripts(
          request().contentType("application/json").body(body).post("/v1/aggregates/query"));
      assertReadableByScripts(
          request().contentType("application/json").body(body).post("/graphql"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/aggregates", "/v1/aggregates/query", "/v1/measures", "/graphql", "/openapi"})
  void aPreflightIsAnsweredAndMayBeKept(String path) {
    Response answer =
        request()
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type, x-api-key")
            .options(path);

    answer
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", equalTo("*"))
        .header("Access-Control-Allow-Methods", equalTo("GET, HEAD, POST"))
        .header("Access-Control-Max-Age", equalTo("86400"))
        .header("Access-Control-Allow-Credentials", nullValue())
        .header("Vary", nullValue())
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .body(emptyString());
    assertThat(elements(answer, "Access-Control-Allow-Headers"))
        .contains(
            "x-api-key",
            "authorization",
            "content-type",
            "if-none-match",
            "if-modified-since",
            "accept-language",
            "cache-control",
            "x-requested-with",
            "apollographql-client-name",
            "apollographql-client-version",
            "apollo-require-preflight",
            "traceparent",
            "tracestate",
            "baggage",
            "*");
  }

  @Test
  void optionsThatAreNoPreflightAreNotTakenForOne() {
    assertThat(request().options("/graphql").statusCode()).isEqualTo(405);
    assertThat(request().header("Origin", ORIGIN).options("/graphiql/").statusCode())
        .isNotEqualTo(204);
  }

  @Test
  void thePagesHaveTheirOwnPoliciesWhichLetThemWork() {
    for (String page : List.of("/", "/explore", "/docs")) {
      assertThat(request().get(page).header("Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
          .doesNotContain("unsafe", "sha256");
    }
    assertThat(request().get("/graphiql/").header("Content-Security-Policy"))
        .startsWith("default-src 'self'");
  }

  private static void assertReadableByScripts(Response answer) {
    assertThat(answer.headers().getValues("Access-Control-Allow-Origin")).containsExactly("*");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(elements(answer, "Access-Control-Expose-Headers"))
        .contains(
            "etag",
            "link",
            "ratelimit",
            "ratelimit-policy",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "retry-after",
            "x-release",
            "x-request-id",
            "deprecation",
            "sunset");
  }

  private static List<String> elements(Response answer, String header) {
    return Arrays.stream(answer.header(header).split(", ", -1))
        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  private static List<String> names(Response answer) {
    return answer.headers().asList().stream()
        .map(header -> header.getName().toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  private static List<Header> withoutIds(Response answer) {
    List<Header> headers = new ArrayList<>(answer.headers().asList());
    headers.removeIf(header -> header.getName().equalsIgnoreCase("X-Request-Id"));
    headers.removeIf(header -> header.getName().toLowerCase(Locale.ROOT).contains("ratelimit"));
    return headers;
  }

  private static RequestSpecification request() {
    return given().urlEncodingEnabled(false).redirects().follow(false);
  }
}
