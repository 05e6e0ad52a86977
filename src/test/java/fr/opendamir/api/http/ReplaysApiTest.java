package fr.opendamir.api.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.PassedFilters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HeaderConfig;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent in front of the filters is what the filters would send. */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class ReplaysApiTest {
  private static final String REST = "/v1/aggregates?measures=charged&group_by=";
  private static final String GRAPHQL =
      "/graphql?query=%7Bspending%7Bnodes%7Bmonth%20reimbursed%7D%7D%7D";

  /** Their values differ from response to response. */
  private static final List<String> OF_THE_REQUEST =
      List.of("X-Request-Id", "RateLimit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

  @Inject PassedFilters passed;
  @Inject MeterRegistry registry;

  @ParameterizedTest
  @CsvSource({
    "rest, region, gzip, false",
    "rest, sex, identity, false",
    "rest, 'month&format=csv', gzip, false",
    "rest, 'quarter&lang=fr', identity, true",
    "rest, year, gzip, true",
    "graphql, , gzip, false",
    "graphql, , identity, false",
    "graphql, , gzip, true",
  })
  void theThirdOfEqualRequestsIsReplayedAndEqualsTheSecond(
      String door, String question, String coding, boolean isConditional) {
    String path = door.equals("rest") ? REST + question : GRAPHQL;
    Map<String, String> headers =
        isConditional
            ? Map.of("Accept-Encoding", coding, "If-None-Match", tag(path, coding))
            : Map.of("Accept-Encoding", coding);
    Response computed = request(headers).get(path);
    Response kept = request(headers).get(path);
    long before = passed.count();
    double counted = counted(door, isConditional ? "not_modified" : "ok");

    Response replayed = request(headers).get(path);

    assertThat(passed.count()).isEqualTo(before);
    assertThat(counted(door, isConditional ? "not_modified" : "ok")).isEqualTo(counted + 1);
    assertThat(replayed.statusCode()).isEqualTo(isConditional ? 304 : 200);
    assertThat(replayed.asByteArray()).isEqualTo(computed.asByteArray());
    assertThat(head(replayed)).isEqualTo(head(kept)).contains("etag: " + kept.header("ETag"));
    assertThat(replayed.header("X-Request-Id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isNotEqualTo(kept.header("X-Request-Id"));
    long price = isConditional ? 0 : remaining(computed) - remaining(kept);
    assertThat(remaining(kept) - remaining(replayed))
        .isEqualTo(isConditional ? 1 : price) // a 304 tells the requests that are left
        .isPositive();
  }

  @Test
  void anIdThatTheRequestBringsIsGivenBack() {
    String path = REST + "year&measures=charged";
    for (int i = 0; i < 4; i++) {
      Map<String, String> named = Map.of("X-Request-Id", "replayed-" + i);
      assertThat(request(named).get(path).header("X-Request-Id")).isEqualTo("replayed-" + i);
    }
  }

  @Test
  void aListInSeveralLinesIsOneList() {
    String path = REST + "month,region";
    for (int i = 0; i < 3; i++) {
      assertThat(accepting("application/x-unknown", "text/csv").get(path).contentType())
          .startsWith("text/csv");
      assertThat(accepting("application/x-unknown", "application/json").get(path).contentType())
          .startsWith("application/json");
      assertThat(accepting("application/x-unknown", "image/png").get(path).statusCode())
          .isEqualTo(406);
    }
  }

  private static RequestSpecification accepting(String first, String second) {
    HeaderConfig lines = HeaderConfig.headerConfig().mergeHeadersWithName("Accept");
    return given()
        .config(RestAssured.config().headerConfig(lines))
        .header("Accept", first)
        .header("Accept", second);
  }

  @Test
  void requestsWithAnythingElseTakeTheUsualWay() {
    String path = REST + "month,sex";
    Response usual = null;
    for (int i = 0; i < 3; i++) {
      usual = request(Map.of()).get(path);
    }
    for (Map<String, String> headers :
        List.of(
            Map.of("Via", "1.1 cache"),
            Map.of("X-Unknown", "1"),
            Map.of("If-Modified-Since", usual.header("Last-Modified")),
            Map.of("Cookie", "x".repeat(HeaderRules.LONGEST)))) {
      long before = passed.count();
      Response answer = request(headers).get(path);
      assertThat(passed.count()).isEqualTo(before + 1);
      assertThat(answer.header("ETag")).isEqualTo(usual.header("ETag"));
      assertThat(answer.headers().hasHeaderWithName("RateLimit"))
          .isEqualTo(!headers.containsKey("Via"));
    }
    long before = passed.count();
    assertThat(request(Map.of()).head(path).header("Content-Length")).isNotNull();
    assertThat(request(Map.of("X-API-Key", "no key")).get(path).statusCode()).isEqualTo(401);
    assertThat(passed.count()).isGreaterThanOrEqualTo(before + 2);
  }

  private static String tag(String path, String coding) {
    return request(Map.of("Accept-Encoding", coding)).get(path).header("ETag");
  }

  private double counted(String door, String outcome) {
    return registry
        .get("opendamir.requests")
        .tag("door", door)
        .tag("outcome", outcome)
        .tag("plan", "anonymous")
        .counter()
        .count();
  }

  private static long remaining(Response response) {
    return Long.parseLong(response.header("X-RateLimit-Remaining"));
  }

  private static List<String> head(Response response) {
    return response.headers().asList().stream().map(ReplaysApiTest::line).sorted().toList();
  }

  private static String line(Header header) {
    String value = OF_THE_REQUEST.contains(header.getName()) ? "…" : header.getValue();
    return header.getName().toLowerCase(Locale.ROOT) + ": " + value;
  }

  private static RequestSpecification request(Map<String, String> headers) {
    return given().urlEncodingEnabled(false).headers(headers);
  }
}
