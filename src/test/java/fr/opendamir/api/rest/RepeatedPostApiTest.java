package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question posted again is answered without reading it again, as if it had been read. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class RepeatedPostApiTest {
  private static final String QUESTION =
      "{\"group_by\":[\"region\"],\"measures\":[\"charged\"],\"month\":\"2024-01\"}";

  /** Their values differ from response to response. */
  private static final List<String> OF_THE_REQUEST =
      List.of("X-Request-Id", "RateLimit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

  @Inject KnownRequests known;

  @Test
  void onlyWhatWasAnsweredAndPaidForIsKnown() {
    Map<String, String> headers =
        Map.of("Accept", "*/*", "Accept-Language", "fr", "Accept-Encoding", "gzip,deflate");
    String question = QUESTION.replace("charged", "excess_fees");
    String dryRun = question.replace("{", "{\"dry_run\":true,");
    String download = question.replace("{", "{\"download\":true,");
    String wrong = question.replace("excess_fees", "excess");
    String tooLong = question + " ".repeat(2_000);
    assertThat(isKnown(headers, question)).isFalse();
    for (String body : List.of(question, dryRun, download, wrong, tooLong)) {
      post(headers, body);
    }
    assertThat(isKnown(headers, question)).isTrue();
    for (String body : List.of(dryRun, download, wrong, tooLong, question + " ")) {
      assertThat(isKnown(headers, body)).as(body).isFalse();
    }
    for (String name : headers.keySet()) {
      Map<String, String> others = new HashMap<>(headers);
      others.put(name, "en");
      assertThat(isKnown(others, question)).as(name).isFalse();
    }
  }

  private boolean isKnown(Map<String, String> headers, String body) {
    HttpServerRequest request =
        (HttpServerRequest)
            Proxy.newProxyInstance(
                HttpServerRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "path" -> "/v1/aggregates/query";
                      case "query" -> null;
                      case "getHeader" -> headers.get(arguments[0].toString());
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return known.find(request, body.getBytes(UTF_8)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, fr, gzip",
    "*/*, en, identity",
    "text/csv, fr, gzip",
    "application/x-ndjson, en, identity",
  })
  void headAndBodyAreTheSame(String accept, String language, String coding) {
    Map<String, String> headers =
        Map.of("Accept", accept, "Accept-Language", language, "Accept-Encoding", coding);
    Response first = post(headers, QUESTION);
    Response second = post(headers, QUESTION);
    Response third = post(headers, QUESTION);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.header("Content-Location")).contains("region").contains("format=");
    for (Response repeated : List.of(second, third)) {
      assertThat(repeated.statusCode()).isEqualTo(200);
      assertThat(head(repeated)).isEqualTo(head(first));
      assertThat(repeated.asByteArray()).isEqualTo(first.asByteArray());
    }
    long price = remaining(first) - remaining(second);
    assertThat(remaining(second) - remaining(third)).isEqualTo(price).isPositive();
  }

  @Test
  void everythingTheAnswerDependsOnIsCompared() {
    String french = post(Map.of("Accept-Language", "fr"), QUESTION).asString();
    assertThat(post(Map.of("Accept-Language", "fr"), QUESTION).asString()).isEqualTo(french);
    assertThat(post(Map.of("Accept-Language", "en"), QUESTION).asString()).isNotEqualTo(french);
    assertThat(post(Map.of("Accept", "text/csv"), QUESTION).contentType()).startsWith("text/csv");
    String other = QUESTION.replace("2024-01", "2024-02");
    assertThat(post(Map.of(), other).asString()).isNotEqualTo(french);
    assertThat(post(Map.of(), QUESTION + "x").statusCode()).isEqualTo(400);
    assertThat(post(Map.of("Accept", "image/png"), QUESTION).statusCode()).isEqualTo(406);
  }

  @Test
  void downloadsAndDryRunsStayWhatTheyAre() {
    String dryRun = QUESTION.replace("{", "{\"dry_run\":true,");
    String download = QUESTION.replace("{", "{\"download\":true,");
    for (int i = 0; i < 3; i++) {
      assertThat(post(Map.of(), dryRun).asString()).contains("\"dry_run\":true");
      assertThat(post(Map.of(), download).header("Content-Disposition")).startsWith("attachment");
      assertThat(post(Map.of(), QUESTION).header("Content-Disposition")).startsWith("inline");
    }
  }

  private static Response post(Map<String, String> headers, String body) {
    return given()
        .headers(headers)
        .contentType("application/json")
        .body(body)
        .post("/v1/aggregates/query");
  }

  private static long remaining(Response response) {
    return Long.parseLong(response.header("X-RateLimit-Remaining"));
  }

  private static List<String> head(Response response) {
    return response.headers().asList().stream().map(RepeatedPostApiTest::line).sorted().toList();
  }

  private static String line(Header header) {
    return header.getName()
        + ": "
        + (OF_THE_REQUEST.contains(header.getName()) ? "…" : header.getValue());
  }
}
